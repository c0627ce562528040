package io.errata.datasets.image;

/** Loads OpenCV's native library, once and quietly, before anything of it is touched. */
final class OpenCv {

    private OpenCv() {}

    /** Does nothing after the first call. Safe from several threads. */
    static void load() {
        Loaded.touch();
    }

    private static final class Loaded {
        static {
            nu.pattern.OpenCV.loadLocally();
            org.opencv.core.Core.setNumThreads(1);
        }

        static void touch() {}
    }
}

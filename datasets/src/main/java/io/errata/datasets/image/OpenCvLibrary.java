package io.errata.datasets.image;

import nu.pattern.OpenCV;
import org.opencv.core.Core;

/** The native library of OpenCV, loaded once and only where it is needed. */
public final class OpenCvLibrary {

    private OpenCvLibrary() {}

    /** Returns once the library is loaded, from any thread. */
    public static void load() {
        Loaded.ONCE.run();
    }

    /** The JVM runs its initialiser once, under a lock. */
    private static final class Loaded {

        static final Runnable ONCE = () -> {};

        static {
            OpenCV.loadLocally();
            Core.setNumThreads(1); // images are decoded side by side already
        }
    }
}

package io.errata.datasets.image;

import com.sun.jna.Function;
import nu.pattern.OpenCV;
import org.opencv.core.Core;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library of OpenCV, loaded once and only where it is needed. */
public final class OpenCvLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(OpenCvLibrary.class);
    private static final String LOG_LEVEL = "OPENCV_LOG_LEVEL";
    private static final String SILENT = "SILENT";

    private OpenCvLibrary() {}

    /** Returns once the library is loaded, from any thread. */
    public static void load() {
        Loaded.ONCE.run();
    }

    /** The JVM runs its initialiser once, under a lock. */
    private static final class Loaded {

        static final Runnable ONCE = () -> {};

        static {
            silence();
            OpenCV.loadLocally();
            Core.setNumThreads(1); // images are decoded side by side already
        }

        /**
         * Keeps OpenCV's own lines off the terminal: what a file has that cannot be read, a problem tells. The variable is read as the
         * library is loaded; whoever set it to something else wants to see them.
         */
        private static void silence() {
            if (System.getenv(LOG_LEVEL) != null) {
                return;
            }
            try {
                boolean windows = System.getProperty("os.name", "").startsWith("Windows");
                if (windows) {
                    Function.getFunction("ucrtbase", "_putenv_s").invokeInt(new Object[] {LOG_LEVEL, SILENT});
                } else {
                    Function.getFunction("c", "setenv").invokeInt(new Object[] {LOG_LEVEL, SILENT, 1});
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.debug("OpenCV's log cannot be silenced: {}", e.toString());
            }
        }
    }
}

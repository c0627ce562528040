package io.errata.datasets.image;

import com.sun.jna.Function;
import io.errata.datasets.natives.JnaLibrary;
import io.errata.datasets.natives.UnpackedLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nu.pattern.OpenCV;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library of OpenCV, loaded once and only where it is needed. */
public final class OpenCvLibrary {

    private static final String LOG_LEVEL = "OPENCV_LOG_LEVEL";
    private static final String SILENT = "SILENT";

    private OpenCvLibrary() {}

    /**
     * Returns once the library is loaded, from any thread.
     *
     * @throws UnsatisfiedLinkError if it cannot be loaded
     */
    public static void load() {
        if (Loaded.FAULT != null) {
            throw new UnsatisfiedLinkError(Loaded.FAULT);
        }
    }

    /** Asked for only where there is something to log: a logging backend takes its time to begin. */
    private static Logger log() {
        return LoggerFactory.getLogger(OpenCvLibrary.class);
    }

    /** The JVM runs its initialiser once, under a lock. */
    private static final class Loaded {

        static final @Nullable String FAULT = fault();

        /** Loads the library; tells why it cannot be loaded, or {@code null} where it is. */
        private static @Nullable String fault() {
            try {
                silence();
                if (!isLoadedFrom(UnpackedLibrary.file(resource()))) {
                    Path temporary = Path.of(System.getProperty("java.io.tmpdir", ""));
                    if (!Files.isDirectory(temporary) || !Files.isWritable(temporary)) {
                        return "the temporary folder " + temporary
                                + ", to which OpenCV is unpacked, must exist and be writable;"
                                + " make it, or name another: JAVA_OPTS=-Djava.io.tmpdir=DIR";
                    }
                    OpenCV.loadLocally();
                }
                Core.setNumThreads(1); // images are decoded side by side already
                return null;
            } catch (RuntimeException | LinkageError e) {
                log().debug("OpenCV cannot be loaded", e);
                return "OpenCV: " + e;
            }
        }

        private static boolean isLoadedFrom(Optional<Path> file) {
            try {
                file.ifPresent(path -> System.load(path.toString()));
                return file.isPresent();
            } catch (UnsatisfiedLinkError e) { // such as a home from which nothing may be run
                log().debug("OpenCV cannot be loaded from {}", file, e);
                return false;
            }
        }

        /** Where the library is on the class path. One of another processor does not load, and OpenCV's own loader says why. */
        private static String resource() {
            String system = System.getProperty("os.name", "");
            String folder = system.startsWith("Mac") ? "osx" : system.startsWith("Windows") ? "windows" : "linux";
            String processor = System.getProperty("os.arch", "").matches("aarch64|arm64") ? "ARMv8" : "x86_64";
            return "/nu/pattern/opencv/" + folder + "/" + processor + "/"
                    + System.mapLibraryName(Core.NATIVE_LIBRARY_NAME);
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
                JnaLibrary.prepare();
                boolean windows = System.getProperty("os.name", "").startsWith("Windows");
                if (windows) {
                    Function.getFunction("ucrtbase", "_putenv_s").invokeInt(new Object[] {LOG_LEVEL, SILENT});
                } else {
                    Function.getFunction("c", "setenv").invokeInt(new Object[] {LOG_LEVEL, SILENT, 1});
                }
            } catch (RuntimeException | LinkageError e) {
                log().debug("OpenCV's log cannot be silenced: {}", e.toString());
            }
        }
    }
}

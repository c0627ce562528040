package io.errata.detection.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one warning off the terminal. DJL's {@code NDArray.set} uses a guard that PyTorch calls deprecated. PyTorch says so once a
 * process, on the process's stderr, in a paragraph about {@code AutoNonVariableTypeMode}, and it concerns nobody who uses Errata. So the
 * level of PyTorch's log is raised, the warning is provoked, and the level is put back: all other warnings are still shown.
 */
final class LegacyDispatchWarning {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyDispatchWarning.class);
    /** c10/util/Logging.h: messages below this severity (0 info, 1 warning, 2 error) are not printed. */
    private static final String LOG_LEVEL = "FLAGS_caffe2_log_level";

    private static final int ERROR = 2;

    static {
        provokeSilently();
    }

    private LegacyDispatchWarning() {}

    /** Takes the warning away, once a process. */
    static void silence() {
        // the class is initialised by now
    }

    private static void provokeSilently() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), EngineEnvironment.ENGINE)) {
            Pointer level = logLevel();
            if (level == null) {
                return;
            }
            int before = level.getInt(0);
            level.setInt(0, Math.max(before, ERROR));
            try {
                manager.zeros(new Shape(1)).set(new float[1]);
            } finally {
                level.setInt(0, before);
            }
            LOG.debug("PyTorch's warning that AutoNonVariableTypeMode is deprecated is not shown");
        }
    }

    /** Where the engine keeps its log level; {@code null} where that is not known. Loads nothing that is not loaded. */
    private static @Nullable Pointer logLevel() {
        try {
            Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("c10"));
            return NativeLibrary.getInstance(library.toString()).getGlobalVariableAddress(LOG_LEVEL);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("PyTorch's log level cannot be set: {}", e.toString());
            return null;
        }
    }
}

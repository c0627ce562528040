package io.errata.detection.engine;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one warning off the terminal. DJL's optimizers use a guard that PyTorch calls deprecated, and PyTorch says so once a process, on
 * the process's stderr, in a paragraph about {@code AutoNonVariableTypeMode}. It concerns nobody who uses Errata. PyTorch's own setting
 * for its log is raised while the warning is provoked once, and put back: other warnings are still told.
 */
public final class LegacyDispatchWarning {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyDispatchWarning.class);
    /** c10/util/Logging.h: messages below this severity (0 info, 1 warning, 2 error) are not printed. */
    private static final String LOG_LEVEL = "FLAGS_caffe2_log_level";

    private static final int ERROR = 2;

    private LegacyDispatchWarning() {}

    /**
     * Runs what provokes the warning.
     *
     * @param provocation carried out in any case, even where the engine's log cannot be silenced
     */
    public static void silence(Runnable provocation) {
        Pointer level = logLevel();
        if (level == null) {
            provocation.run();
            return;
        }
        int before = level.getInt(0);
        level.setInt(0, Math.max(before, ERROR));
        try {
            provocation.run();
        } finally {
            level.setInt(0, before);
        }
        LOG.debug("PyTorch's warning of AutoNonVariableTypeMode, which is deprecated, is not shown");
    }

    /** Where the engine keeps its log level; {@code null} where that is not known. */
    private static @Nullable Pointer logLevel() {
        try {
            Path c10 = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("c10"));
            return NativeLibrary.getInstance(c10.toString()).getGlobalVariableAddress(LOG_LEVEL);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("PyTorch's log level cannot be set: {}", e.toString());
            return null;
        }
    }
}

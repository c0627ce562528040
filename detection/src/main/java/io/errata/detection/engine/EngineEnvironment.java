package io.errata.detection.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.errata.datasets.natives.JnaLibrary;

/** The engine, and what it reads when it is loaded and never again. A value that the user has set as a system property stays. */
public final class EngineEnvironment {

    /** The engine's name in DJL. */
    public static final String ENGINE = "PyTorch";

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    static {
        JnaLibrary.prepare();
    }

    private EngineEnvironment() {}

    /**
     * Call before anything of the engine is touched; has no effect afterwards.
     *
     * @param threads the engine's threads; 0 for all processors
     */
    public static void prepare(int threads) {
        set("OPT_OUT_TRACKING", "true");
        set(THREADS, Integer.toString(threads(threads)));
        set("ai.djl.pytorch.num_interop_threads", "1");
    }

    /** The engine's threads; all processors where nothing was prepared. */
    static int preparedThreads() {
        return threads(Integer.getInteger(THREADS, 0));
    }

    /** A number of threads as a configuration gives it: 0 stands for all processors. */
    public static int threads(int configured) {
        return configured == 0 ? Runtime.getRuntime().availableProcessors() : configured;
    }

    /** The engine, loaded now if it is not yet. */
    public static Engine engine() {
        LegacyDispatchWarning.silence();
        return Engine.getEngine(ENGINE);
    }

    /** A manager of its own on a device; the caller closes it. */
    public static NDManager newManager(Device device) {
        LegacyDispatchWarning.silence();
        return NDManager.newBaseManager(device, ENGINE);
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

package io.errata.detection.network;

/** What the engine reads when it is loaded, and never again. A value that the user has set as a system property stays. */
public final class EngineEnvironment {

    private static final String THREADS = "ai.djl.pytorch.num_threads";

    private EngineEnvironment() {}

    /**
     * Call before anything of the engine is touched; has no effect afterwards.
     *
     * @param threads the engine's threads; 0 for all processors
     */
    public static void prepare(int threads) {
        set("OPT_OUT_TRACKING", "true");
        set(THREADS, Integer.toString(threads == 0 ? processors() : threads));
        set("ai.djl.pytorch.num_interop_threads", "1");
    }

    /** The number of threads asked for, all processors where none was: for decoding as for the engine. */
    public static int threads() {
        return Integer.getInteger(THREADS, processors());
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

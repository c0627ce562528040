package io.errata.detection.rounds;

/** How many threads the engine computes with. It reads this once, when it is loaded. */
public final class EngineThreads {

    private static final String THREADS = "ai.djl.pytorch.num_threads";
    private static final String INTEROP_THREADS = "ai.djl.pytorch.num_interop_threads";

    private EngineThreads() {}

    /**
     * Asks for so many threads, unless a system property asks for a number already; has no effect once the engine is loaded.
     *
     * @param threads 0 for all processors
     */
    public static void request(int threads) {
        if (System.getProperty(THREADS) == null) {
            System.setProperty(THREADS, Integer.toString(threads > 0 ? threads : processors()));
        }
        if (System.getProperty(INTEROP_THREADS) == null) {
            System.setProperty(INTEROP_THREADS, "1");
        }
    }

    /** The number asked for. */
    public static int inUse() {
        return Integer.getInteger(THREADS, processors());
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}

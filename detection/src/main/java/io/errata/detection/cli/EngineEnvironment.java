package io.errata.detection.cli;

/**
 * What the engine reads when it is loaded, and never again. A value that the user has set stays.
 */
final class EngineEnvironment {

    private EngineEnvironment() {}

    /**
     * Call before anything of the engine is touched.
     *
     * @param threads the engine's threads; 0 for all processors
     */
    static void prepare(int threads) {
        int all = Runtime.getRuntime().availableProcessors();
        set("OPT_OUT_TRACKING", "true");
        set("ai.djl.pytorch.num_threads", String.valueOf(threads == 0 ? all : threads));
        set("ai.djl.pytorch.num_interop_threads", "1");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

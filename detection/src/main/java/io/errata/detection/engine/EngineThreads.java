package io.errata.detection.engine;

import ai.djl.pytorch.jni.JniUtils;

/**
 * How many threads the engine takes for what a thread asks of it. Threads that work side by side on things of their own take one each
 * and never wait for each other; one that works alone takes all.
 */
public final class EngineThreads {

    /** Whether this thread has been given one; the engine remembers it for each thread that asks. */
    private static final ThreadLocal<Boolean> ONE = ThreadLocal.withInitial(() -> false);

    private EngineThreads() {}

    /** From now on the engine takes no thread beside this one for what it asks. */
    public static void useOne() {
        if (!ONE.get()) {
            JniUtils.setNumThreads(1);
            ONE.set(true);
        }
    }

    /** From now on the engine takes as many threads as it was {@link EngineEnvironment#prepare prepared} for. */
    public static void useAll() {
        JniUtils.setNumThreads(EngineEnvironment.preparedThreads());
        ONE.set(false);
    }
}

package io.errata.mining.ablation;

import io.errata.mining.run.RunFolder;
import io.errata.mining.run.RunListener;

/** Is told how an ablation goes, on the thread that trains. Every method does nothing unless it is overridden. */
public interface AblationListener {

    /** A run begins or goes on; the listener returned is told of it. Not called for a run that was finished before. */
    default RunListener training(Arm arm, long seed, RunFolder folder) {
        return RunListener.none();
    }

    /**
     * A run is done and measured, now or before.
     *
     * @param done how many are
     * @param total how many there are
     */
    default void finished(Arm arm, SeedRun run, int done, int total) {}

    /** Listens to nothing. */
    static AblationListener none() {
        return new AblationListener() {};
    }
}

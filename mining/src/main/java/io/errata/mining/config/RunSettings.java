package io.errata.mining.config;

import io.errata.core.problem.ArgumentChecks;
import io.errata.detection.engine.DeviceSetting;

/**
 * Section {@code run}: what does not change the method, only where and how it is carried out.
 *
 * @param seed every random choice follows from it, except which images are held out for validation, so that runs can be compared;
 *     default 0. The same seed and number of threads on the same machine make the same run
 * @param device where the network runs: {@code auto} (a GPU where the engine sees one), {@code cpu} or {@code gpu:N}; default auto
 * @param threads threads for decoding and for the engine, in [0, 1024]; default 0: all processors
 * @param cacheMb memory for the patches that a round trains on, in MiB, at least 0; default 256. More go to a file in the run's folder
 *     while the round is trained
 * @param skipBad whether images that cannot be used are left out, each named, instead of ending the run; default false
 */
public record RunSettings(long seed, DeviceSetting device, int threads, int cacheMb, boolean skipBad) {

    public RunSettings {
        new ArgumentChecks()
                .require(threads >= 0 && threads <= 1024, "threads", "must be in [0, 1024]", threads)
                .require(cacheMb >= 0, "cacheMb", "must be ≥ 0 MiB", cacheMb)
                .verify();
    }

    /** The same with another seed. */
    public RunSettings withSeed(long newSeed) {
        return new RunSettings(newSeed, device, threads, cacheMb, skipBad);
    }

    /** Seed 0, any device, all processors, 256 MiB of patches in memory. */
    public static RunSettings withDefaults() {
        return new RunSettings(0, DeviceSetting.auto(), 0, 256, false);
    }
}

package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole loop, one round of six steps, with mixed patches. */
class MixedRunTest {

    private static final MiningRun RUN = TinyRun.create().with("mining.rounds=1", "training.steps_per_round=6");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"mixup, rounds", "cutmix, rounds", "cutmix, ohem"})
    void learnsFromMixedPatches(String mix, String strategy) throws IOException {
        MiningRun mixing = RUN.with("mining.strategy=" + strategy, "sampling.mix=" + mix, "sampling.mix_alpha=1");

        RunFolder run = TinyRun.train(mixing, folder.resolve("run"));
        assertThat(run.readSummary().rounds())
                .singleElement()
                .satisfies(round -> assertThat(round.loss()).isFinite().isPositive());
        assertThat(weights(TinyRun.train(mixing, folder.resolve("again"))))
                .usingRecursiveComparison()
                .isEqualTo(weights(run));
        assertThat(weights(TinyRun.train(RUN.with("mining.strategy=" + strategy), folder.resolve("plain"))))
                .usingRecursiveComparison()
                .isNotEqualTo(weights(run));
    }

    @Test
    void ofNoShareIsNoMixing() throws IOException {
        RunFolder plain = TinyRun.train(RUN, folder.resolve("plain"));
        RunFolder none = TinyRun.train(RUN.with("sampling.mix=mixup", "sampling.mix_share=0"), folder.resolve("none"));

        assertThat(weights(none)).usingRecursiveComparison().isEqualTo(weights(plain));
    }

    private static Map<String, float[]> weights(RunFolder run) throws IOException {
        return TinyRun.arrays(run.checkpoints().resolve("round-0").resolve("weights.npz"));
    }
}

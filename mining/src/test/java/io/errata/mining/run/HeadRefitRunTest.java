package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.detection.embedding.HeadRefit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadRefitRunTest {

    private static final MiningRun RUN = TinyRun.create().with("mining.rounds=1", "training.steps_per_round=6");
    private static final int BOX_OFFSETS = 4;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void learnsTheOutputsOfTheClassesAnewAndNothingElse(HeadRefit refit) throws IOException {
        RunFolder run = TinyRun.train(
                RUN.with("training.refit_head=" + refit.name().toLowerCase(Locale.ROOT)), folder.resolve("run"));

        assertThat(run.readSummary().status()).isEqualTo("finished");
        assertThat(run.readSummary().refit()).isNotNull();
        Map<String, float[]> trained = TinyRun.arrays(run.checkpoints().resolve("round-0/weights.npz"));
        Map<String, float[]> refitted = TinyRun.arrays(run.model().resolve("weights.npz"));
        assertThat(refitted.keySet()).isEqualTo(trained.keySet());
        int changed = 0;
        for (Map.Entry<String, float[]> array : trained.entrySet()) {
            float[] before = array.getValue();
            float[] after = Objects.requireNonNull(refitted.get(array.getKey()));
            int differing = 0;
            for (int i = 0; i < before.length; i++) {
                assertThat(after[i]).isFinite();
                differing += before[i] == after[i] ? 0 : 1;
            }
            if (differing > 0) {
                changed++;
                assertThat(differing).isLessThanOrEqualTo(before.length - before.length * BOX_OFFSETS / 5);
            }
        }
        assertThat(changed).isEqualTo(2); // weights and bias of the last layer
    }

    @Test
    void isTheSameEachTime() throws IOException {
        MiningRun run = RUN.with("training.refit_head=smote");

        RunFolder one = TinyRun.train(run, folder.resolve("one"));
        RunFolder other = TinyRun.train(run, folder.resolve("other"));

        assertThat(TinyRun.arrays(other.model().resolve("weights.npz")))
                .usingRecursiveComparison()
                .isEqualTo(TinyRun.arrays(one.model().resolve("weights.npz")));
        assertThat(other.readSummary().refit()).isEqualTo(one.readSummary().refit());
    }

    /** Synthetic windows lie between a class's own six nearest: of fewer there can be none. */
    @Test
    void tooFewWindowsForAResamplerAreTheUsersToMend() {
        AnnotatedImage image = TinyRun.TRAIN.images().get(0);
        AnnotatedImage single = image.withObjects(image.objects().subList(0, 1));
        Dataset few = new Dataset(TinyRun.TRAIN.classes(), List.of(single));
        MiningRun run = TinyRun.on(few, TinyRun.VALIDATION)
                .with("training.refit_head=smote", "training.steps_per_round=5")
                .withRounds(1);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> TinyRun.train(run, folder.resolve("run")))
                .satisfies(
                        e -> assertThat(e.problems()).extracting(Problem::key).containsExactly("training.refit_head"));
    }
}

package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.image.DecodedImage;
import io.errata.detection.Detection;
import io.errata.detection.detector.Detector;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.model.ModelFolder;
import io.errata.detection.refine.BoxRefiner;
import io.errata.detection.scan.ScoredBoxes;
import io.errata.mining.ledger.Sqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondStageRunTest {

    private static final MiningRun RUN =
            TinyRun.create().withRounds(1).with("network.second_stage={type: residual, steps: 20}");

    @TempDir
    private Path folder;

    @Test
    void isTrainedAfterTheRoundsAndIsTheSameEachTime() throws IOException, SQLException {
        RunFolder one = TinyRun.train(RUN, folder.resolve("one"));
        RunFolder other = TinyRun.train(RUN, folder.resolve("other"));

        SecondStageResult result = Objects.requireNonNull(one.readSummary().secondStage());
        assertThat(result.steps()).isEqualTo(20);
        assertThat(result.crops()).isPositive();
        assertThat(result.figures())
                .isEqualTo(Objects.requireNonNull(other.readSummary().secondStage())
                        .figures());
        assertThat(one.readSummary().best())
                .isEqualTo(
                        result.kept()
                                ? result.figures()
                                : one.readSummary().rounds().get(0).figures());
        assertThat(Files.exists(one.model().resolve("second_stage.npz"))).isEqualTo(result.kept());
        assertThat(new Sqlite(one.ledger())
                        .rows("SELECT COUNT(*) FROM false_positives WHERE max(first_score, score) <= 0.1"
                                + " OR stage != 1 + (score > 0.1) OR max_iou >= 0.4"))
                .containsExactly("0");
        assertThat(new Sqlite(one.ledger()).rows("SELECT * FROM false_positives"))
                .hasSizeLessThanOrEqualTo(result.hardNegatives())
                .isEqualTo(new Sqlite(other.ledger()).rows("SELECT * FROM false_positives"));
        assertThat(Files.readAllBytes(other.model().resolve("model.json")))
                .isEqualTo(Files.readAllBytes(one.model().resolve("model.json")));
    }

    /** Its training may be done twice, as when a run is resumed before its end is written. */
    @Test
    void aRunThatIsResumedAtItsEndHasTheSame() throws IOException {
        RunFolder run = TinyRun.train(RUN, folder.resolve("run"));
        SecondStageResult before = Objects.requireNonNull(run.readSummary().secondStage());

        Files.delete(run.summary());
        TinyRun.resume(RUN, run.root());

        SecondStageResult after = Objects.requireNonNull(run.readSummary().secondStage());
        assertThat(after.figures()).isEqualTo(before.figures());
        assertThat(after.kept()).isEqualTo(before.kept());
    }

    @Test
    void noneLeavesTheModelWithout() throws IOException {
        RunFolder run =
                TinyRun.train(TinyRun.create().withRounds(1).with("network.second_stage=none"), folder.resolve("run"));

        assertThat(run.readSummary().secondStage()).isNull();
        assertThat(ModelFolder.read(run.root()).description().secondStage()).isNull();
        assertThat(run.model().resolve("second_stage.npz")).doesNotExist();
    }

    @Test
    void aSecondLookIsPartOfTheModel() throws IOException {
        MiningRun one = TinyRun.create().withRounds(1).with("network.second_stage=none");
        RunFolder without = TinyRun.train(one, folder.resolve("without"));
        RunFolder with = TinyRun.train(one.with("evaluation.second_look=true"), folder.resolve("with"));

        assertThat(ModelFolder.read(with.root()).detection().secondLook()).isTrue();
        try (Detector first = Detector.load(without.root());
                Detector again = Detector.load(with.root())) {
            List<List<Detection>> found = again.detectAll(TinyRun.VALIDATION.images());

            assertThat(found).isNotEqualTo(first.detectAll(TinyRun.VALIDATION.images()));
            assertThat(Evaluation.of(TinyRun.VALIDATION, found).ap50())
                    .isEqualTo(with.readSummary().rounds().get(0).figures().ap50());
        }
    }

    @Test
    void aRefinerOfOnesOwnIsAskedForEveryImageEvenWithoutProposals() throws IOException {
        RunFolder run =
                TinyRun.train(TinyRun.create().withRounds(1).with("network.second_stage=none"), folder.resolve("run"));
        BoxRefiner surest = new BoxRefiner() {
            @Override
            public ScoredBoxes refine(DecodedImage image, ScoredBoxes proposals) {
                return new ScoredBoxes(new int[] {0}, new float[] {0.75f}, new float[] {1, 2, 30, 40});
            }

            @Override
            public void close() {}
        };

        try (Detector detector = Detector.load(run.root()).withRefiner(surest)) {
            List<List<Detection>> found = detector.detectAll(TinyRun.VALIDATION.images());

            assertThat(found)
                    .hasSize(TinyRun.VALIDATION.images().size())
                    .allSatisfy(image -> assertThat(image)
                            .singleElement()
                            .satisfies(
                                    detection -> assertThat(detection.score()).isEqualTo(0.75)));
        }
    }
}

package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.FocalLoss;
import io.errata.core.loss.LdamSettings;
import io.errata.core.loss.LossSettings;
import io.errata.core.loss.QualityFocalLoss;
import io.errata.core.loss.QualityFocalSettings;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.weight.SampledClassCounts;
import io.errata.datasets.Split;
import io.errata.detection.TinyData;
import io.errata.mining.config.JavaObjects;
import io.errata.mining.config.RunConfig;
import io.errata.mining.policy.HardNegatives;
import io.errata.mining.policy.MiningPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run is given as objects in Java works, stands in its configuration, and must be the same when it goes on. */
class JavaObjectsTest {

    private static final MiningRun RUN =
            TinyRun.create().with("training.steps_per_round=8").withRounds(2);
    private static final MiningPolicy LAMBDA =
            (windows, history) -> windows.above(0.2).topPerImage(2);

    @TempDir
    private Path folder;

    @Test
    void minesByALambda() throws IOException, SQLException {
        RunFolder run = TinyRun.train(RUN.withMining(LAMBDA), folder.resolve("run"));

        assertThat(most(run)).isEqualTo(2);
        assertThat(objects(run).policy()).contains("(lambda)", "above 0.1 of 4000");
        assertThat(objects(run).loss()).isNull();
        assertThat(objects(run).data()).isEqualTo("a Dataset");
        TinyRun.resume(RUN.withMining(LAMBDA), run.root());
    }

    @Test
    void minesByAPolicyOfTheYamlAndByTwoComposed() throws IOException, SQLException {
        assertThat(most(TinyRun.train(RUN.with("mining.policy.per_image=3"), folder.resolve("one"))))
                .isEqualTo(3);
        assertThat(most(TinyRun.train(
                        RUN.with(
                                "mining.policy=[{type: above_score, score: 0.2}, {type: top_per_image, per_image: 1}]"),
                        folder.resolve("two"))))
                .isEqualTo(1);
    }

    @Test
    void resumingWithAnotherPolicyIsRefused() {
        RunFolder run = TinyRun.train(RUN.withMining(LAMBDA), folder.resolve("run"));

        refuses(RUN, run, "policy:");
        refuses(RUN.withMining((windows, history) -> windows.above(0.2).topPerImage(3)), run, "policy:");
        refuses(RUN.withMining((windows, history) -> windows.excluding(history.mined())), run, "policy:");
        refuses(RUN.withMining(HardNegatives.above(0.2)), run, "policy:");
    }

    @Test
    void resumingWithAnotherLossOrOtherWindowsIsRefused() {
        RunFolder run = TinyRun.train(RUN.withLoss(FocalLoss.of(0.25, 2)), folder.resolve("run"));
        ClassificationLoss doubled = (logits, targets) ->
                FocalLoss.of(0.25, 2).perElement(logits, targets).add(1);

        assertThat(objects(run).loss()).startsWith("FocalLoss[alpha=0.25, gamma=2.0], tried: ");
        refuses(RUN, run, "loss:");
        refuses(RUN.withLoss(FocalLoss.of(0.25, 3)), run, "loss:");
        refuses(RUN.withLoss(doubled), run, "loss:");
        try (TinyData other = TinyData.of(3, 16, 4)) {
            refuses(
                    RUN.withLoss(FocalLoss.of(0.25, 2))
                            .withWindows(other.corpus().geometry()),
                    run,
                    "windows:");
        }
        TinyRun.resume(RUN.withLoss(FocalLoss.of(0.25, 2)), run.root());
    }

    @Test
    void theCommandLineDoesNotGoOnWithObjectsItDoesNotHave() {
        RunFolder run = TinyRun.train(RUN, folder.resolve("run"));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> MiningRun.of(RunConfig.loadWritten(run.config())))
                .satisfies(
                        e -> assertThat(e.problems()).extracting(Problem::kind).containsExactly("java-run"))
                .withMessageContaining("MiningRun.resume");
    }

    @Test
    void theLastValidationCounts() {
        MiningRun halves = MiningRun.on(TinyRun.TRAIN).withValidation(Split.fraction(0.5));

        assertThat(halves.withValidation(Split.fraction(0.5)).validation().images())
                .hasSize(4);
        assertThat(halves.validation())
                .isEqualTo(halves.withValidation(Split.fraction(0.5)).validation());
        assertThat(halves.withValidation(TinyRun.VALIDATION).validation()).isEqualTo(TinyRun.VALIDATION);
    }

    @Test
    void aPolicyThatWouldNotBeAskedIsRefused() {
        for (String strategy : List.of("random", "ohem")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RUN.with("mining.strategy=" + strategy)
                            .withMining(LAMBDA)
                            .train(folder.resolve("run")))
                    .withMessage("policy must be left out unless mining.strategy is rounds, found a policy under "
                            + strategy);
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aWrongNumberOfRoundsIsAnIllegalArgument() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RUN.withRounds(0))
                .withMessage("rounds must be ≥ 1, found 0");
        assertThatThrownBy(() -> RUN.with("mining.rounds=0"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--set: mining.rounds: must be ≥ 1, found 0");
    }

    /** A loss by its settings brings its late class weights along, and in Java as in YAML positives are labelled as it wants. */
    @Test
    void aLossInJavaIsTheWholeLoss() throws IOException {
        MiningRun yaml = RUN.with("loss.type=ldam", "loss.reweight_from=0.5");
        LdamSettings ldam = new LdamSettings(0.5, 0.5, 0.9999);
        RunFolder named = TinyRun.train(yaml, folder.resolve("named"));
        RunFolder given = TinyRun.train(RUN.withLoss(ldam), folder.resolve("given"));
        assertThat(TinyRun.untimed(given)).isEqualTo(TinyRun.untimed(named));

        RunFolder quality = TinyRun.train(RUN.withLoss(new QualityFocalSettings(2)), folder.resolve("quality"));
        RunFolder object = TinyRun.train(RUN.withLoss(QualityFocalLoss.of(2)), folder.resolve("object"));
        assertThat(TinyRun.untimed(object)).isEqualTo(TinyRun.untimed(quality));
    }

    @Test
    void aTypeThatNoConfigurationCouldNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RUN.withLoss(new Unlisted()))
                .withMessageContaining("loss must be a type that is listed")
                .withMessageContaining(Unlisted.class.getName());
    }

    private record Unlisted() implements LossSettings {

        @Override
        public String type() {
            return "unlisted";
        }

        @Override
        public ClassificationLoss classification(SampledClassCounts counts) {
            return FocalLoss.of(0.25, 2);
        }
    }

    private static JavaObjects objects(RunFolder run) {
        return RunConfig.loadWritten(run.config()).java();
    }

    private static void refuses(MiningRun run, RunFolder folder, String key) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> run.resume(folder.root()))
                .satisfies(
                        e -> assertThat(e.problems()).extracting(Problem::kind).containsExactly("settings-changed"))
                .withMessageContaining(key);
    }

    /** How many negatives an image gave in a round at most. */
    private static int most(RunFolder run) throws SQLException {
        try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + run.ledger());
                Statement statement = ledger.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT MAX(n) FROM (SELECT COUNT(*) n FROM negatives GROUP BY image, mined_in)")) {
            return result.getInt(1);
        }
    }
}

package io.errata.mining.ablation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.detection.TinyData;
import io.errata.detection.detector.Detector;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.evaluation.Figures;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.RunFolder;
import io.errata.mining.run.RunImages;
import io.errata.mining.run.RunListener;
import io.errata.mining.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two arms of two seeds on a dozen drawn images, a few steps each. */
class AblationTest {

    private static final Dataset ALL = TinyData.images(14);
    private static final Dataset TRAIN = part("smear-0001", "smear-0009");
    private static final Dataset VALIDATION = part("smear-0009", "smear-0012");
    private static final Dataset TEST = part("smear-0012", "smear-9999");
    private static final RunConfig BASE = RunConfig.of(DataSettings.of("drawn"))
            .with(
                    "windows.patch=16",
                    "windows.scales_per_octave=1",
                    "network.widths=[6, 8, 8, 12, 12]",
                    "training.steps_per_round=6",
                    "training.batch_size=32",
                    "optimizer.learning_rate=0.02",
                    "optimizer.warmup_steps=2",
                    "mining.rounds=2",
                    "mining.threshold=0.1",
                    "run.seed=11",
                    "run.threads=1",
                    "run.device=cpu");
    private static final List<Arm> ARMS = List.of(
            new Arm("random", List.of("mining.strategy=random")),
            new Arm("rounds", List.of("mining.strategy=rounds", "loss.type=bce")));

    @TempDir
    private static Path shared;

    private static AblationResult whole;

    private static Dataset part(String from, String to) {
        return ALL.filter(
                image -> image.name().compareTo(from) >= 0 && image.name().compareTo(to) < 0);
    }

    private static Ablation ablation(List<Arm> arms) {
        return Ablation.of(BASE, arms, config -> new RunImages(TRAIN, VALIDATION, List.of()));
    }

    private static Ablation tested() {
        return ablation(ARMS).withSeeds(2).withTest("other drawings", TEST);
    }

    @BeforeAll
    static void runWithoutInterruption() {
        whole = tested().run(shared);
    }

    @Test
    void tellsTheFiguresOfItsRuns() throws IOException {
        assertThat(whole.status()).isEqualTo("finished");
        assertThat(whole.seeds()).containsExactly(11L, 12L);
        assertThat(whole.arms()).extracting(ArmResult::arm).isEqualTo(ARMS);
        for (ArmResult arm : whole.arms()) {
            for (SeedRun run : arm.runs()) {
                assertThat(run.folder()).isEqualTo(arm.arm().name() + "/seed-" + run.seed());
                RunFolder folder = new RunFolder(shared.resolve(run.folder()));
                RunSummary summary = folder.readSummary();
                assertThat(summary.seed()).isEqualTo(run.seed());
                assertThat(summary.strategy()).isEqualTo(arm.arm().name());
                Figures best = summary.best();
                assertThat(best).isEqualTo(run.validation());
                assertThat(run.steps()).isEqualTo(6L * summary.rounds().size());
                assertThat(run.figures()).isEqualTo(run.test()).isEqualTo(measured(folder));
            }
        }
    }

    private static Figures measured(RunFolder folder) {
        try (Detector detector = Detector.load(folder.root())) {
            Evaluation evaluation = detector.evaluate(TEST);
            return new Figures(
                    evaluation.ap50(),
                    evaluation.ap(),
                    evaluation.lamr(),
                    Map.of(
                            TEST.classes().get(0),
                            evaluation.ofClass(TEST.classes().get(0)).ap50()));
        }
    }

    @Test
    void comparesWithTheFirstArmSeedBySeed() {
        ArmResult baseline = whole.arms().get(0);
        ArmResult other = whole.arms().get(1);
        double[] a = ap50(baseline);
        double[] b = ap50(other);
        assertThat(b).isNotEqualTo(a);
        assertThat(baseline.difference()).isNull();
        assertThat(other.ap50().mean()).isCloseTo((b[0] + b[1]) / 2, within(1e-15));
        assertThat(other.ap50().min()).isEqualTo(Math.min(b[0], b[1]));
        assertThat(other.ap50().max()).isEqualTo(Math.max(b[0], b[1]));
        PairedDifference difference = requireNonNull(other.difference());
        assertThat(difference).isEqualTo(PairedDifference.between(a, b));
        // of two differences the standard error is half their distance, and t(0.975, 1) = 12.7062
        double half = 12.7062047364 * Math.abs((b[0] - a[0]) - (b[1] - a[1])) / 2;
        assertThat(difference.high() - difference.mean()).isCloseTo(half, within(1e-9));
        assertThat(other.verdict()).isEqualTo(difference.verdict());
    }

    private static double[] ap50(ArmResult arm) {
        return arm.runs().stream().mapToDouble(run -> run.figures().ap50()).toArray();
    }

    @Test
    void theTableHoldsTheFigures() throws IOException {
        String table = Files.readString(shared.resolve("ablation.md"));
        ArmResult rounds = whole.arms().get(1);
        PairedDifference difference = requireNonNull(rounds.difference());
        assertThat(table).isEqualTo(whole.toMarkdown());
        assertThat(table.lines())
                .contains(String.format(
                        Locale.ROOT,
                        "| rounds | %.3f | [%.3f, %.3f] | %+.3f, [%+.3f, %+.3f] | %.3f | %.3f | %.0f | %s |",
                        rounds.ap50().mean(),
                        rounds.ap50().min(),
                        rounds.ap50().max(),
                        difference.mean(),
                        difference.low(),
                        difference.high(),
                        rounds.ap().mean(),
                        rounds.lamr().mean(),
                        rounds.seconds().mean(),
                        requireNonNull(rounds.verdict()).text()));
        assertThat(table)
                .contains(
                        "| --- |",
                        "difference from random",
                        "2 seeds (11, 12)",
                        "12 gradient steps of 32 patches",
                        "on 3 test images, which chose nothing: other drawings");
    }

    @Test
    void theFileIsTheResult() throws IOException {
        String json = Files.readString(shared.resolve("ablation.json"));
        assertThat(json).isEqualTo(whole.toJson() + "\n");
        assertThat(Json.MAPPER.readValue(json, AblationResult.class)).isEqualTo(whole);
        assertThat(Json.MAPPER.readTree(json).at("/arms/1/runs/0/test/ap50_per_class"))
                .hasSize(1);
    }

    /** The fingerprint in a model is of its windows and all images, those of training first. */
    @Test
    void allArmsOfASeedHaveTheSameImagesOnBothSides() throws IOException {
        for (long seed : whole.seeds()) {
            List<String> fingerprints = new ArrayList<>();
            for (Arm arm : ARMS) {
                Path model = shared.resolve(arm.name()).resolve("seed-" + seed).resolve("model/model.json");
                fingerprints.add(Json.MAPPER
                        .readTree(model.toFile())
                        .findValue("data_sha256")
                        .asText());
            }
            assertThat(fingerprints).hasSize(2).containsOnly(fingerprints.get(0));
        }
    }

    @Test
    void goesOnWhereItWasInterrupted(@TempDir Path folder) throws IOException {
        Ablation failing = tested().withListener(new AblationListener() {
            @Override
            public RunListener training(Arm arm, long seed, RunFolder run) {
                return new RunListener() {
                    @Override
                    public void stepped(int round, int step, int steps) {
                        if (arm.name().equals("rounds") && round == 1 && step == 3) {
                            throw new Interruption();
                        }
                    }
                };
            }
        });
        assertThatThrownBy(() -> failing.run(folder)).isInstanceOf(Interruption.class);
        JsonNode begun = Json.MAPPER.readTree(folder.resolve("ablation.json").toFile());
        assertThat(begun.get("status").asText()).isEqualTo("running");
        assertThat(begun.at("/arms/0/runs")).hasSize(1);
        assertThat(begun.at("/arms/1/runs")).isEmpty();

        assertThat(trainedBy(tested(), folder)).containsExactly("rounds 11", "random 12", "rounds 12");
        assertThat(untimed(folder)).isEqualTo(untimed(shared));
    }

    @Test
    void makesGoodWhatWasLost(@TempDir Path folder) throws IOException {
        tested().run(folder);
        assertThat(trainedBy(tested(), folder)).isEmpty();
        assertThat(untimed(folder)).isEqualTo(untimed(shared));

        Files.delete(folder.resolve("random/seed-12/summary.json"));
        Files.writeString(folder.resolve("rounds/seed-11/summary.json"), "{");
        Files.writeString(folder.resolve("rounds/seed-12/test.json"), "[]");
        SafeFiles.delete(folder.resolve("random/seed-11"));
        Path killed = Files.createDirectories(folder.resolve("random/seed-11"));
        Files.writeString(killed.resolve(".config.yaml.new"), "data:");
        Files.delete(folder.resolve("ablation.md"));
        Files.delete(folder.resolve("ablation.json"));
        assertThat(trainedBy(tested(), folder)).containsExactly("random 11", "rounds 11", "random 12");
        assertThat(untimed(folder)).isEqualTo(untimed(shared));
        assertThat(folder.resolve("ablation.md")).exists();
    }

    @Test
    void aSecondOneInTheSameFolderIsRefused(@TempDir Path folder) {
        List<String> kinds = new ArrayList<>();
        AblationListener second = new AblationListener() {
            @Override
            public RunListener training(Arm arm, long seed, RunFolder run) {
                InvalidInputException refused =
                        catchThrowableOfType(InvalidInputException.class, () -> tested().run(folder));
                kinds.add(refused.problems().get(0).kind());
                return RunListener.none();
            }

            @Override
            public void finished(Arm arm, SeedRun run, int done, int total) {}
        };

        ablation(ARMS).withSeeds(1).withListener(second).run(folder);

        assertThat(kinds).containsExactly("folder-locked", "folder-locked");
    }

    @Test
    void takesMoreSeedsAndOtherTestImages(@TempDir Path folder) throws IOException {
        AblationResult one = ablation(ARMS).withSeeds(1).run(folder);
        assertThat(one.measuredOn()).isEqualTo("validation");
        assertThat(one.arms().get(1).verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
        assertThat(one.toMarkdown()).contains(", n/a |", "that flatters", "One seed shows no difference");
        assertThat(one.toJson()).contains("\"low\" : null");

        assertThat(trainedBy(tested(), folder)).containsExactly("random 12", "rounds 12");
        assertThat(untimed(folder)).isEqualTo(untimed(shared));
        AblationResult fewer =
                tested().withTest("others", part("smear-0013", "smear-9999")).run(folder);
        assertThat(fewer.images()).isEqualTo(2);
        assertThat(fewer.arms().get(0).runs().get(0).test())
                .isNotEqualTo(whole.arms().get(0).runs().get(0).test());
    }

    @Test
    void refusesAFolderOfOtherArmsSettingsOrImages() {
        String json = shared.resolve("ablation.json").toString();
        refuses(ablation(List.of(ARMS.get(1), ARMS.get(0))), json + ": an ablation can go on only with the arms");
        refuses(ablation(List.of(ARMS.get(0))), json + ": an ablation can go on only with the arms");
        Ablation longer = Ablation.of(
                BASE.with("training.steps_per_round=7"), ARMS, config -> new RunImages(TRAIN, VALIDATION, List.of()));
        refuses(
                longer.withSeeds(1),
                shared.resolve("random/seed-11/config.yaml")
                        + ": a run can go on only with the settings it was begun with, steps_per_round: 6, found steps_per_round: 7",
                shared.resolve("rounds/seed-11/config.yaml").toString());
        Ablation others = Ablation.of(BASE, ARMS, config -> new RunImages(TRAIN, TEST, List.of()));
        refuses(others, json + ": an ablation can go on only on the images it was begun with");
    }

    private static void refuses(Ablation ablation, String... lines) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, () -> ablation.run(shared));
        List<String> told = refused.problems().stream().map(Problem::toString).toList();
        assertThat(told).hasSameSizeAs(lines);
        for (int i = 0; i < lines.length; i++) {
            assertThat(told.get(i)).startsWith(lines[i]);
        }
    }

    @Test
    void refusesAFolderOfSomebodyElse(@TempDir Path folder) throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
        assertThatThrownBy(() -> tested().run(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be absent, empty or this ablation's");
        assertThat(folder).isDirectoryContaining(mine::equals);
        assertThatThrownBy(() -> tested().run(mine)).isInstanceOf(InvalidInputException.class);
        Path json = Files.writeString(folder.resolve("ablation.json"), "{}");
        assertThatThrownBy(() -> tested().run(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be an ablation's result");
        assertThat(json).hasContent("{}");
    }

    @Test
    void armsMustDetectTheSameAndValidateOnTheSame(@TempDir Path folder) {
        List<Arm> arms = List.of(ARMS.get(0), new Arm("split", List.of("data.split.fraction=0.5")));
        Ablation split = Ablation.of(
                BASE,
                arms,
                config -> config.data().split().fraction() == 0.5
                        ? new RunImages(TRAIN, TEST, List.of())
                        : new RunImages(TRAIN, VALIDATION, List.of()));
        assertThatThrownBy(() -> split.run(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("arm split: data: must hold out the baseline's 3 validation images");
        Dataset bare = TRAIN.withClasses(List.of("nothing"));
        Ablation classes = Ablation.of(
                BASE,
                arms,
                config -> new RunImages(config.data().split().fraction() == 0.5 ? bare : TRAIN, VALIDATION, List.of()));
        assertThatThrownBy(() -> classes.run(folder))
                .hasMessageStartingWith("arm split: data.classes: must name the baseline's classes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void testImagesMustHoldWhatIsDetected(@TempDir Path folder) {
        Dataset empty = new Dataset(
                TEST.classes(),
                TEST.images().stream()
                        .map(image -> image.withObjects(List.of()))
                        .toList());
        assertThatThrownBy(() -> tested().withTest("bare", empty).run(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("test images bare: must hold at least one object");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readsTheImagesOfEqualDataOnce() {
        List<RunConfig> read = new ArrayList<>();
        PreparedArms.read(BASE, ARMS, config -> {
            read.add(config);
            return new RunImages(TRAIN, VALIDATION, List.of());
        });
        assertThat(read).hasSize(1);
    }

    @Test
    void wantsASensibleNumberOfSeeds() {
        assertThatThrownBy(() -> ablation(ARMS).withSeeds(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("found 0");
    }

    private static List<String> trainedBy(Ablation ablation, Path folder) {
        List<String> trained = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        ablation.withListener(new AblationListener() {
                    @Override
                    public RunListener training(Arm arm, long seed, RunFolder run) {
                        trained.add(arm.name() + " " + seed);
                        return RunListener.none();
                    }

                    @Override
                    public void finished(Arm arm, SeedRun run, int done, int total) {
                        counts.add(done);
                        assertThat(total).isEqualTo(4);
                    }
                })
                .run(folder);
        assertThat(counts).containsExactly(1, 2, 3, 4);
        return trained;
    }

    /** The result without what a clock measured. */
    private static JsonNode untimed(Path folder) throws IOException {
        JsonNode result = Json.MAPPER.readTree(folder.resolve("ablation.json").toFile());
        for (JsonNode arm : result.get("arms")) {
            ((ObjectNode) arm).remove("seconds");
            arm.get("runs").forEach(run -> ((ObjectNode) run).remove("seconds"));
        }
        return result;
    }

    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}

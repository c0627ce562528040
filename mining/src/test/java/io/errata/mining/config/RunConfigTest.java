package io.errata.mining.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.Device;
import io.errata.core.loss.BceSettings;
import io.errata.core.loss.FocalSettings;
import io.errata.core.loss.SmoothL1Settings;
import io.errata.core.mixing.CutMix;
import io.errata.core.mixing.MixUp;
import io.errata.core.mixing.Mixing;
import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.weight.ClassWeighting;
import io.errata.datasets.patch.MixMethod;
import io.errata.datasets.patch.MixSettings;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.engine.DeviceSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigTest {

    private static final String MINIMAL = "data: {train: 'voc:cells:train'}\n";

    @Test
    void hasDefaultsForEverythingButTheTrainingData() {
        assertThat(RunConfig.parse(MINIMAL, List.of())).isEqualTo(RunConfig.of(DataSettings.of("voc:cells:train")));
    }

    @Test
    void writesEveryKeyWithItsDefault() {
        assertThat(RunConfig.of(DataSettings.of("voc:cells")).toYaml()).isEqualTo("""
                data:
                  train:
                  - "voc:cells"
                  validation: []
                  split:
                    fraction: 0.2
                    group: null
                    stratify: false
                  merge: {}
                  drop: []
                  classes: []
                windows:
                  patch: 32
                  stride: 4
                  context: 1.5
                  scales_per_octave: 2
                  shapes: null
                  smallest: null
                  largest: null
                sampling:
                  negatives_per_positive: 3.0
                  positive_iou: 0.5
                  negative_iou: 0.3
                  ignore_overlap: 0.5
                  jittered: 0.5
                  class_balance: 0.5
                  repeat_threshold: 0.0
                  flip: true
                  flip_vertical: false
                  color_jitter: 0.2
                  mix: "none"
                  mix_alpha: 0.2
                  mix_share: 0.5
                network:
                  widths:
                  - 16
                  - 24
                  - 32
                  - 48
                  - 48
                  - 64
                  batch_norm: true
                  box_regression: true
                  second_stage:
                    type: "residual"
                    side: 32
                    view: 1.5
                    widths:
                    - 16
                    - 24
                    - 48
                    - 96
                    context: 3.0
                    context_widths:
                    - 16
                    - 24
                    - 48
                    - 64
                    steps: null
                loss:
                  type: "focal"
                  alpha: 0.25
                  gamma: 2.0
                box_loss:
                  type: "smooth_l1"
                  weight: 0.25
                  beta: 0.5
                optimizer:
                  learning_rate: 0.005
                  weight_decay: 1.0E-4
                  warmup_steps: 30
                  beta1: 0.9
                  beta2: 0.999
                  epsilon: 1.0E-8
                training:
                  steps_per_round: 270
                  batch_size: 128
                  refit_head: "none"
                mining:
                  strategy: "rounds"
                  rounds: 3
                  threshold: 0.5
                  candidates_per_image: 4000
                  policy:
                    type: "hard_negatives"
                    threshold: 0.0
                    per_image: 20
                    nms_iou: 0.5
                  hard_share: 0.5
                  ohem_candidates: 4
                  patience: 2
                evaluation:
                  score_threshold: 0.02
                  nms_iou: 0.4
                  max_detections: 100
                  second_look: false
                  best_by: "ap"
                run:
                  seed: 0
                  device: "auto"
                  threads: 0
                  cache_mb: 256
                  skip_bad: false
                """);
    }

    @Test
    void loadsWhatItWrites() {
        RunConfig config = RunConfig.parse("""
                data:
                  train: ['voc:C:\\cells', "yolo:a b#c: d"]
                  validation: synthetic:smear?images=3
                  split: {fraction: 0.5, group: '^(.*)_t_\\d+', stratify: true}
                  classes: [yes, "null", '10', 010, 1e5, ~a, 'it''s', "ü\\n"]
                windows: {smallest: 12, largest: 80.5}
                loss: {type: bce, pos_weight: 2.5}
                mining: {strategy: ohem}
                run: {device: gpu:1, seed: -9223372036854775808}
                """, List.of());

        assertThat(config.data().classes()).containsExactly("yes", "null", "10", "010", "1e5", "~a", "it's", "ü\n");
        assertThat(config.loss()).isEqualTo(new BceSettings(2.5, ClassWeighting.NONE, 0.9999));
        assertThat(RunConfig.parse(config.toYaml(), List.of())).isEqualTo(config);
    }

    @Test
    void tellsAllProblemsAtOnceInTheOrderOfTheirLines() {
        assertThat(problems("""
                        data:
                          trian: voc:cells
                        sampling:
                          positive_iou: 1.5
                          negatives_per_positive: -1
                          flip: maybe
                        mining:
                          strategy: round
                          rounds: 2.5
                          rounds: 3
                          threshold: .nan
                        network: {widths: [16, wide]}
                        optimizer: fast
                        metrics: {}
                        """))
                .containsExactly(
                        "2: data.trian: unknown key; did you mean data.train?",
                        "4: sampling.positive_iou: must be in (0, 1], found 1.5",
                        "5: sampling.negatives_per_positive: must be in (0, 1000], found -1.0",
                        "6: sampling.flip: must be true or false, found maybe",
                        "8: mining.strategy: must be one of rounds, random, ohem, found round; did you mean rounds?",
                        "10: mining.rounds: must stand once, found before in line 9",
                        "11: mining.threshold: must be a number, found .nan",
                        "12: network.widths: must be a list, each a whole number, found [\"16\",\"wide\"]",
                        "13: optimizer: must be a section of keys, found fast",
                        "14: metrics: unknown key; known here: data, windows, sampling, network, loss, box_loss,"
                                + " optimizer, training, mining, evaluation, run, java");
    }

    @Test
    void namesTheSectionThatAMisplacedKeyBelongsTo() {
        assertThat(problems(MINIMAL + "training: {strategy: random}"))
                .containsExactly("2: training.strategy: unknown key; did you mean mining.strategy?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", "data: {}", "run: {seed: 1}", "{}"})
    void asksForTheTrainingData(String yaml) {
        assertThat(problems(yaml)).singleElement().asString().endsWith("data.train: must be given: it has no default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run: {threads: 2.0}          | run.threads: must be a whole number, found 2.0",
                "run: {threads: 99999999999}  | run.threads: must be a whole number, found 99999999999",
                "run: {threads: ''}           | run.threads: must be a whole number, found an empty text",
                "run: {threads: '  '}         | run.threads: must be a whole number, found an empty text",
                "run: {cache_mb: 1_000}       | run.cache_mb: must be a whole number, found 1_000",
                "optimizer: {learning_rate: 1e999} | optimizer.learning_rate: must be in (0, 1], found Infinity",
                "windows: {context: 2d}       | windows.context: must be a number, found 2d",
                "run: {threads: }             | run.threads: must be a whole number, found nothing",
                "run: {threads: [1]}          | run.threads: must be a whole number, found [\"1\"]",
                "run: {device: gpu:x}         | run.device: must be auto, cpu or gpu:N, found gpu:x",
                "run: {device: null}          | run.device: must be auto, cpu or gpu:N, found nothing",
                "windows: {smallest: small}   | windows.smallest: must be a number, or null, found small",
                "windows: {context: .inf}     | windows.context: must be a number, found .inf",
                "windows: {context: Infinity} | windows.context: must be a number, found Infinity",
                "windows: {smallest: 9, largest: 8} | windows.largest: must be ≥ smallest (9.0), found 8.0",
                "network: {widths: [1, null]} | network.widths: must be a list, each a whole number, found [\"1\",null]",
                "sampling: {negative_iou: 0.6} | sampling.negative_iou: must be ≤ positive_iou (0.5), found 0.6",
                "sampling: {mix: mixcut} | sampling.mix: must be one of none, mixup, cutmix, found mixcut; did you mean"
                        + " mixup?",
                "sampling: {mix_alpha: 0} | sampling.mix_alpha: must be in (0, 100], found 0.0",
                "sampling: {mix_alpha: .nan} | sampling.mix_alpha: must be a number, found .nan",
                "sampling: {mix_share: 1.5} | sampling.mix_share: must be in [0, 1], found 1.5",
                "box_loss: {type: iou} | box_loss.type: must be one of smooth_l1, giou, ghm, found iou; did you mean giou?",
                "box_loss: {type: giou, beta: 1} | box_loss.beta: unknown key; known here: weight, type",
                "box_loss: {weight: -1} | box_loss.weight: must be in [0, 100], found -1.0",
                "loss: {type: ghm, momentum: 1} | loss.momentum: must be in [0, 1), found 1.0",
                "loss: {type: ldam, margin: 0} | loss.margin: must be in (0, 10], found 0.0",
                "loss: {type: cross_entropy, class_weights: some} | loss.class_weights: must be one of none, inverse_frequency,"
                        + " balanced, median_frequency, effective_number, found some; did you mean"
                        + " none?",
                "loss: {type: bce, gamma: 2} | loss.gamma: unknown key; known here: pos_weight,"
                        + " class_weights, beta, type",
                "training: {batch_size: 3} | training.batch_size: must hold a positive and its"
                        + " sampling.negatives_per_positive (3.0) negatives, found 3",
                "evaluation: {second_look: true} | evaluation.second_look: is for detectors without a second stage: it needs"
                        + " network.second_stage none, found residual",
            })
    void refusesWhatDoesNotFit(String section, String problem) {
        assertThat(problems(MINIMAL + section)).containsExactly("2: " + problem);
    }

    @Test
    void wantsAGroupInTheExpressionThatGroups() {
        String rule = "must be a regular expression with a group in parentheses, such as (.*)_t_, found ";
        assertThat(problems("data: {train: a, split: {group: '[('}}"))
                .containsExactly("1: data.split.group: " + rule + "[(");
        assertThat(problems("data: {train: a, split: {group: 'IMG'}}"))
                .containsExactly("1: data.split.group: " + rule + "IMG");
    }

    @Test
    void putsOverridesOnTop() {
        RunConfig config = RunConfig.parse(
                MINIMAL + "loss: {type: focal, gamma: 3}\nrun: {seed: 1}",
                List.of(
                        "run.seed=7",
                        "data.train=[voc:a:b, 'voc:c']",
                        "data.validation=voc:/my: data #1:test@list.txt",
                        "optimizer.epsilon=1e-8",
                        "data.split.group=",
                        "mining.strategy=random",
                        "run.seed=8"));

        assertThat(config.run().seed()).isEqualTo(8);
        assertThat(config.data().train()).containsExactly("voc:a:b", "voc:c");
        assertThat(config.data().validation()).containsExactly("voc:/my: data #1:test@list.txt");
        assertThat(config.optimizer().epsilon()).isEqualTo(1e-8);
        assertThat(config.mining().strategy()).isEqualTo(MiningStrategy.RANDOM);
        assertThat(config.loss()).isEqualTo(new FocalSettings(0.25, 3));
    }

    @Test
    void mixesAsItIsToldForWindowsOfThisGeometry() {
        RunConfig config =
                RunConfig.of(DataSettings.of("voc:a")).with("sampling.mix_alpha=1.5", "sampling.mix_share=1");
        WindowGeometry geometry = new WindowGeometry(30, 5, 1.5, List.of(new WindowShape(20, 20)));

        assertThat(mixing(config, geometry)).isEqualTo(Mixing.none());
        assertThat(mixing(config.with("sampling.mix=mixup"), geometry)).isEqualTo(new MixUp(1.5, 1));
        assertThat(mixing(config.with("sampling.mix=cutmix"), geometry))
                .isEqualTo(new CutMix(1.5, 1, 30, 20, 0.3, 0.5));
    }

    private static Mixing mixing(RunConfig config, WindowGeometry geometry) {
        return config.sampling().mixing().mixing(geometry, config.sampling().labelling());
    }

    @Test
    void aWrongArgumentInJavaIsAnIllegalArgument() {
        InvalidArgumentException thrown = catchThrowableOfType(
                InvalidArgumentException.class, () -> new MixSettings(MixMethod.MIXUP, Double.NaN, Double.NaN));

        assertThat(thrown)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mixAlpha must be in (0, 100], found NaN; mixShare must be in [0, 1], found NaN");
    }

    @Test
    void changesTheTypeOfTheLossByAnOverride() {
        RunConfig config = RunConfig.of(DataSettings.of("voc:a"));
        RunConfig changed = config.with("loss.type=bce", "box_loss.weight=0.5");

        assertThat(changed.loss()).isEqualTo(new BceSettings(1, ClassWeighting.NONE, 0.9999));
        assertThat(changed.boxLoss()).isEqualTo(new SmoothL1Settings(0.5, 0.5));
    }

    @Test
    void placesTheProblemsOfOverridesThere() {
        assertThat(problems(
                        MINIMAL,
                        "run.seed=x",
                        "run.sed=1",
                        "nonsense",
                        "a..b=1",
                        "mining=1",
                        "data.classes=[a",
                        "data.train={a: 1}"))
                .containsExactlyInAnyOrder(
                        "--set: must be section.key=value, found nonsense",
                        "--set: must be section.key=value, found a..b=1",
                        "--set: run.sed: unknown key; did you mean run.seed?",
                        "--set: run.seed: must be a whole number, found x",
                        "--set: mining: must be a section of keys, found 1",
                        "--set: data.classes: must be YAML: expected ',' or ']', but got <stream end>",
                        "--set: data.train: must be a list, each a text, found {\"a\":\"1\"}");
    }

    static Stream<String> notYaml() {
        return Stream.of(
                "data: [",
                "\tdata: 1",
                "data: {train: a}\n}",
                "a: b: c",
                "data: 'open",
                "data: \u0000",
                "&a",
                "? ?",
                "a: ".repeat(3),
                "[".repeat(100_000),
                "data: " + "{a: ".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("notYaml")
    void refusesWhatIsNoYaml(String yaml) {
        assertThat(problems(yaml)).isNotEmpty();
    }

    @Test
    void namesTheLineOfASyntaxError() {
        assertThat(problems("data:\n  train: a\n bad"))
                .singleElement()
                .asString()
                .startsWith("3: must be YAML: ");
    }

    @Test
    void refusesAliasesAndSecondDocuments() {
        assertThat(problems("data: {train: &a x, classes: *a}")).anyMatch(text -> text.contains("found the alias *a"));
        assertThat(problems(MINIMAL + "---\n" + MINIMAL)).anyMatch(text -> text.contains("found a second one"));
    }

    @Test
    void refusesFilesThatAreMissingEmptyFoldersOrNoText(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "# nothing\n");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(failure(folder.resolve("none.yaml"))).contains("none.yaml: there is no such file");
        assertThat(failure(folder)).contains("must be a configuration in YAML, found a folder");
        assertThat(failure(empty)).contains("empty.yaml: must be a mapping of sections", "found nothing");
        assertThat(failure(binary)).contains("must be text in UTF-8");
    }

    @Test
    void namesFileAndLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), MINIMAL + "run:\n  seed: soon\n");
        assertThat(failure(file)).isEqualTo(file + ":3: run.seed: must be a whole number, found soon");
    }

    @Test
    void choosesTheDeviceAmongTheGpusThatThereAre() {
        assertThat(DeviceSetting.parse("auto").on(0)).isEqualTo(Device.cpu());
        assertThat(DeviceSetting.parse("auto").on(2)).isEqualTo(Device.gpu(0));
        assertThat(DeviceSetting.parse("gpu:1").on(2)).isEqualTo(Device.gpu(1));
        InvalidInputException thrown = catchThrowableOfType(
                InvalidInputException.class, () -> DeviceSetting.parse("gpu:1").on(1));
        assertThat(thrown).hasMessageContaining("run.device: asks for gpu:1, but the engine sees 1 GPUs");
    }

    private static List<String> problems(String yaml, String... sets) {
        InvalidInputException thrown =
                catchThrowableOfType(InvalidInputException.class, () -> RunConfig.parse(yaml, List.of(sets)));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(RunConfigTest::shown).toList();
    }

    private static String shown(Problem problem) {
        return (problem.line() == null ? "" : problem.line() + ": ") + problem;
    }

    private static String failure(Path file) {
        InvalidInputException thrown =
                catchThrowableOfType(InvalidInputException.class, () -> RunConfig.load(file, List.of()));
        assertThat(thrown).isNotNull();
        return String.valueOf(thrown.getMessage());
    }
}

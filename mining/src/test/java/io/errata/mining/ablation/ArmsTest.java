package io.errata.mining.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.MiningStrategy;
import io.errata.mining.config.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arms can be, and how they are written. */
class ArmsTest {

    private static final RunConfig BASE = RunConfig.of(DataSettings.of("synthetic:smear"));

    @TempDir
    private Path folder;

    @Test
    void theGridIsEveryStrategyWithEveryLoss() {
        assertThat(Arm.grid())
                .extracting(Arm::name)
                .containsExactly(
                        "random-bce",
                        "random-focal",
                        "random-ghm",
                        "ohem-bce",
                        "ohem-focal",
                        "ohem-ghm",
                        "rounds-bce",
                        "rounds-focal",
                        "rounds-ghm");
        assertThat(ablation(Arm.grid())).isNotNull();
        RunConfig first = Arm.grid().get(0).on(BASE);
        assertThat(first.mining().strategy()).isEqualTo(MiningStrategy.RANDOM);
        assertThat(first.loss().getClass().getSimpleName()).isEqualTo("BceSettings");
    }

    @Test
    void anArgumentIsSettingsPartedByBlanks() {
        Arm arm = Arm.parse("  loss.type=bce   network.widths=[8, 8, 8, 8, 8] ");
        assertThat(arm.sets()).containsExactly("loss.type=bce", "network.widths=[8, 8, 8, 8, 8]");
        assertThat(arm.name()).isEqualTo("loss.type=bce,network.widths=-8,-8,-8,-8,-8-");
        assertThat(arm.on(BASE).network().widths()).containsExactly(8, 8, 8, 8, 8);
        assertThat(Arm.parse(" ")).isEqualTo(new Arm("unchanged", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "-x", "ablation.json", "ä", "a\nb", "a b", "a|b"})
    void aNameMustBeGoodForAFolder(String name) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new Arm(name, List.of()))
                .withMessageContaining("an arm's name must be");
    }

    @Test
    void everyProblemOfEveryArmIsToldWithItsKey() {
        InvalidInputException refused = refused(
                new Arm("plain", List.of()),
                new Arm("PLAIN", List.of("loss.gama=3", "mining.rounds=0")),
                new Arm("seeded", List.of("run.seed=7")),
                new Arm("wide", List.of("network.widths=[4]")));
        assertThat(refused.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "arm PLAIN: must have a name of its own, found it twice",
                        "arm PLAIN: loss.gama: unknown key; did you mean loss.gamma?",
                        "arm PLAIN: mining.rounds: must be ≥ 1, found 0",
                        "arm seeded: run.seed: must be left to the ablation, which gives all arms the same seeds, found 7",
                        "arm wide: network.widths must have at least 5 numbers from 1 to 1024 at stride 4, found [4]");
        assertThat(refused().problems()).extracting(Problem::kind).containsExactly("bad-arm");
    }

    @Test
    void onlyEqualBudgetsAreCompared() {
        InvalidInputException refused = refused(
                new Arm("plain", List.of()),
                new Arm("long", List.of("mining.rounds=4")),
                new Arm("large", List.of("training.batch_size=256")),
                new Arm("one-round", List.of("mining.rounds=1", "training.steps_per_round=810")));
        assertThat(refused.problems()).extracting(Problem::kind).containsOnly("unequal-budget");
        assertThat(refused.problems().stream().map(Problem::toString))
                .hasSize(2)
                .anyMatch(
                        line -> line.startsWith(
                                "arm long: must train as long as the baseline, 810 gradient steps of 128 patches, found 1080 gradient steps of 128 patches; "))
                .anyMatch(line -> line.startsWith("arm large: ") && line.contains("of 256 patches"));
    }

    @Test
    void readsArmsFromYaml() throws IOException {
        assertThat(arms("""
                - {name: focal}
                - set: {loss.type: bce, windows.smallest: null}
                - name: listed
                  set:
                    data.classes: ["a, b", '010', x]
                    data.split.group: "(.*)_t_"
                    network.widths: [8, 8, 8, 8, 16]
                """))
                .containsExactly(
                        new Arm("focal", List.of()),
                        new Arm(
                                "loss.type=bce,windows.smallest=null",
                                List.of("loss.type=bce", "windows.smallest=null")),
                        new Arm(
                                "listed",
                                List.of(
                                        "data.classes=[\"a, b\", 010, x]",
                                        "data.split.group=(.*)_t_",
                                        "network.widths=[8, 8, 8, 8, 16]")));
    }

    @Test
    void whatIsQuotedStaysAText() throws IOException {
        List<Arm> arms =
                arms("- {name: a, set: {data.train: ['[x]', \"null\", ' y']}}\n- {name: b, set: {data.train: '{z}'}}");
        assertThat(arms.get(0).on(BASE).data().train()).containsExactly("[x]", "null", " y");
        assertThat(arms.get(1).on(BASE).data().train()).containsExactly("{z}");
    }

    @Test
    void everyProblemOfTheFileIsToldWithLineAndKey() throws IOException {
        Path file = write("""
                - name: plain
                - {name: plain2, sets: {loss.type: bce}}
                - just text
                - name: [a]
                  set: loss.type=bce
                - name: deep
                  set:
                    loss: {type: bce}
                    loss.type: bce
                    loss.type: focal
                - {name: a/b}
                """);
        told(
                () -> ArmsFile.read(file),
                file + ":2: sets: unknown key; known here: name, set",
                file + ":3: an arm must be a mapping with name or set, found just text",
                file + ":4: name: must be a text, found a list",
                file + ":5: set: must be a mapping such as {loss.type: bce}, found loss.type=bce",
                file + ":8: set.loss: must be a value or a list of values, found a mapping",
                file + ":10: set.loss.type: must stand once, found before in line 9",
                file + ":11: name: an arm's name must be a letter or digit");
    }

    @Test
    void settingsThatAreNoneAreToldWithLineAndKey() throws IOException {
        Path file = write("""
                - name: plain
                - name: odd
                  set:
                    mining.straegy: ohem
                    loss.gamma: much
                - {name: none, set: {gamma: 2}}
                """);
        ArmsFile read = ArmsFile.read(file);
        told(
                () -> read.arms(BASE),
                file + ":4: mining.straegy: unknown key; did you mean mining.strategy?",
                file + ":5: loss.gamma: must be a number, found much",
                file + ":6: gamma: unknown key; did you mean loss.gamma?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "a: b",
                "text",
                "- {a",
                "- a\n---\n- b",
                "- *x",
                "- &a [*a]",
                "- &a {set: *a}",
                "- {[a]: b}",
                "- {set: {[a]: b}}",
                "\u0001",
                "- !!java/object {}",
                "- !!java.io.File [x]"
            })
    void whatIsNoListOfArmsIsRefused(String text) throws IOException {
        Path file = write(text);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ArmsFile.read(file).arms(BASE))
                .withMessageStartingWith(file.toString());
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("arms.yaml"), new byte[] {'-', ' ', (byte) 0xff});
        told(() -> ArmsFile.read(file), file + ": must be text in UTF-8");
    }

    private List<Arm> arms(String yaml) throws IOException {
        return ArmsFile.read(write(yaml)).arms(BASE);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("arms.yaml"), yaml);
    }

    private static void told(Runnable reading, String... lines) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, reading::run);
        List<String> told = refused.problems().stream().map(Problem::toString).toList();
        assertThat(told).hasSameSizeAs(lines);
        for (int i = 0; i < lines.length; i++) {
            assertThat(told.get(i)).startsWith(lines[i]);
        }
    }

    private static InvalidInputException refused(Arm... arms) {
        return catchThrowableOfType(InvalidInputException.class, () -> ablation(List.of(arms)));
    }

    /** No images are read, and no engine is needed, before it runs. */
    private static Ablation ablation(List<Arm> arms) {
        return Ablation.of(BASE, arms, config -> {
            throw new IllegalStateException("not to be read");
        });
    }

    /** Every file in {@code configs/ablations} can be used. */
    @Test
    void theArmsOfTheProjectAreConfigurationsOfEqualBudget() throws IOException {
        Path folder = Path.of(System.getProperty("errata.root", ".."), "configs", "ablations");
        RunConfig base = RunConfig.of(DataSettings.of("a"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                List<Arm> arms = ArmsFile.read(file).arms(base);
                assertThat(arms).hasSizeGreaterThan(1);
                assertThat(arms)
                        .extracting(arm -> arm.on(base).training().stepsPerRound())
                        .containsOnly(270);
            }
        }
    }
}

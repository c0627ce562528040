package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code errata ablate} from its arguments to what it prints. */
class AblateCommandTest {

    private Path folder = Path.of("");
    private Path out = Path.of("");
    private Path config = Path.of("");
    private String train = "";
    private String test = "";

    @BeforeEach
    void drawPictures(@TempDir Path temporary) throws IOException {
        folder = temporary;
        out = folder.resolve("compared");
        Pictures pictures = Pictures.ofCells(folder.resolve("train"));
        for (int i = 0; i < 8; i++) {
            pictures.object(i + ".jpg", "dot", 70, 70, 12);
        }
        train = pictures.spec();
        test = Pictures.ofCells(folder.resolve("test")).spec();
        config = Files.writeString(folder.resolve("tiny.yaml"), Pictures.TINY_RUN + "data: {train: '" + train + "'}\n");
    }

    private CliOutput ablate(String... arguments) {
        return CliOutput.by(
                Stream.concat(Stream.of("ablate", config.toString(), "--out", out.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Test
    void printsTheTableAndALineARun() throws IOException {
        CliOutput said = ablate("--arm", "loss.type=bce", "--arm", "", "--seeds", "2", "--test", test)
                .succeeds();
        List<String> lines = said.out().lines().toList();
        assertThat(lines.get(0))
                .startsWith("| arm | AP50 | [min, max] | difference from loss.type=bce, 95% interval |");
        assertThat(lines.get(2)).startsWith("| loss.type=bce | ").endsWith(" | baseline |");
        assertThat(lines.get(3)).startsWith("| unchanged | ");
        assertThat(lines)
                .contains("| AP50 | cell | dot |", "EvaluationReport on 8 test images, which chose nothing: " + test);
        assertThat(said.out()).isEqualTo(Files.readString(out.resolve("ablation.md")));
        assertThat(said.err().lines())
                .hasSize(5)
                .anyMatch(line -> line.startsWith("4 of 4, unchanged seed 1: AP50 ") && line.contains("test images"))
                .first()
                .asString()
                .startsWith("runs go to " + out);
        assertThat(out.resolve("loss.type=bce/seed-1/log.txt")).content().contains("round 0: AP50");

        CliOutput again = ablate("--arm", "loss.type=bce", "--arm", "", "--seeds", "2", "--test", test, "--json")
                .succeeds();
        JsonNode result = again.json();
        assertThat(result)
                .isEqualTo(
                        new ObjectMapper().readTree(out.resolve("ablation.json").toFile()));
        assertThat(result.at("/arms/1/difference/pairs").asInt()).isEqualTo(2);
        assertThat(result.at("/arms/1/runs/1/test/ap50_per_class/dot").isNull()).isTrue();
        assertThat(result.at("/test").asText()).isEqualTo(test);
    }

    @Test
    void comparesStrategiesAndLossesWhereNothingIsSaid() throws IOException {
        CliOutput said = ablate("--seeds", "1", "--json").succeeds();
        assertThat(said.json().get("arms").findValuesAsText("name"))
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
        assertThat(said.json().get("measured_on").asText()).isEqualTo("validation");
    }

    @Test
    void tellsMistakesOfAllArgumentsTogether() throws IOException {
        Path arms = Files.writeString(folder.resolve("arms.yaml"), "- {name: a, sets: {}}\n");
        ablate("--arms", arms.toString(), "--set", "mining.round=1", "--seeds", "0")
                .refuses(
                        "--seeds: must be in [1, 1000], found 0",
                        "--set: mining.round: unknown key; did you mean mining.rounds?",
                        arms + ":1: sets: unknown key; known here: name, set");
        ablate("--arm", "", "--arm", "loss.tipe=bce", "--test", "csv:" + folder.resolve("none.csv"))
                .refuses("arm loss.tipe=bce: loss.tipe: unknown key; did you mean loss.type?", "none.csv");
        ablate("--arms", folder.resolve("none.yaml").toString()).refuses("none.yaml: --arms: there is no such file");
        assertThat(out).doesNotExist();
    }

    @Test
    void tellsTheLineOfASettingThatIsNone() throws IOException {
        Path arms = Files.writeString(folder.resolve("arms.yaml"), "- {name: a}\n- {name: b, set: {loss.gama: 1}}\n");
        ablate("--arms", arms.toString()).refuses(arms + ":2: loss.gama: unknown key; did you mean loss.gamma?");
    }

    @Test
    void refusesUnequalBudgets() {
        ablate("--arm", "", "--arm", "mining.rounds=2")
                .refuses(
                        "arm mining.rounds=2: must train as long as the baseline, 2 gradient steps of 8 patches, found 4 gradient steps of 8 patches");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesTestImagesThatAreTrainedOn() {
        ablate("--arm", "", "--test", train)
                .refuses("must be images that are neither trained nor validated on, found 8 that are, such as ");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesDataThatCannotBeTrainedOnWithoutATrace() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        CliOutput said = ablate("--set", "data.train=voc:" + empty);
        assertThat(said.status()).isEqualTo(2);
        assertThat(out).doesNotExist();
        Pictures truncated = Pictures.ofCells(folder.resolve("bad")).truncate("2.jpg");
        ablate("--arm", "", "--set", "data.train=" + truncated.spec()).refuses("2.jpg: image must be a whole");
        assertThat(out).doesNotExist();
        CliOutput skipped =
                ablate("--arm", "", "--seeds", "1", "--skip-bad", "--set", "data.train=" + truncated.spec());
        assertThat(skipped.succeeds().out()).contains("| unchanged |");
    }

    @Test
    void wantsOneConfigurationAndHelps() {
        assertThat(CliOutput.by("ablate", "--help").succeeds().out())
                .contains("--arms", "--seeds", "--test", "baseline");
        assertThat(CliOutput.by("ablate").status()).isEqualTo(2);
    }

    @Test
    void tellsTestImagesThatCannotBeReadBeforeTraining() throws IOException {
        String bad = Pictures.ofCells(folder.resolve("bad"))
                .truncate("2.jpg")
                .truncate("5.jpg")
                .spec();
        ablate("--arm", "", "--test", bad).refuses("2.jpg: image must be a whole", "5.jpg: image must be a whole");
        assertThat(out).doesNotExist();
        CliOutput skipped =
                ablate("--arm", "", "--seeds", "1", "--test", bad, "--skip-bad").succeeds();
        assertThat(skipped.out()).contains("EvaluationReport on 6 test images");
    }

    @Test
    void takesArmsFromOnePlaceOnly() {
        CliOutput said = ablate("--arm", "", "--arms", "arms.yaml");
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).contains("--arm and --arms cannot be given together");
    }
}

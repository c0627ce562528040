package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStatsTest {

    private Path folder = Path.of("");

    @BeforeEach
    void choosePlaces(@TempDir Path temporary) {
        folder = temporary;
    }

    @Test
    void countsObjectsAndWindows() throws IOException {
        Pictures pictures = Pictures.ofCells(folder).image("b.jpg").background("b.jpg");
        JsonNode json = stats(pictures.object("0.jpg", "rare", 40, 10, 40).spec(), "--json")
                .json();

        assertThat(json.get("images").asInt()).isEqualTo(9);
        assertThat(json.get("backgrounds").asInt()).isEqualTo(1);
        assertThat(json.get("objects").asInt()).isEqualTo(9);
        assertThat(json.get("problems").asInt()).isZero();
        assertThat(json.get("class_imbalance").asDouble()).isEqualTo(8);
        JsonNode cell = json.get("classes").get("cell");
        assertThat(cell.get("objects").asInt()).isEqualTo(8);
        assertThat(cell.get("images").asInt()).isEqualTo(8);
        assertThat(cell.get("size").get("p50").asDouble()).isEqualTo(20);
        assertThat(json.get("size").get("max").asDouble()).isEqualTo(40);
        assertThat(json.get("aspect").get("mean").asDouble()).isEqualTo(1);
        JsonNode windows = json.get("windows");
        assertThat(windows.get("patch").asInt()).isEqualTo(32);
        assertThat(windows.get("windows").asLong())
                .isEqualTo(windows.get("positives").asLong()
                        + windows.get("ignored").asLong()
                        + windows.get("negatives").asLong());
        assertThat(cell.get("positives").asLong()
                        + json.get("classes").get("rare").get("positives").asLong())
                .isEqualTo(windows.get("positives").asLong())
                .isPositive();
        assertThat(windows.get("recall50").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.get("warnings").isArray()).isTrue();
    }

    @Test
    void printsATable() throws IOException {
        CliOutput said = stats(Pictures.ofCells(folder).spec());

        assertThat(said.out().lines())
                .contains("images: 8 (0 without annotations), objects: 8, classes: 1, problems left out: 0")
                .anyMatch(line -> line.matches("cell +8 +8 +0 +0 +20.0 +1.00 +\\d+ +8 +1.000"))
                .anyMatch(line -> line.matches("16.0 to 32.0 +8 +8 +1.000"))
                .anyMatch(line -> line.matches("20.0 \\(chosen\\) +1 +1 +\\d+ +1.000 +[\\d.]+"))
                .anyMatch(line -> line.startsWith("size, pixels ") && line.endsWith("20.0"))
                .anyMatch(line -> line.endsWith(" negatives for each positive"));
        assertThat(said.err()).isEmpty();
    }

    @Test
    void triesSettingsOfTheWindows() throws IOException {
        String spec = Pictures.ofCells(folder).spec();
        JsonNode tried = stats(spec, "--json", "--set", "windows.patch=48", "--set", "windows.smallest=10")
                .json()
                .get("windows");
        assertThat(tried.get("patch").asInt()).isEqualTo(48);
        // from 10 to 20 is an octave, of two levels; the first is in the middle of the lower half
        assertThat(tried.get("levels")).hasSize(2);
        assertThat(tried.get("levels").get(0).get("width").asDouble()).isCloseTo(10 * Math.pow(2, 0.25), within(1e-6));
    }

    @Test
    void showsWhatWindowsThereAreToChooseFrom() throws IOException {
        Pictures pictures = Pictures.ofCells(folder);
        for (int i = 0; i < 8; i++) {
            pictures.object(i + ".jpg", "cell", 0, 0, 50);
        }
        JsonNode json =
                stats(pictures.spec(), "--json", "--windows-per-second", "1000").json();

        JsonNode candidates = json.get("window_choice").get("candidates");
        assertThat(json.get("window_choice").get("windows_per_second").asDouble())
                .isEqualTo(1000);
        assertThat(candidates).hasSizeGreaterThan(1);
        assertThat(candidates).filteredOn(one -> one.get("chosen").asBoolean()).hasSize(1);
        JsonNode chosen = candidates.get(0);
        assertThat(chosen.get("chosen").asBoolean()).isTrue();
        assertThat(chosen.get("windows").asLong())
                .isEqualTo(json.get("windows").get("windows").asLong());
        assertThat(chosen.get("levels").asInt())
                .isEqualTo(json.get("windows").get("levels").size());
        assertThat(chosen.get("reached").asInt()).isEqualTo(16);
        assertThat(chosen.get("scan_seconds").asDouble())
                .isCloseTo(chosen.get("windows").asLong() / 1000.0, within(1e-9));
        JsonNode cheaper = candidates.get(1);
        assertThat(cheaper.get("windows").asLong())
                .isLessThan(chosen.get("windows").asLong());
        JsonNode tried = stats(
                        pictures.spec(),
                        "--json",
                        "--set",
                        "windows.smallest=" + cheaper.get("smallest").asDouble())
                .json();
        assertThat(tried.get("windows").get("windows").asLong())
                .isEqualTo(cheaper.get("windows").asLong());
        assertThat(tried.get("window_choice").get("candidates")).hasSize(1);
        assertThat(json.get("windows").get("sizes")).hasSize(2);
        assertThat(json.get("windows").get("sizes").get(1).get("from").asDouble())
                .isEqualTo(32);
    }

    @Test
    void warnsOfObjectsOutOfReach() throws IOException {
        String spec = Pictures.ofCells(folder).spec();
        JsonNode json = stats(spec, "--json", "--set", "windows.smallest=60", "--set", "windows.largest=90")
                .json();

        assertThat(json.get("windows").get("recall50").asDouble()).isZero();
        assertThat(json.get("classes").get("cell").get("reached").asInt()).isZero();
        assertThat(json.get("warnings")).hasSize(2);
        assertThat(json.get("warnings").get(0).asText()).contains("found 0.000").contains("windows.scales_per_octave");
        assertThat(json.get("warnings").get(1).asText()).contains("class cell: only 0 of 8");
    }

    @Test
    void describesDataThatCannotBeTrainedOn() throws IOException {
        JsonNode json = stats(
                        Pictures.in(folder).image("a.jpg").background("a.jpg").spec(), "--json")
                .json();

        assertThat(json.get("backgrounds").asInt()).isEqualTo(1);
        assertThat(json.get("windows").isNull()).isTrue();
        assertThat(json.get("size").get("p50").isNull()).isTrue();
        assertThat(json.get("class_imbalance").isNull()).isTrue();
        assertThat(json.get("warnings").get(0).asText()).contains("must hold at least one object");
    }

    @Test
    void tellsWhatIsLeftOutAndGoesOn() throws IOException {
        Pictures pictures = Pictures.ofCells(folder).object("1.jpg", "cell", 80, 80, -3);
        CliOutput said = stats(pictures.spec(), "--json");

        assertThat(said.json().get("problems").asInt()).isEqualTo(1);
        assertThat(said.json().get("objects").asInt()).isEqualTo(8);
        assertThat(said.err()).startsWith("errata: left out: ").contains("objects.csv:10");
    }

    @Test
    void decodesNoImage() throws IOException {
        Pictures pictures = Pictures.ofCells(folder);
        for (int i = 0; i < 8; i++) {
            pictures.truncate(i + ".jpg");
        }
        assertThat(stats(pictures.spec(), "--json").json().get("objects").asInt())
                .isEqualTo(8);
    }

    @Test
    void drawsAPicture() throws IOException {
        Path picture = folder.resolve("made/charts.PNG");
        stats(Pictures.ofCells(folder).spec(), "--picture", picture.toString());

        assertThat(Files.readAllBytes(picture)).startsWith(0x89, 'P', 'N', 'G');
        var pixels = new ImageFile(picture).read();
        assertThat(pixels.width()).isEqualTo(DatasetCharts.WIDTH);
        assertThat(pixels.height()).isEqualTo(DatasetCharts.HEIGHT);
        Set<Integer> colours = new HashSet<>();
        byte[] rgb = pixels.rgb();
        for (int at = 0; at < rgb.length; at += 3) {
            colours.add(65536 * rgb[at] + 256 * rgb[at + 1] + rgb[at + 2]);
        }
        assertThat(colours).hasSizeGreaterThan(3);
    }

    @Test
    void refusesMistakesAllAtOnce() throws IOException {
        CliOutput.by(
                        "dataset",
                        "stats",
                        "voc",
                        "csv:",
                        "--picture",
                        folder.resolve("a.txt").toString(),
                        "--set",
                        "run.seed=3",
                        "--set",
                        "windows=1")
                .refuses(
                        "--picture: must end in .png, found ",
                        "--set: must be of windows or sampling, found run.seed=3",
                        "--set: must be of windows or sampling, found windows=1",
                        "a data set must be voc:DIR",
                        "a data set must say where the data lies");
        CliOutput.by("dataset", "stats", Pictures.ofCells(folder).spec(), "--windows-per-second", "0")
                .refuses("--windows-per-second: must be > 0, found 0.0");
        CliOutput.by("dataset", "stats", Pictures.ofCells(folder).spec(), "--set", "windows.patch=7")
                .refuses("windows.patch: must be in [16, 256] pixels, found 7");
        CliOutput.by("dataset", "stats", "csv:" + folder.resolve("none.csv"))
                .refuses("none.csv", "at least one good image");
        assertThat(CliOutput.by("dataset").status()).isEqualTo(2);
        assertThat(CliOutput.by("dataset", "stats").status()).isEqualTo(2);
    }

    @Test
    void agreesWithWhatIsKnownOfARealSet() throws IOException {
        String data = System.getProperty("errata.data");
        Assumptions.assumeTrue(data != null && !data.isBlank(), "errata.data is not set");
        JsonNode json = stats("yolo:" + Path.of(data, "thermal_cheetah_yolo", "data.yaml"), "--json")
                .json();

        assertThat(json.get("images").asInt()).isEqualTo(129);
        assertThat(json.get("backgrounds").asInt()).isEqualTo(3);
        assertThat(json.get("classes").get("cheetah").get("objects").asInt()).isEqualTo(186);
        assertThat(json.get("classes").get("human").get("objects").asInt()).isEqualTo(45);
        assertThat(json.get("windows").get("negatives_per_positive").asDouble()).isGreaterThan(100);
    }

    @Test
    void proposesToKeepRecordingsWhole() throws IOException {
        Pictures pictures = Pictures.in(folder);
        for (int i = 0; i < 9; i++) {
            String name = "ride_" + i / 3 + ".mp4_t_" + (50 + i) + ".jpg";
            pictures.image(name).object(name, "cell", 5 + 8 * i, 30, 20);
        }
        String spec = pictures.spec();

        JsonNode group = stats(spec, "--json").json().get("split_group");
        assertThat(group.get("images")).extracting(JsonNode::asInt).containsExactly(3, 3, 3);
        assertThat(stats(spec).out().lines())
                .contains(
                        "note: file names look like frames of 3 recordings, the largest of 3 images (ride_0.mp4_t_…), the"
                                + " smallest of 3; frames of one recording are nearly equal, so figures are too good where single images"
                                + " are held out for validation: keep recordings whole by data.split.group: '"
                                + group.get("proposed").asText() + "'");
        assertThat(stats(Pictures.ofCells(folder.resolve("cells")).spec(), "--json")
                        .json()
                        .get("split_group")
                        .isNull())
                .isTrue();
    }

    private static CliOutput stats(String... arguments) {
        return CliOutput.by(Stream.concat(Stream.of("dataset", "stats"), List.of(arguments).stream())
                        .toArray(String[]::new))
                .succeeds();
    }
}

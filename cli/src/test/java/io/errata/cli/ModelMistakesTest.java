package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.errata.detection.files.SafeFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code errata evaluate} and {@code errata detect} with a model of two training steps, and what a user can do wrong with them. */
class ModelMistakesTest {

    @TempDir
    private static Path shared = Path.of("");

    private Path folder = Path.of("");
    private Path model = Path.of("");
    private String image = "";

    @BeforeAll
    static void train() throws IOException {
        Path config = Files.writeString(
                shared.resolve("tiny.yaml"),
                Pictures.TINY_RUN + "data: {train: '"
                        + Pictures.ofCells(shared.resolve("data")).spec() + "'}\n");
        CliOutput.by("train", config.toString(), "--out", shared.resolve("run").toString())
                .succeeds();
    }

    @BeforeEach
    void copyModel(@TempDir Path temporary) throws IOException {
        folder = temporary;
        model = Files.createDirectory(folder.resolve("model"));
        try (Stream<Path> files = Files.list(shared.resolve("run/model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        image = shared.resolve("data/3.jpg").toString();
    }

    private CliOutput evaluate(String... more) {
        return by("evaluate", more);
    }

    private CliOutput detect(String... more) {
        return by("detect", more);
    }

    private CliOutput by(String command, String... more) {
        return CliOutput.by(Stream.concat(Stream.of(command, model.toString()), Arrays.stream(more))
                .toArray(String[]::new));
    }

    private static String cells() {
        return "csv:" + shared.resolve("data/objects.csv");
    }

    @Test
    void countsFalsePositivesOnImagesWithoutAnnotations() throws IOException {
        CliOutput said =
                evaluate("--data", "images:" + shared.resolve("data"), "--json").succeeds();

        assertThat(said.json().path("images").asInt()).isEqualTo(8);
        assertThat(said.json().path("ap").isNull()).isTrue();
        assertThat(said.json().path("lamr").isNull()).isTrue();
    }

    @Test
    void evaluatesWhatIsGoodWhenBadAnnotationsAreToBeSkipped() throws IOException {
        Path csv = shared.resolve("data/with-an-empty-box.csv");
        Files.writeString(csv, Files.readString(shared.resolve("data/objects.csv")) + "3.jpg,cell,7,7,7,7\n");
        evaluate("--data", "csv:" + csv).refuses("with-an-empty-box.csv");
        CliOutput said =
                evaluate("--data", "csv:" + csv, "--skip-bad", "--json").succeeds();
        assertThat(said.err()).contains("left out").contains("with-an-empty-box.csv");
        assertThat(said.json().path("images").asInt()).isEqualTo(8);
    }

    @Test
    void evaluatesToTheAgreedJson() throws IOException {
        CliOutput said = evaluate("--data", cells(), "--json").succeeds();
        assertThat(said.err()).isEmpty();
        JsonNode json = said.json();
        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "images",
                        "ap",
                        "ap50",
                        "ap75",
                        "ap_small",
                        "ap_medium",
                        "ap_large",
                        "ar1",
                        "ar10",
                        "ar100",
                        "ar_small",
                        "ar_medium",
                        "ar_large",
                        "lamr",
                        "per_class")
                .doesNotContain("map");
        assertThat(json.get("images").intValue()).isEqualTo(8);
        assertThat(json.get("ap_large").isNull()).isTrue();
        JsonNode cell = json.get("per_class").get("cell");
        assertThat(cell.fieldNames()).toIterable().contains("ap", "ap50", "lamr", "ground_truths");
        assertThat(cell.get("ground_truths").intValue()).isEqualTo(8);
    }

    @Test
    void addsTheMeanAveragePrecisionOfVoc() throws IOException {
        JsonNode json = evaluate("--data", cells(), "--metric", "voc10", "--iou", "0.4", "--json")
                .succeeds()
                .json();
        assertThat(json.get("map").isNumber()).isTrue();
        assertThat(json.get("iou").doubleValue()).isEqualTo(0.4);
        assertThat(evaluate("--data", cells(), "--metric", "VOC07").succeeds().out())
                .contains("VOC@0.50", "cell", "on 8 images");
    }

    @Test
    void measuresARunAsWellAsItsModel() {
        assertThat(CliOutput.by("evaluate", shared.resolve("run").toString(), "--data", cells())
                        .succeeds())
                .isEqualTo(evaluate("--data", cells()));
    }

    @Test
    void saysWhichClassesTheModelDoesNotKnow() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data"));
        CliOutput said = evaluate(
                        "--data", pictures.object("1.jpg", "dust", 70, 5, 20).spec())
                .succeeds();
        assertThat(said.err()).contains("left out, as the model does not know them: dust");
        Pictures other = Pictures.in(folder.resolve("other")).image("a.jpg").object("a.jpg", "dust", 5, 5, 20);
        evaluate("--data", other.spec())
                .refuses("--data: must have objects of the model's classes [cell], found only [dust]");
    }

    @Test
    void evaluatesBackgroundWithoutFigures() throws IOException {
        Pictures empty = Pictures.in(folder.resolve("empty")).image("a.jpg").background("a.jpg");
        assertThat(evaluate("--data", empty.spec(), "--json")
                        .succeeds()
                        .json()
                        .get("ap50")
                        .isNull())
                .isTrue();
    }

    @Test
    void tellsEveryMistakeTogether() throws IOException {
        evaluate("--data", "csv:none.csv", "--device", "gpu:97", "--iou", "1.5")
                .refuses(
                        "--iou: must be > 0 and at most 1, found 1.5",
                        "none.csv: file must exist; correct its name",
                        "--device: asks for gpu:97, but the engine sees");
        detect("none.jpg", folder.toString(), "--threshold", "7", "--device", "tpu")
                .refuses(
                        "none.jpg: IMAGE: there is no such file",
                        folder + ": IMAGE: must be a file, found a folder",
                        "--threshold: must be a score from 0 to 1, found 7.0",
                        "--device: device must be auto, cpu or gpu:N, found tpu");
    }

    @Test
    void tellsEveryTruncatedImage() throws IOException {
        Pictures pictures =
                Pictures.ofCells(folder.resolve("data")).truncate("2.jpg").truncate("5.jpg");
        evaluate("--data", pictures.spec()).refuses("2.jpg: image must be a whole", "5.jpg: image must be a whole");
        Path out = folder.resolve("drawn");
        String cut = pictures.file("2.jpg").toString();
        CliOutput said = detect(cut, image, "none.jpg", "--threshold", "1", "--out", out.toString());
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err().lines())
                .satisfiesExactly(
                        first -> assertThat(first).contains("2.jpg: image must be a whole"),
                        second -> assertThat(second).contains("nothing found on " + image),
                        third -> assertThat(third).contains("none.jpg: IMAGE: there is no such file"));
        assertThat(out).isDirectoryContaining("glob:**/3.png");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                      | must be a model's description in JSON
            null                   | format must be 1 to 2, found none
            []                     | format must be 1 to 2, found none
            ''                     | format must be 1 to 2, found none
            {"format": 3}          | format must be 1 to 2, found 3
            {"format": 2}          | must be a model's description in JSON
            {"format": 1}          | must be a model's description in JSON
            {"format": 1, "classes": null, "geometry": null, "architecture": null, "detection": null, "provenance": null} | must be a model's description in JSON
            """)
    void refusesADescriptionThatIsNoModels(String json, String message) throws IOException {
        Files.writeString(model.resolve("model.json"), json);
        evaluate("--data", cells()).refuses("model.json: " + message);
        detect(image).refuses("model.json: " + message);
    }

    @Test
    void refusesADescriptionThatContradictsItself() throws IOException {
        Path file = model.resolve("model.json");
        ObjectMapper mapper = new ObjectMapper();
        JsonNode json = mapper.readTree(file.toFile());
        Files.writeString(file, json.toString().replaceFirst("\"patch\":32", "\"patch\":40"));
        detect(image).refuses("model.json: geometry and architecture must have one patch and one stride");
        Files.writeString(file, json.toString().replace("[4,4,4,4,4]", "[4,4,4,4,8]"));
        detect(image).refuses("weights.npz: must be the whole weights of the model.json beside it");
        Files.writeString(file, json.toString().replace("[\"cell\"]", "[]"));
        detect(image).refuses("model.json: classes must not be empty");
    }

    @Test
    void refusesWeightsThatAreNotWhole() throws IOException {
        Path weights = model.resolve("weights.npz");
        byte[] whole = Files.readAllBytes(weights);
        for (int length : new int[] {0, 10, 100, whole.length / 2, whole.length - 100}) {
            Files.write(weights, Arrays.copyOf(whole, length));
            detect(image).refuses("weights.npz: must be the whole weights of the model.json beside it");
        }
        Files.delete(weights);
        detect(image).refuses("weights.npz: must be the whole weights");
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        SafeFiles.delete(model);
        detect(image).refuses(model + ": MODEL: there is no such run or model folder");
        Files.createDirectory(model);
        detect(image).refuses(model + ": must be a run or its model folder, found no model.json there");
        Files.writeString(model.resolve("config.yaml"), "");
        detect(image).refuses(model + ": MODEL: this run has no model yet");
        model = Path.of(image);
        detect(image).refuses(model + ": MODEL: must be a run's folder or its model folder, found a file");
    }

    @Test
    void detectsToTheAgreedJson() throws IOException {
        CliOutput said = detect(image, "--json", "--threshold", "0").succeeds();
        assertThat(said.err()).isEmpty();
        JsonNode one = said.json().get(0);
        assertThat(one.fieldNames()).toIterable().containsExactly("image", "width", "height", "detections");
        assertThat(one.get("image").asText()).isEqualTo(image);
        assertThat(one.get("width").intValue()).isEqualTo(96);
        assertThat(one.get("detections"))
                .allMatch(found -> found.get("class").asText().equals("cell")
                        && found.get("score").isNumber()
                        && found.get("box").size() == 4);
    }

    @Test
    void printsTheGoodOnesAsOneDocument() throws IOException {
        Pictures pictures = Pictures.ofCells(folder.resolve("data")).truncate("2.jpg");
        String cut = pictures.file("2.jpg").toString();

        CliOutput said = detect(image, cut, "none.jpg", image, "--json");

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).contains("2.jpg: image must be", "none.jpg: IMAGE");
        assertThat(said.json().findValuesAsText("image")).containsExactly(image, image);
        assertThat(detect(cut, "--json").json()).isEmpty();
        CliOutput skipped =
                detect(image, cut, "none.jpg", image, "--json", "--skip-bad").succeeds();
        assertThat(skipped.err()).isEqualTo(said.err());
        assertThat(skipped.out()).isEqualTo(said.out());
    }

    @Test
    void refusesImagesThatUseFewerThanSixteenBitsUnlessToldHowMany() throws IOException {
        BufferedImage dark = new BufferedImage(96, 96, BufferedImage.TYPE_USHORT_GRAY);
        dark.getRaster().setSample(5, 5, 0, 4095);
        Path twelve = folder.resolve("twelve.png");
        ImageIO.write(dark, "png", twelve.toFile());

        CliOutput said = detect(twelve.toString(), image, "--json");

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err().lines()).hasSize(1);
        assertThat(said.err()).contains("twelve.png: --bits: image of 16 bits must use", "say --bits 12, or");
        assertThat(said.json().findValuesAsText("image")).containsExactly(image);
        detect(twelve.toString(), "--threshold", "1", "--bits", "12").succeeds();
        detect(twelve.toString(), "--threshold", "1", "--bits", "16").succeeds();
        detect(twelve.toString(), "--bits", "11").refuses("twelve.png: samples of 11 bits must be at most 2047");
        detect(image, "--bits", "17").refuses("--bits: must be from 8 to 16, found 17");
    }

    @Test
    void saysWhereNothingIsFound() throws IOException {
        CliOutput said = detect(
                        image,
                        "--threshold",
                        "1",
                        "--out",
                        folder.resolve("drawn").toString())
                .succeeds();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("nothing found on " + image + " with a score of at least 1.0");
        assertThat(folder.resolve("drawn/3.png")).isNotEmptyFile();
        assertThat(detect(image, "--threshold", "1", "--json").json().get(0).get("detections"))
                .isEmpty();
    }

    @Test
    void refusesAnImageThatIsNone() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
        detect(text.toString()).refuses("text.jpg: image must be a whole JPEG, PNG, WebP, BMP or TIFF file");
    }

    @Test
    void evaluatesTheDetectionsOrTheModelButNotBoth() {
        CliOutput said = evaluate("--data", cells(), "--detections", "x.json");
        assertThat(said.status()).isEqualTo(2);
        assertThat(said.err()).startsWith("errata: exactly one of MODEL and --detections must be given");
        assertThat(CliOutput.by("evaluate", "--data", cells()).err()).startsWith("errata: exactly one of MODEL");
    }
}

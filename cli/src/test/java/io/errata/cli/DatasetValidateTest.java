package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetValidateTest {

    @TempDir
    Path folder;

    @Test
    void saysThatNothingIsWrong() throws IOException {
        CliOutput said = validate(Pictures.ofCells(folder).spec());

        said.succeeds();
        assertThat(said.out().strip()).isEqualTo("8 images, 8 boxes (cell 8): nothing is wrong");
    }

    @Test
    void tellsEveryProblemInOneJsonDocument() throws IOException {
        Pictures pictures = Pictures.ofCells(folder)
                .image("twin.jpg")
                .background("twin.jpg")
                .image("twin2.jpg")
                .background("twin2.jpg")
                .object("0.jpg", "cell", 90, 90, 40)
                .truncate("7.jpg");

        CliOutput said = validate(pictures.spec(), "--json");

        assertThat(said.status()).isEqualTo(2);
        JsonNode document = said.json();
        assertThat(document.fieldNames())
                .toIterable()
                .containsExactly("images", "boxes", "classes", "problems", "notes");
        assertThat(document.get("images").asInt()).isEqualTo(9);
        assertThat(document.get("classes").get("cell").asInt()).isEqualTo(8);
        assertThat(document.get("problems").findValuesAsText("kind"))
                .containsExactly("box-outside-image", "unreadable-image", "duplicate-image");
        JsonNode outside = document.get("problems").get(0);
        assertThat(outside.fieldNames()).toIterable().containsExactly("file", "line", "key", "problem", "kind");
        assertThat(outside.get("file").asText()).endsWith("objects.csv");
        assertThat(outside.get("line").asInt()).isEqualTo(12);
        assertThat(outside.get("key").isNull()).isTrue();
    }

    @Test
    void sumsUpPicturesThatTwoPartsShare() throws IOException {
        String train = Pictures.ofCells(folder.resolve("train")).spec();
        String validation = Pictures.ofCells(folder.resolve("validation")).spec();

        CliOutput said = validate(train, "--against", validation);

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.out().lines()).hasSize(5);
        assertThat(said.out()).contains(train + " → " + validation + ": leaked-image in all: 8 (--json names them)");
        assertThat(validate(train, "--against", validation, "--json").json().get("problems"))
                .hasSize(8);
    }

    @Test
    void refusesSpecificationsThatItCannotUnderstand() throws IOException {
        validate("zip:a", "voc:.?outside=perhaps", "--against", "csv").refuses("zip:a", "outside=allow", "csv");
        assertThat(validate("voc:" + folder.resolve("none")).out()).contains("folder must exist", "1 problem");
    }

    @Test
    void trainingWarnsOfPicturesThatItWouldBeValidatedOn() throws IOException {
        String train = Pictures.ofCells(folder.resolve("train")).spec();
        String validation = Pictures.ofCells(folder.resolve("validation")).spec();
        Path config = Files.writeString(
                folder.resolve("a.yaml"),
                Pictures.TINY_RUN + "data: {train: \"" + train + "\", validation: \"" + validation + "\"}\n");

        CliOutput said = CliOutput.by(
                "train", config.toString(), "--out", folder.resolve("run").toString());

        said.succeeds();
        assertThat(said.out()).contains("warning: ", "0.jpg: an image of validation must not be trained on");
        assertThat(said.out()).contains("and 5 more images are in both training and validation");
    }

    private static CliOutput validate(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "dataset";
        all[1] = "validate";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CliOutput.by(all);
    }
}

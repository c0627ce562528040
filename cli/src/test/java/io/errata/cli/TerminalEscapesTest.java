package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.errata.core.problem.Printable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that colour, clear or retitle a terminal, or that look like a line of Errata's own. */
class TerminalEscapesTest {

    private static final String ESCAPE = Character.toString(0x1B);
    private static final String EVIL = "x" + ESCAPE + "[31m\nerrata: all is well\u202E\u0007\u009B.jpg";
    private static final String SHOWN = "x\\u001B[31m\\u000Aerrata: all is well\\u202E\\u0007\\u009B.jpg";

    @TempDir
    static Path folder;

    static Stream<List<String>> commandsGivenSuchNames() {
        return Stream.of(
                List.of(EVIL),
                List.of("dataset", EVIL),
                List.of("detect", EVIL, "a.jpg"),
                List.of("detect", folder.toString(), EVIL),
                List.of("detect", folder.toString(), "a.jpg", "--threshold", EVIL),
                List.of("detect", folder.toString(), "a.jpg", "--" + EVIL),
                List.of("train", EVIL),
                List.of("evaluate", EVIL, "--data", "voc:" + EVIL),
                List.of("evaluate", folder.toString(), "--data", EVIL),
                List.of("evaluate", "--detections", EVIL, "--data", "coco:" + EVIL),
                List.of("ablate", EVIL, "--arm", EVIL),
                List.of("dataset", "validate", "images:" + EVIL),
                List.of("dataset", "validate", "voc:x?" + EVIL + "=1"),
                List.of("dataset", "stats", "synthetic:smear?" + EVIL + "=1"),
                List.of("dataset", "convert", "coco:" + EVIL, "--to", EVIL, "--out", EVIL));
    }

    @ParameterizedTest
    @MethodSource("commandsGivenSuchNames")
    void reachNoTerminalFromArguments(List<String> command) {
        CliOutput said = CliOutput.by(command.toArray(String[]::new));

        assertThat(said.status()).isEqualTo(2);
        assertHarmless(said);
        assertThat(said.out() + said.err()).contains(SHOWN);
        assertThat(said.err().lines()).noneMatch(line -> line.startsWith("errata: all is well"));
    }

    @Test
    void reachNoTerminalFromFiles() throws IOException {
        ImageIO.write(
                new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB),
                "png",
                folder.resolve("a.png").toFile());
        Path coco = folder.resolve("coco.json");
        new ObjectMapper()
                .writeValue(
                        coco.toFile(),
                        Map.of(
                                "images",
                                List.of(
                                        Map.of("id", 1, "file_name", "a.png", "width", 60, "height", 60),
                                        Map.of("id", 2, "file_name", EVIL, "width", 60, "height", 60)),
                                "annotations",
                                List.of(Map.of(
                                        "id", 1, "image_id", 1, "category_id", 1, "bbox", List.of(1, 1, 30, 30))),
                                "categories",
                                List.of(Map.of("id", 1, "name", EVIL))));
        String spec = "coco:" + coco;

        CliOutput validated = CliOutput.by("dataset", "validate", spec);
        CliOutput counted = CliOutput.by("dataset", "stats", spec);
        CliOutput document = CliOutput.by("dataset", "validate", spec, "--json");

        assertHarmless(validated);
        assertThat(validated.out()).contains("(" + SHOWN + " 1)", SHOWN + ": image file must exist");
        assertHarmless(counted);
        assertThat(counted.out()).contains(SHOWN);
        assertHarmless(document);
        assertThat(document.json().path("classes").has(EVIL)).isTrue();
        Path yaml = Files.writeString(folder.resolve("a.yaml"), "data: {train: \"csv:x\"}\n\"k\\e[2J\\n\": 1\n");
        CliOutput trained = CliOutput.by(
                "train", yaml.toString(), "--out", folder.resolve("out").toString());
        assertHarmless(trained);
        assertThat(trained.err()).contains("k\\u001B[2J\\u000A: unknown key");
    }

    @Test
    void reachNoTerminalThroughTheLastWriter() {
        StringWriter text = new StringWriter();

        PrintableWriter.onto(text).printf("a%sb\tc%n%c", EVIL, (char) 0x1B);

        assertThat(text.toString().replace("\r\n", "\n"))
                .isEqualTo("a" + SHOWN.replace("\\u000A", "\n") + "b\tc\n\\u001B");
    }

    private static void assertHarmless(CliOutput said) {
        String lines =
                (said.out() + said.err()).replace(System.lineSeparator(), "").replace("\n", "");
        assertThat(lines.chars()
                        .mapToObj(character -> (char) character)
                        .filter(c -> !Printable.isPrintable(c) && c != '\t'))
                .as(said.toString())
                .isEmpty();
    }
}

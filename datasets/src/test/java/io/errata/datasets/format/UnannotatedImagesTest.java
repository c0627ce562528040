package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnannotatedImagesTest {

    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeEach
    void drawImages() throws IOException {
        folder = Files.createDirectory(temporary.resolve("set"));
        Samples.image(folder.resolve("b.png"), 20, 10);
        Samples.image(folder.resolve("x/y/a.png"), 8, 6);
    }

    @Test
    void readsAllBelowTheFolderAsBackground() throws IOException {
        Samples.image(folder.resolve(".hidden/c.png"), 8, 6);
        Samples.text(folder.resolve("notes.txt"), "");

        Dataset dataset = UnannotatedImages.read(folder);

        assertThat(dataset.images()).extracting(AnnotatedImage::name).containsExactly("b.png", "x/y/a.png");
        assertThat(dataset.images().get(0).width()).isEqualTo(20);
        assertThat(dataset.classes()).isEmpty();
        assertThat(dataset.objectCount()).isZero();
    }

    @Test
    void readsNoAnnotationsThatLieBeside() throws IOException {
        Samples.text(
                folder.resolve("b.xml"),
                "<annotation><object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax>"
                        + "</bndbox></object></annotation>");

        assertThat(UnannotatedImages.read(folder).objectCount()).isZero();
    }

    @Test
    void reportsDamagedImagesAndGoesOnWithTheOthers() throws IOException {
        Path damaged = Samples.text(folder.resolve("c.jpg"), "no image");

        Reading reading = DatasetSpec.parse("images:" + folder).read();

        assertThat(Samples.kinds(reading)).containsExactly("unreadable-image");
        assertThat(reading.problems().get(0).toString()).startsWith(damaged + ": image must be a whole");
        assertThat(reading.validPart().images()).hasSize(2);
    }

    @Test
    void reportsAFolderThatIsNoneOrHasNoImages() throws IOException {
        Path empty = Files.createDirectory(temporary.resolve("empty"));

        assertThat(only("images:" + empty)).startsWith(empty + ": folder must have an image in it or below");
        assertThat(only("images:" + temporary.resolve("none"))).contains("must exist, found none");
        assertThat(only("images:" + folder.resolve("b.png"))).contains("found a file; name its folder");
    }

    private static String only(String spec) {
        Reading reading = DatasetSpec.parse(spec).read();
        assertThat(reading.problems()).hasSize(1);
        return reading.problems().get(0).toString();
    }

    @Test
    void keepsTheListedImagesAndReportsThoseThatAreNotThere() throws IOException {
        Path list = Samples.text(temporary.resolve("list.txt"), "a\nnone\n");

        Reading reading = DatasetSpec.parse("images:" + folder + "@" + list).read();

        assertThat(reading.dataset().images()).extracting(AnnotatedImage::name).containsExactly("x/y/a.png");
        assertThat(reading.problems()).extracting(Problem::kind).containsExactly("unknown-image");
    }

    @Test
    void staysWithinTheFolder() throws IOException {
        Path outside = Samples.image(temporary.resolve("outside/c.png"), 8, 6);
        Files.createSymbolicLink(folder.resolve("c.png"), outside);
        Files.createSymbolicLink(folder.resolve("more"), temporary.resolve("outside"));

        Reading reading = DatasetSpec.parse("images:" + folder).read();

        assertThat(Samples.kinds(reading)).containsExactly("outside-dataset", "outside-dataset");
        assertThat(reading.dataset().images()).hasSize(2);
        assertThat(DatasetSpec.parse("images:" + folder + "?outside=allow")
                        .read()
                        .orThrow()
                        .images())
                .hasSize(4);
    }
}

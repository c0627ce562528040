package io.errata.datasets.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.format.DatasetSpec;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.synthetic.SyntheticDatasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetValidatorTest {

    private static final List<Pixels> DRAWN = SyntheticDatasets.create("smear", Map.of("images", "4")).images().stream()
            .map(AnnotatedImage::source)
            .map(source -> source.read())
            .toList();

    @TempDir
    Path folder;

    @Test
    void findsNothingWrongWithASoundSetAndCountsIt() throws IOException {
        annotated("train/a.png", 0, box("cat", 1), box("dog", 2));
        annotated("val/b.png", 1, box("cat", 1));
        AtomicInteger told = new AtomicInteger();

        DatasetValidator validator = DatasetValidator.read(List.of(DatasetSpec.parse("voc:" + folder)), List.of());
        Validation validation = validator.examine(told::incrementAndGet);

        assertThat(validation.problems()).isEmpty();
        assertThat(validation.images()).isEqualTo(2).isEqualTo(told.get()).isEqualTo(validator.imageCount());
        assertThat(validation.boxes()).isEqualTo(3);
        assertThat(validation.classes()).isEqualTo(Map.of("cat", 2, "dog", 1));
    }

    @Test
    void countsNoImageThatCannotBeDecodedAmongTheGoodOnes() throws IOException {
        annotated("train/a.png", 0, box("cat", 1), box("dog", 2));
        annotated("train/b.png", 1, box("cat", 1));
        byte[] png = Files.readAllBytes(folder.resolve("train/b.png"));
        png[png.length - 20] ^= 1;
        Files.write(folder.resolve("train/b.png"), png);

        Validation validation = validate("voc:" + folder);

        assertThat(kinds(validation)).containsExactly("unreadable-image");
        assertThat(validation.images()).isEqualTo(1);
        assertThat(validation.boxes()).isEqualTo(2);
        assertThat(validation.classes()).isEqualTo(Map.of("cat", 1, "dog", 1));
    }

    @Test
    void tellsTheSamePictureInTwoSplitsOfASetThatNamesNone() throws IOException {
        annotated("train/a.png", 0);
        annotated("train/twin.png", 0);
        annotated("val/b.png", 0);
        annotated("val/c.png", 1);

        Validation validation = validate("voc:" + folder);

        assertThat(kinds(validation)).containsExactly("duplicate-image", "leaked-image");
        Problem leak = validation.problems().get(1);
        assertThat(leak.file()).isEqualTo(folder.resolve("val/b.png").toString());
        assertThat(leak.key()).isEqualTo("train → val");
        assertThat(leak.problem()).contains(folder.resolve("train/a.png").toString());
    }

    @Test
    void tellsAFileThatTwoListsName() throws IOException {
        annotated("Annotations/a.png", 0);
        annotated("Annotations/b.png", 1);
        Path lists = Files.createDirectories(folder.resolve("ImageSets/Main"));
        Files.writeString(lists.resolve("train.txt"), "a\nb\n");
        Files.writeString(lists.resolve("test.txt"), "b\n");
        Files.writeString(lists.resolve("trainval.txt"), "a\nb\n");

        Validation validation = validate("voc:" + folder);

        assertThat(kinds(validation)).containsExactly("leaked-image");
        assertThat(validation.problems().get(0).key()).isEqualTo("train → test");
        assertThat(kinds(validate("voc:" + folder + ":train"))).isEmpty();
    }

    @Test
    void tellsAnImageThatIsNearlyOneOfAnotherPartOnceWithTheNearest() throws IOException {
        annotated("train/a.png", 0);
        annotated("train/b.png", 1);
        write("test/a2.jpg", DRAWN.get(0)); // compressed
        xml("test/a2.xml");
        write("train/a3.jpg", DRAWN.get(0));
        xml("train/a3.xml");
        annotated("test/c.png", 2);

        Validation validation = validate("voc:" + folder);

        assertThat(kinds(validation)).containsExactly("leaked-image"); // the JPEGs are equal
        Files.delete(folder.resolve("train/a3.jpg"));
        Files.delete(folder.resolve("train/a3.xml"));
        Validation again = validate("voc:" + folder);
        assertThat(kinds(again)).containsExactly("near-duplicate");
        assertThat(again.problems().get(0).key()).isEqualTo("train → test");
        assertThat(again.problems().get(0).problem())
                .contains(folder.resolve("train/a.png").toString(), "of 64 bits");
    }

    @Test
    void comparesWithTheValidationDataThatAreNamed() throws IOException {
        annotated("one/a.png", 0);
        annotated("one/b.png", 1);
        annotated("two/b.png", 1);
        annotated("two/c.png", 2);
        DatasetSpec one = DatasetSpec.parse("voc:" + folder.resolve("one"));
        DatasetSpec two = DatasetSpec.parse("voc:" + folder.resolve("two"));

        Validation validation =
                DatasetValidator.read(List.of(one), List.of(two)).examine(() -> {});

        assertThat(kinds(validation)).containsExactly("leaked-image");
        assertThat(validation.problems().get(0).key()).isEqualTo(one + " → " + two);
        assertThat(validation.images()).isEqualTo(4);
        assertThat(kinds(DatasetValidator.read(List.of(one, two), List.of()).examine(() -> {})))
                .containsExactly("duplicate-image");
        assertThat(LeakCheck.between(one.read().dataset(), two.read().dataset()))
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.kind()).isEqualTo("leaked-image");
                    assertThat(leak.file()).endsWith("two/b.png");
                });
        assertThat(LeakCheck.between(one.read().dataset(), Dataset.of(List.of())))
                .isEmpty();
    }

    @Test
    void tellsWhatTrainingCanLiveWithAndKeepsItFromTraining() throws IOException {
        annotated("a.png", 0, box("cat", 1), box("cat", 1), box("dog", 1));
        annotated("B.png", 1);
        annotated("b.png", 2);
        write("forgotten.png", DRAWN.get(3));

        Validation validation = validate("voc:" + folder);

        assertThat(kinds(validation)).containsExactly("duplicate-box", "missing-annotation", "ambiguous-name");
        assertThat(validation.problems().get(0).line()).isEqualTo(3);
        assertThat(validation.boxes()).isEqualTo(2);
        assertThat(DatasetSpec.parse("voc:" + folder).read().orThrow().objectCount())
                .isEqualTo(3);
    }

    @Test
    void tellsLabelsWithoutImageButNoImageWithoutLabels() throws IOException {
        write("images/a.png", DRAWN.get(0));
        write("images/background.png", DRAWN.get(1));
        Files.createDirectories(folder.resolve("labels"));
        Files.writeString(folder.resolve("labels/a.txt"), "0 .5 .5 .1 .1\n0 .5 .5 .1 .1\n");
        Files.writeString(folder.resolve("labels/gone.txt"), "0 .5 .5 .1 .1\n");
        Files.writeString(folder.resolve("labels/classes.txt"), "cat\n");
        Path yaml = Files.writeString(folder.resolve("data.yaml"), "names: [cat]\ntrain: images\n");

        Validation validation = validate("yolo:" + yaml);

        assertThat(kinds(validation)).containsExactly("duplicate-box", "missing-image");
        assertThat(validation.problems().get(0).line()).isEqualTo(2);
        assertThat(validation.problems().get(1).file()).endsWith("gone.txt");
    }

    @Test
    void decodesEveryImage() throws IOException {
        annotated("a.png", 0);
        annotated("b.png", 1);
        Path damaged = folder.resolve("b.png");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 0x55; // the header and the chunks' lengths stay sound
        Files.write(damaged, bytes);

        Validation validation = validate("voc:" + folder);

        assertThat(kinds(validation)).containsExactly("unreadable-image");
        assertThat(validation.problems().get(0).file()).isEqualTo(damaged.toString());
    }

    @Test
    void tellsAJpegOfWhichAMiddlePartIsLost() throws IOException {
        write("a.jpg", DRAWN.get(0));
        xml("a.xml");
        Path jpeg = folder.resolve("a.jpg");
        byte[] whole = Files.readAllBytes(jpeg);
        byte[] damaged = new byte[whole.length * 2 / 3];
        System.arraycopy(whole, 0, damaged, 0, damaged.length - 2);
        System.arraycopy(whole, whole.length - 2, damaged, damaged.length - 2, 2); // the marker of the end
        Files.write(jpeg, damaged);

        assertThat(new ImageFile(jpeg).read().rgb()).as("OpenCV goes on").isNotEmpty();
        assertThat(kinds(validate("voc:" + folder))).containsExactly("damaged-image");
    }

    @Test
    void looksAtDrawnImagesToo() {
        Validation validation = DatasetValidator.read(
                        List.of(DatasetSpec.parse("synthetic:smear?images=3")),
                        List.of(DatasetSpec.parse("synthetic:smear?images=2")))
                .examine(() -> {});

        assertThat(kinds(validation)).containsExactly("leaked-image", "leaked-image");
    }

    private static Validation validate(String spec) {
        return DatasetValidator.read(List.of(DatasetSpec.parse(spec)), List.of())
                .examine(() -> {});
    }

    private static List<String> kinds(Validation validation) {
        return validation.problems().stream().map(Problem::kind).toList();
    }

    private void annotated(String png, int drawn, String... objects) throws IOException {
        write(png, DRAWN.get(drawn));
        xml(png.replace(".png", ".xml"), objects);
    }

    private void write(String name, Pixels pixels) {
        ImageFile.write(pixels, folder.resolve(name));
    }

    private void xml(String name, String... objects) throws IOException {
        Files.writeString(folder.resolve(name), "<annotation>\n" + String.join("\n", objects) + "</annotation>");
    }

    private static String box(String label, int at) {
        return "<object><name>" + label + "</name><bndbox><xmin>" + at
                + "</xmin><ymin>1</ymin><xmax>20</xmax><ymax>20</ymax>" + "</bndbox></object>";
    }
}

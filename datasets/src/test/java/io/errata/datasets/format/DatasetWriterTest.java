package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.RealData;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetWriterTest {

    private static final Box BOX = new Box(1, 2, 3.5, 4);
    private static final List<GroundTruth> OBJECTS = List.of(
            GroundTruth.of("cat", BOX),
            new GroundTruth("cat", BOX, 3, true, false),
            new GroundTruth("dog", BOX, 4, false, true));

    @TempDir
    Path folder;

    @Test
    void writesCocoAsOthersReadIt() throws IOException {
        write(Coco.format(), new Dataset(List.of("dog", "cat"), List.of(drawn("a.png", OBJECTS))));

        assertThat(Files.readString(folder.resolve("out/annotations.json"))).isEqualTo("""
                        {"info": {"description": "written by Errata"},
                        "images": [
                        {"id": 1, "file_name": "a.png", "width": 8, "height": 6}],
                        "annotations": [
                        {"id": 1, "image_id": 1, "category_id": 2, "bbox": [1, 2, 2.5, 2], "area": 5, "iscrowd": 0, "segmentation": []},
                        {"id": 2, "image_id": 1, "category_id": 2, "bbox": [1, 2, 2.5, 2], "area": 3, "iscrowd": 1, "segmentation": []},
                        {"id": 3, "image_id": 1, "category_id": 1, "bbox": [1, 2, 2.5, 2], "area": 4, "iscrowd": 1, "segmentation": []}],
                        "categories": [
                        {"id": 1, "name": "dog"},
                        {"id": 2, "name": "cat"}]}
                        """);
    }

    @Test
    void writesYoloAsOthersReadIt() throws IOException {
        DatasetWriter.Written written = write(
                Yolo.format(),
                new Dataset(List.of("dog", "cat"), List.of(drawn("a.png", OBJECTS), drawn("b.png", List.of()))));

        assertThat(Files.readString(folder.resolve("out/data.yaml")))
                .endsWith("train: images\nnc: 2\nnames:\n  - \"dog\"\n  - \"cat\"\n");
        assertThat(Files.readString(folder.resolve("out/labels/a.txt")))
                .isEqualTo("1 0.28125 0.5 0.3125 0.333333333333\n");
        assertThat(folder.resolve("out/labels/b.txt")).isEmptyFile();
        assertThat(written.leftOut()).isEqualTo(2);
        assertThat(written.objects()).isEqualTo(1);
    }

    @Test
    void writesVocAsOthersReadIt() throws IOException {
        DatasetWriter.Written written = write(PascalVoc.format(), Dataset.of(List.of(drawn("a 1.png", OBJECTS))));

        assertThat(Files.readString(folder.resolve("out/Annotations/a 1.xml")))
                .contains("<filename>a 1.png</filename>", "<width>8</width><height>6</height>", "<name>cat</name>")
                .contains("<xmin>1</xmin><ymin>2</ymin><xmax>3.5</xmax><ymax>4</ymax>");
        assertThat(DatasetSpec.parse(written.spec() + ":trainval")
                        .read()
                        .orThrow()
                        .images())
                .extracting(AnnotatedImage::name)
                .containsExactly("JPEGImages/a 1.png");
        assertThat(written.reflagged()).isEqualTo(1);
        assertThat(written.leftOut()).isZero();
    }

    /** dlib's own reader takes whole numbers only; its boxes are left, top, width and height. */
    @Test
    void roundsBoxesOfDlibWithoutLosingAny() throws IOException {
        assertThat(DlibWriter.whole(new Box(1.4, 1.6, 3.5, 3.4))).isEqualTo(new Box(1, 2, 4, 3));
        assertThat(DlibWriter.whole(new Box(7.7, 0.1, 8, 0.2))).isEqualTo(new Box(7, 0, 8, 1));
        write(DlibXml.format(), Dataset.of(List.of(drawn("a.png", OBJECTS))));
        assertThat(Files.readString(folder.resolve("out/annotations.xml")))
                .contains("<box top='2' left='1' width='3' height='2'><label>cat</label></box>")
                .contains("difficult='1'", "ignore='1'");
    }

    @ParameterizedTest
    @MethodSource("io.errata.datasets.format.AnnotationFormats#writable")
    void copiesImageFilesByteByByteOrLinksToThem(AnnotationFormat format) throws IOException {
        Path picture = folder.resolve("in/x.JPEG");
        Files.createDirectories(folder.resolve("in"));
        ImageFile.write(new Pixels(8, 6, new byte[144]), folder.resolve("in/x.jpg"));
        Files.move(folder.resolve("in/x.jpg"), picture);
        Dataset dataset = Dataset.of(List.of(AnnotatedImage.of(picture, List.of(OBJECTS.get(0)))));

        Path copied = file(DatasetWriter.of(format).write(dataset, folder.resolve("copied")));
        Path linked = file(DatasetWriter.of(format).withSymbolicLinks().write(dataset, folder.resolve("linked")));

        assertThat(copied).hasFileName("x.JPEG").hasSameBinaryContentAs(picture).isRegularFile();
        assertThat(Files.isSymbolicLink(copied)).isFalse();
        assertThat(Files.readSymbolicLink(linked)).isEqualTo(picture.toRealPath());
    }

    private static Path file(DatasetWriter.Written written) {
        Dataset dataset = DatasetSpec.parse(written.spec()).read().orThrow();
        assertThat(dataset.objectCount()).isEqualTo(1);
        return dataset.images().get(0).source() instanceof ImageFile file ? file.path() : Path.of("");
    }

    @ParameterizedTest
    @MethodSource("io.errata.datasets.format.AnnotationFormats#writable")
    void givesEveryImageAFileOfItsOwnInsideTheFolder(AnnotationFormat format) throws IOException {
        List<String> names = List.of(
                "train/images/p1/a.png",
                "train/images/p2/a.jpg",
                "train/p2/A.bmp",
                "train/../../../../etc/a.png",
                "train\\.hidden/.a",
                "train/ a\tb .png",
                "train/a.png.png",
                "train/..",
                "train/猫 1.png");
        Dataset dataset = new Dataset(
                List.of("cat"),
                names.stream().map(name -> drawn(name, List.of())).toList());

        DatasetWriter.Written written = write(format, dataset);

        assertThat(DatasetSpec.parse(written.spec()).read().orThrow().images()).hasSize(names.size());
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("out"));
        }
    }

    @Test
    void keepsTheFoldersThatTellImagesApart() throws IOException {
        List<AnnotatedImage> images = Stream.of("/data/train/images/a.png", "/data/valid/images/a.png", "/data/b.png")
                .map(name -> drawn(name, List.of()))
                .toList();

        assertThat(OutputImage.place(images, false))
                .extracting(OutputImage::file)
                .containsExactly("train/a.png", "valid/a.png", "b.png");
        assertThat(OutputImage.place(images, true))
                .extracting(OutputImage::file)
                .containsExactly("train_a.png", "valid_a.png", "b.png");
    }

    @Test
    void tellsEverythingThatCannotBeWritten() throws IOException {
        Path noImage = Samples.text(folder.resolve("in/note"), "");
        Dataset dataset = new Dataset(
                List.of("a\nb", " "),
                List.of(
                        new AnnotatedImage("x", new ImageFile(noImage), 9, 9, List.of()),
                        new AnnotatedImage("y", new ImageFile(folder.resolve("none.png")), 9, 9, List.of()),
                        drawn("z.png", List.of(GroundTruth.of(" ", new Box(Double.NaN, 0, 1, 1))))));

        assertThat(problems(Csv.format(), dataset))
                .containsExactly(
                        "unwritable-class",
                        "unwritable-class",
                        "unsupported-image-format",
                        "missing-image",
                        "not-a-number");
        assertThat(problems(Yolo.format(), Dataset.of(List.of()))).containsExactly("empty-dataset", "empty-dataset");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void writesOnlyIntoAFolderThatIsAbsentOrEmpty() throws IOException {
        Dataset dataset = Dataset.of(List.of(drawn("a.png", List.of())));
        Files.createDirectory(folder.resolve("out"));
        write(Coco.format(), dataset);
        assertThat(problems(Coco.format(), dataset)).containsExactly("folder-in-use");
        Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DatasetWriter.of(Csv.format()).write(dataset, folder.resolve("file")))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        Dataset dataset = Dataset.of(List.of(drawn("a.png", List.of())));
        DatasetWriter failing = DatasetWriter.of(PascalVoc.format()).withListener(() -> {
            throw new UncheckedIOException(new IOException("disk full"));
        });

        assertThatThrownBy(() -> failing.write(dataset, folder.resolve("out"))).hasMessageContaining("disk full");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readsBackAFolderWithAColonAndAnAtInItsName() throws IOException {
        Dataset dataset = Dataset.of(List.of(drawn("a.png", OBJECTS)));
        for (AnnotationFormat format : AnnotationFormats.writable()) {
            DatasetWriter.Written written =
                    DatasetWriter.of(format).write(dataset, folder.resolve("of:" + format.name() + "@home"));
            Reading reading = DatasetSpec.parse(written.spec()).read();
            assertThat(reading.orThrow().objectCount()).isEqualTo(written.objects());
        }
    }

    @ParameterizedTest
    @MethodSource("io.errata.datasets.format.AnnotationFormats#writable")
    void convertsRealData(AnnotationFormat format) {
        Dataset cheetahs = Yolo.read(RealData.folder("thermal_cheetah_yolo/data.yaml"));
        DatasetWriter.Written written = DatasetWriter.of(format).write(cheetahs, folder.resolve("out"));

        assertThat(written.images()).isEqualTo(129);
        assertThat(written.objects()).isEqualTo(231);
        Dataset read = DatasetSpec.parse(written.spec()).read().orThrow();
        assertThat(read.classes()).containsExactly("cheetah", "human");
        assertThat(read.images().stream().filter(image -> image.objects().isEmpty()))
                .hasSize(3);
    }

    private DatasetWriter.Written write(AnnotationFormat format, Dataset dataset) {
        return DatasetWriter.of(format).write(dataset, folder.resolve("out"));
    }

    private List<String> problems(AnnotationFormat format, Dataset dataset) {
        InvalidInputException mistake = catchThrowableOfType(InvalidInputException.class, () -> write(format, dataset));
        return mistake.problems().stream().map(Problem::kind).toList();
    }

    /** An image in memory of 8 × 6 pixels. */
    private static AnnotatedImage drawn(String name, List<GroundTruth> objects) {
        return new AnnotatedImage(name, () -> new Pixels(8, 6, new byte[144]), 8, 6, objects);
    }
}

package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Reading;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which picture an XML file is of. */
class VocPicturesTest {

    @TempDir
    Path folder;

    private Path set = Path.of("");

    @BeforeEach
    void makeTheSet() throws IOException {
        set = Files.createDirectory(folder.resolve("set"));
    }

    @Test
    void takesTheNameThatTheFileSaysBeforeItsOwn() throws IOException {
        annotation("Annotations/000001.xml", "<filename>IMG_0077.jpg</filename>");
        pictures("JPEGImages/IMG_0077.jpg", "SegmentationClass/000001.png", "SegmentationObject/000001.png");

        assertThat(names()).containsExactly("JPEGImages/IMG_0077.jpg");
    }

    @Test
    void takesAMaskForNoPicture() throws IOException {
        annotation("Annotations/a.xml", "");
        pictures("SegmentationClass/a.png", "masks/a.png", "Label_Masks/a.png");

        assertThat(Samples.kinds(inspect())).containsExactly("missing-image");
        pictures("photos/a.png");
        assertThat(names()).containsExactly("photos/a.png");
    }

    @Test
    void prefersTheFolderThatIsNamedToOthers() throws IOException {
        annotation("xml/a.xml", "<folder>D:\\data\\photos</folder><filename>a.jpg</filename>");
        pictures("masks/a.png", "small/a.jpg", "photos/a.jpg");

        assertThat(names()).containsExactly("photos/a.jpg");
    }

    @Test
    void prefersThePicturesToWhatLiesBeside() throws IOException {
        annotation("Annotations/a.xml", "<filename>a.jpg</filename>");
        pictures("Annotations/a.png", "JPEGImages/a.jpg");
        annotation("Annotations/b.xml", "<filename>b.png</filename>");
        pictures("Annotations/b.png", "JPEGImages/b.png");

        assertThat(names()).containsExactly("JPEGImages/a.jpg", "JPEGImages/b.png");
    }

    @Test
    void prefersWhatLiesBesideToFoldersOutside() throws IOException {
        annotation("a.xml", "<filename>a.jpg</filename>");
        pictures("a.jpg", "../images/a.jpg");

        assertThat(names()).containsExactly("a.jpg");
    }

    @Test
    void takesTheFilesOwnNameWhereThereIsNoOtherOrThatPictureIsAnnotatedItself() throws IOException {
        annotation("Annotations/new.xml", "<filename>gone.jpg</filename>");
        annotation("Annotations/copy.xml", "<filename>first.jpg</filename>");
        annotation("Annotations/first.xml", "<filename>first.jpg</filename>");
        pictures("JPEGImages/new.jpg", "JPEGImages/copy.jpg", "JPEGImages/first.jpg");

        assertThat(names()).containsExactly("JPEGImages/copy.jpg", "JPEGImages/first.jpg", "JPEGImages/new.jpg");
    }

    @Test
    void doesNotGuessBetweenTwo() throws IOException {
        annotation("Annotations/a.xml", "<filename>a</filename>");
        annotation("Annotations/b.xml", "");
        pictures("JPEGImages/a.jpg", "JPEGImages/a.png", "left/b.jpg", "right/b.jpg");

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("ambiguous-name", "ambiguous-name");
        assertThat(reading.problems().get(1).problem()).contains("left/b.jpg", "right/b.jpg");
    }

    @Test
    void readsNamesOfOtherMachines() throws IOException {
        annotation("Annotations/1.xml", "<filename>C:\\data\\JPEGImages\\A.JPG</filename>");
        annotation("Annotations/2.xml", "<filename>day1/b.jpg</filename>");
        annotation("Annotations/3.xml", "<filename>c%20d.jpg</filename>");
        pictures("JPEGImages/a.jpg", "JPEGImages/day1/b.jpg", "JPEGImages/day2/b.jpg", "JPEGImages/c d.jpg");

        assertThat(names()).containsExactly("JPEGImages/a.jpg", "JPEGImages/day1/b.jpg", "JPEGImages/c d.jpg");
    }

    @Test
    void readsSubfoldersThatAreTheSameInBothFolders() throws IOException {
        for (String day : List.of("day1", "day2/noon")) {
            annotation("Annotations/" + day + "/a.xml", "<filename>a.jpg</filename>");
            pictures("JPEGImages/" + day + "/a.jpg", "SegmentationClass/" + day + "/a.png");
        }
        Samples.text(set.resolve("ImageSets/Main/train.txt"), "day1/a\nday2\\noon\\a.jpg\n");

        assertThat(names()).containsExactly("JPEGImages/day1/a.jpg", "JPEGImages/day2/noon/a.jpg");
        assertThat(PascalVoc.read(set, "train").images()).hasSize(2);
    }

    @Test
    void readsSubfoldersOfOtherFoldersToo() throws IOException {
        annotation("xml/day1/a.xml", "");
        pictures("photos/day1/a.jpg", "masks/day1/a.png");

        assertThat(names()).containsExactly("photos/day1/a.jpg");
    }

    @Test
    void findsListedPicturesByEitherName() throws IOException {
        annotation("Annotations/000001.xml", "<filename>IMG_1.jpg</filename>");
        annotation("Annotations/000002.xml", "<filename>IMG_2.jpg</filename>");
        Samples.text(set.resolve("Annotations/000003.xml"), "<broken");
        pictures("JPEGImages/IMG_1.jpg", "JPEGImages/IMG_2.jpg");

        for (String listed : List.of("IMG_2", "000002", "JPEGImages/IMG_2.jpg")) {
            Path list = Samples.text(folder.resolve("list.txt"), listed + "\n");
            Reading reading = DatasetSpec.parse("voc:" + set + "@" + list).read();
            assertThat(reading.orThrow().images())
                    .extracting(AnnotatedImage::name)
                    .containsExactly("JPEGImages/IMG_2.jpg");
        }
    }

    @Test
    void tellsThatWidthAndHeightAreExchanged() throws IOException {
        annotation("a.xml", "<size><width>10</width><height>20</height></size>");
        pictures("a.png");

        assertThat(inspect().problems().get(0).problem())
                .contains("10 × 20", "20 × 10", "width and height are exchanged")
                .doesNotContain("EXIF");
    }

    @Test
    void namesAnExifRotationWhereThereIsOne() throws IOException {
        annotation("a.xml", "<size><width>20</width><height>10</height></size>");
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
        byte[] start = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0};
        byte[] turned = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0};
        try (OutputStream out = Files.newOutputStream(set.resolve("a.jpg"))) {
            out.write(start);
            out.write(turned);
            out.write(jpeg.toByteArray(), 2, jpeg.size() - 2);
        }

        assertThat(inspect().problems().get(0).problem())
                .contains("20 × 10", "found 10 × 20", "its EXIF rotation")
                .doesNotContain("exchanged");
    }

    private void annotation(String name, String content) throws IOException {
        Samples.text(
                set.resolve(name),
                "<annotation>" + content + "<object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax>"
                        + "<ymax>9</ymax></bndbox></object></annotation>");
    }

    private void pictures(String... names) throws IOException {
        for (String name : names) {
            Samples.image(set.resolve(name), 20, 10);
        }
    }

    private Reading inspect() {
        return PascalVoc.inspect(set, null, ReadOptions.defaults());
    }

    private List<String> names() {
        return inspect().orThrow().images().stream().map(AnnotatedImage::name).toList();
    }
}

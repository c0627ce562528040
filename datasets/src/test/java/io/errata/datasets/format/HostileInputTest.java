package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.problem.Problem;
import io.errata.datasets.Reading;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets made to harm their reader. */
@Timeout(20)
class HostileInputTest {

    private static final String BOX = "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox>";
    private static final String VOC = "<annotation><object><name>cat</name>" + BOX + "</object></annotation>";

    @TempDir
    Path folder;

    private Path set = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void drawImages() throws IOException {
        set = Files.createDirectory(folder.resolve("set"));
        outside = Files.createDirectory(folder.resolve("outside"));
        Samples.image(set.resolve("a.png"), 20, 10);
        Samples.image(outside.resolve("b.png"), 20, 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"SECRET\">]>",
                "<!DOCTYPE r SYSTEM \"SECRET\">",
                "<!DOCTYPE r [<!ENTITY % x SYSTEM \"SECRET\"> %x;]>",
                "<!DOCTYPE r [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
                        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY x \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
            })
    void neverExpandsAnEntityNorFetchesADtd(String doctype) throws IOException {
        Path secret = Samples.text(outside.resolve("secret.txt"), "top-secret");
        String prolog = doctype.replace("SECRET", secret.toUri().toString());
        Samples.text(set.resolve("a.xml"), prolog + "\n" + VOC.replace("cat", "&x;"));
        Path dlib = Samples.text(
                set.resolve("faces.xml.txt"),
                prolog + "\n<dataset><images><image file='a.png'><box left='1' top='1' width='5' height='5'>"
                        + "<label>&x;</label></box></image></images></dataset>");

        Path cvat = Samples.text(
                set.resolve("cvat.xml.txt"),
                prolog + "\n<annotations><image name='a.png'><box label='&x;' xtl='1' ytl='1' xbr='5' ybr='5'/></image>"
                        + "</annotations>");

        for (Reading reading : List.of(
                Cvat.inspect(cvat, null, ReadOptions.defaults()),
                PascalVoc.inspect(set, null, ReadOptions.defaults()),
                DlibXml.inspect(dlib, ReadOptions.defaults()))) {
            assertThat(Samples.kinds(reading)).containsExactly("broken-xml");
            assertThat(reading.toString()).doesNotContain("top-secret", "lollol");
        }
    }

    @Test
    void refusesNamesThatClimbOutOfTheFolder() throws IOException {
        String absolute = outside.resolve("b.png").toString();
        for (String name : List.of("../outside/b.png", "x/../../outside/b.png", absolute)) {
            Path csv = Samples.text(
                    set.resolve("data.csv"), "filename,class,xmin,ymin,xmax,ymax\n" + name + ",cat,1,1,9,9\n");
            Path dlib = Samples.text(
                    set.resolve("data.xml.txt"), "<dataset><images><image file='" + name + "'/></images></dataset>");
            Path coco = Samples.text(
                    set.resolve("data.json"),
                    "{\"images\":[{\"id\":1,\"file_name\":\"" + name + "\"}],\"annotations\":[],\"categories\":[]}");
            Path cvat = Samples.text(
                    set.resolve("cvat.xml.txt"), "<annotations><image name='" + name + "'/></annotations>");
            Files.createDirectories(set.resolve("x"));

            assertThat(kinds("csv:" + csv)).containsExactly("outside-dataset");
            assertThat(kinds("dlib:" + dlib)).containsExactly("outside-dataset");
            assertThat(kinds("coco:" + coco)).containsExactly("outside-dataset");
            assertThat(kinds("cvat:" + cvat)).containsExactly("outside-dataset");
            for (String spec : List.of("csv:" + csv, "dlib:" + dlib, "coco:" + coco, "cvat:" + cvat)) {
                assertThat(read(spec + "?outside=allow").orThrow().images()).hasSize(1);
            }
        }
    }

    @Test
    void takesANameThatLeavesAFolderAndComesBack() throws IOException {
        Files.createDirectories(set.resolve("x"));
        Path csv =
                Samples.text(set.resolve("data.csv"), "filename,class,xmin,ymin,xmax,ymax\nx/../a.png,cat,1,1,9,9\n");

        assertThat(read("csv:" + csv).orThrow().images()).hasSize(1);
    }

    @Test
    void refusesAVocListThatClimbsOut() throws IOException {
        Samples.text(outside.resolve("b.xml"), VOC);
        Samples.text(set.resolve("ImageSets/Main/train.txt"), "../../outside/b\n");
        Files.createDirectories(set.resolve("Annotations"));

        assertThat(kinds("voc:" + set + ":train")).containsExactly("outside-dataset");
        assertThat(read("voc:" + set + ":train?outside=allow").orThrow().images())
                .hasSize(1);
    }

    @Test
    void followsLinksOnlyWithinTheFolder() throws IOException {
        Samples.text(set.resolve("a.xml"), VOC);
        Samples.text(set.resolve("b.xml"), VOC);
        Files.createSymbolicLink(set.resolve("b.png"), outside.resolve("b.png"));
        Samples.text(outside.resolve("c.xml"), VOC);
        Samples.image(outside.resolve("c.png"), 20, 10);
        Files.createSymbolicLink(set.resolve("more"), outside);
        Files.createSymbolicLink(set.resolve("again"), set);
        Samples.text(set.resolve("d.xml"), VOC);
        Files.createSymbolicLink(set.resolve("d.png"), set.resolve("a.png"));

        Reading reading = read("voc:" + set);

        assertThat(Samples.kinds(reading)).containsExactly("outside-dataset", "outside-dataset");
        assertThat(reading.problems().get(0).problem()).contains("outside=allow", "a link");
        assertThat(reading.dataset().images().stream().map(image -> image.name()))
                .containsExactly("a.png", "d.png");
        assertThat(read("voc:" + set + "?outside=allow").orThrow().images()).hasSize(4);
    }

    @Test
    void endsSoonInFoldersFullOfLinksToEachOther() throws IOException {
        for (int i = 0; i < 25; i++) {
            Path here = Files.createDirectory(set.resolve("f" + i));
            Files.createSymbolicLink(here.resolve("left"), set.resolve("f" + (i + 1)));
            Files.createSymbolicLink(here.resolve("right"), set.resolve("f" + (i + 1)));
        }
        Samples.text(set.resolve("a.xml"), VOC);

        assertThat(read("voc:" + set).orThrow().images()).hasSize(1);
    }

    @Test
    void takesAPictureBesideTheFolderOfAnnotationsUnderARelativeName() throws IOException {
        Samples.text(folder.resolve("annots/b.xml"), VOC);
        Samples.image(folder.resolve("images/b.png"), 20, 10);

        Reading reading = read("voc:" + folder.resolve("annots"));

        assertThat(reading.orThrow().images().get(0).name()).isEqualTo("images/b.png");
    }

    @Test
    void findsYoloFoldersAsUltralyticsDoesButOnlyWithinTheRoot() throws IOException {
        Samples.image(set.resolve("train/images/a.png"), 20, 10);
        Samples.text(set.resolve("train/labels/a.txt"), "0 .5 .5 .2 .2\n");
        Samples.text(outside.resolve("labels/b.txt"), "0 .5 .5 .2 .2\n");
        Samples.image(outside.resolve("images/b.png"), 20, 10);
        Samples.image(folder.resolve("train/images/other.png"), 20, 10);
        Path yaml = Samples.text(set.resolve("data.yaml"), "names: [cat]\ntrain: ../train/images\n");
        assertThat(read("yolo:" + yaml).orThrow().images().get(0).name()).isEqualTo("train/images/a.png");

        Samples.text(yaml, "names: [cat]\ntrain: ../outside/images\n");
        assertThat(kinds("yolo:" + yaml)).containsExactly("outside-dataset");
        assertThat(read("yolo:" + yaml + "?outside=allow").orThrow().objectCount())
                .isEqualTo(1);

        Samples.text(yaml, "names: [cat]\npath: " + outside + "\ntrain: images\n");
        assertThat(read("yolo:" + yaml).orThrow().objectCount()).isEqualTo(1);

        Samples.text(set.resolve("list.txt"), "../outside/images/b.png\ntrain/images/a.png\n");
        Samples.text(yaml, "names: [cat]\ntrain: list.txt\n");
        assertThat(kinds("yolo:" + yaml)).containsExactly("outside-dataset");
    }

    @Test
    void readsNoLabelsThatALinkFetchesFromOutside() throws IOException {
        Samples.image(set.resolve("images/a.png"), 20, 10);
        Files.createDirectories(set.resolve("labels"));
        Path secret = Samples.text(outside.resolve("secret.txt"), "top-secret\n");
        Files.createSymbolicLink(set.resolve("labels/a.txt"), secret);
        Path yaml = Samples.text(set.resolve("data.yaml"), "names: [cat]\ntrain: images\n");

        Reading reading = read("yolo:" + yaml);

        assertThat(Samples.kinds(reading)).containsExactly("outside-dataset");
        assertThat(reading.toString()).doesNotContain("top-secret");
    }

    @Test
    void refusesABombByItsHeaderUnlessToldToTakeIt() throws IOException {
        Path bomb = set.resolve("a.png");
        byte[] png = Files.readAllBytes(bomb);
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        Files.write(bomb, png);
        Samples.text(set.resolve("a.xml"), VOC);

        assertThat(kinds("voc:" + set)).containsExactly("image-too-large");

        ByteBuffer.wrap(png).putInt(16, 20_000).putInt(20, 20_000); // 400 megapixels
        Files.write(bomb, png);
        assertThat(kinds("voc:" + set)).containsExactly("image-too-large");
        assertThat(kinds("voc:" + set + "?max_megapixels=399")).containsExactly("image-too-large");
        assertThat(read("voc:" + set + "?max_megapixels=400").orThrow().images())
                .hasSize(1);
        assertThat(ImageFile.size(bomb, 400_000_000)).isEqualTo(new ImageSize(20_000, 20_000));
    }

    @Test
    void refusesALabelFileOfTwoGigabytesBeforeReadingIt() throws IOException {
        Path labels = sparse(set.resolve("labels/a.txt"));
        Samples.image(set.resolve("images/a.png"), 20, 10);
        Path yaml = Samples.text(set.resolve("data.yaml"), "names: [cat]\ntrain: images\n");

        assertThat(kinds("yolo:" + yaml)).containsExactly("file-too-large");
        assertThat(read("yolo:" + yaml).problems().get(0).file()).isEqualTo(labels.toString());
        assertThat(kinds("csv:" + labels)).containsExactly("file-too-large");
        assertThat(kinds("dlib:" + labels)).containsExactly("file-too-large");
        assertThat(kinds("cvat:" + labels)).containsExactly("file-too-large");
        assertThat(kinds("yolo:" + labels)).containsExactly("file-too-large");
        assertThat(kinds("voc:" + set + "@" + labels)).containsExactly("file-too-large");
        sparse(set.resolve("a.xml"));
        assertThat(kinds("voc:" + set)).containsExactly("file-too-large");
        assertThat(kinds("coco:" + labels)).containsExactly("broken-json");
    }

    @Test
    void takesALargerTextWhereToldTo() throws IOException {
        Path csv = set.resolve("data.csv");
        Files.writeString(csv, "filename,class,xmin,ymin,xmax,ymax\na.png,cat,1,1,9,9\n");
        try (RandomAccessFile file = new RandomAccessFile(csv.toFile(), "rw")) {
            file.seek(2 << 20);
            file.write('\n');
        }
        assertThat(kinds("csv:" + csv + "?max_megabytes=1")).containsExactly("file-too-large");
        assertThat(kinds("csv:" + csv + "?max_megabytes=3")).doesNotContain("file-too-large");
    }

    @Test
    void tellsTheLineWhereATextIsNoUtf8() throws IOException {
        byte[] latin1 =
                "filename,class,xmin,ymin,xmax,ymax\na.png,M\u00fcll,1,1,9,9\n".getBytes(StandardCharsets.ISO_8859_1);
        Path csv = Files.write(set.resolve("data.csv"), latin1);
        Samples.image(set.resolve("images/a.png"), 20, 10);
        Files.createDirectories(set.resolve("labels"));
        Files.write(set.resolve("labels/a.txt"), new byte[] {'0', ' ', (byte) 0xFF});
        Path yaml = Samples.text(set.resolve("data.yaml"), "names: [cat]\ntrain: images\n");

        Problem problem = read("csv:" + csv).problems().get(0);

        assertThat(problem.kind()).isEqualTo("not-utf-8");
        assertThat(problem.toString()).startsWith(csv + ":2: ").contains("0xFC");
        assertThat(kinds("yolo:" + yaml)).containsExactly("not-utf-8");
        assertThat(kinds("yolo:" + csv)).containsExactly("not-utf-8");
        assertThat(kinds("voc:" + set + "@" + csv)).containsExactly("not-utf-8");
        byte[] xml = VOC.replace("cat", "M\u00fcll").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(set.resolve("a.xml"), xml);
        assertThat(kinds("voc:" + set)).containsExactly("not-utf-8");
    }

    @Test
    void readsXmlInTheEncodingThatItDeclares() throws IOException {
        String document = VOC.replace("cat", "M\u00fcll");
        for (String encoding : List.of("ISO-8859-1", "UTF-16", "UTF-8", "windows-1252")) {
            String xml = "<?xml version=\"1.0\" encoding='" + encoding + "'?>\n" + document;
            Files.write(set.resolve("a.xml"), xml.getBytes(Charset.forName(encoding)));

            assertThat(read("voc:" + set).orThrow().classes()).containsExactly("M\u00fcll");
        }
        Samples.text(set.resolve("a.xml"), "<?xml version=\"1.0\" encoding=\"klingon\"?>" + VOC);
        assertThat(kinds("voc:" + set)).containsExactly("unknown-encoding");
    }

    @Test
    void endsSoonWithTextMadeToTakeLong() throws IOException {
        Samples.image(set.resolve("images/a.png"), 20, 10);
        Path yaml = Samples.text(set.resolve("data.yaml"), "names: [cat]\ntrain: images\n");
        Samples.text(set.resolve("labels/a.txt"), "0 " + "1".repeat(5_000_000) + "x .5 .5 .5\n");
        assertThat(kinds("yolo:" + yaml)).containsExactly("not-a-number");
        Samples.text(yaml, """
                a: &a [x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
                names: &c [*b, *b, *b, *b, *b, *b, *b, *b]
                train: *c
                """);
        assertThat(kinds("yolo:" + yaml)).isNotEmpty();
        Samples.text(yaml, "names: " + "[".repeat(100_000));
        assertThat(kinds("yolo:" + yaml)).containsExactly("broken-yaml");
        Path coco = Samples.text(set.resolve("a.json"), "{\"images\": " + "[".repeat(100_000));
        assertThat(kinds("coco:" + coco)).containsExactly("broken-json");
    }

    @Test
    void endsSoonWithXmlOfTooManyElementsAndTooDeepOnes() throws IOException {
        Samples.text(set.resolve("a.xml"), "<annotation>" + "<a/>".repeat(2_000_001) + "</annotation>");
        assertThat(kinds("voc:" + set)).containsExactly("broken-xml");
        Samples.text(set.resolve("a.xml"), "<annotation>" + "<a>".repeat(200_000));
        assertThat(kinds("voc:" + set)).containsExactly("broken-xml");
    }

    @Test
    void showsWhatAFileSaysShortenedAndWithoutControlCharacters() throws IOException {
        Path csv = Samples.text(
                set.resolve("data.csv"),
                "filename,class,xmin,ymin,xmax,ymax\na.png,cat,\u001b[31m" + "y".repeat(100_000) + ",1,9,9\n");

        String problem = read("csv:" + csv).problems().get(0).problem();

        assertThat(problem).hasSizeLessThan(1100).contains("[31m").doesNotContain("\u001b");
    }

    @Test
    void readsTextWithAByteOrderMarkAndAnyEndOfLine() throws IOException {
        Path csv = Samples.text(
                set.resolve("data.csv"), "\uFEFFfilename,class,xmin,ymin,xmax,ymax\r\na.png,cat,1,1,9,9\r\n");

        assertThat(read("csv:" + csv).orThrow().objectCount()).isEqualTo(1);
    }

    private static Path sparse(Path file) throws IOException {
        Files.createDirectories(FileTree.folderOf(file));
        try (RandomAccessFile empty = new RandomAccessFile(file.toFile(), "rw")) {
            empty.setLength(2L << 30);
        }
        return file;
    }

    private static List<String> kinds(String spec) {
        return Samples.kinds(read(spec));
    }

    private static Reading read(String spec) {
        return DatasetSpec.parse(spec).read();
    }
}

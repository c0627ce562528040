package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PascalVocTest {

    @TempDir
    Path folder;

    @BeforeEach
    void drawAnImage() throws IOException {
        Samples.image(folder.resolve("a.png"), 100, 50);
    }

    @Test
    void takesCoordinatesAsTheyStand() throws IOException {
        annotate(
                object("cat", "1", "2.5", "30.25", "40"),
                "<object><name>dog</name><difficult>1</difficult>" + bounds("0", "0", "9", "9")
                        + "<part><name>nose</name>" + bounds("1", "1", "2", "2") + "</part></object>");

        AnnotatedImage image = PascalVoc.read(folder).images().get(0);

        assertThat(image.name()).isEqualTo("a.png");
        assertThat(image.objects())
                .containsExactly(
                        GroundTruth.of("cat", new Box(1, 2.5, 30.25, 40)),
                        new GroundTruth("dog", new Box(0, 0, 9, 9), 81, true, false));
    }

    @Test
    void keepsABoxThatSticksOutByTwoPixelsForMetricsAndTellsOneBeyond() throws IOException {
        annotate(object("cat", "-2", "0", "10", "52"), object("cat", "90", "10", "103", "20"));

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("box-outside-image");
        assertThat(reading.problems().get(0).problem()).contains("[90, 10, 103, 20]", "100 × 50");
        assertThat(reading.dataset().images().get(0).objects())
                .containsExactly(
                        GroundTruth.of("cat", new Box(-2, 0, 10, 52)),
                        new GroundTruth("cat", new Box(90, 10, 100, 20), 100, false, true));
        assertThat(reading.dataset().clipped().images().get(0).objects())
                .contains(GroundTruth.of("cat", new Box(0, 0, 10, 50)));
    }

    @Test
    void ignoresTheRegionOfAReversedBoxAndNothingForOneOfZeroArea() throws IOException {
        annotate(
                object("cat", "30", "10", "20", "40"),
                object("cat", "5", "5", "5", "5"),
                object("cat", "1", "1", "4", "4"));

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("reversed-box", "zero-area-box");
        assertThat(reading.dataset().images().get(0).objects())
                .containsExactly(
                        new GroundTruth("cat", new Box(20, 10, 30, 40), 300, false, true),
                        GroundTruth.of("cat", new Box(1, 1, 4, 4)));
    }

    @Test
    void leavesAnImageOutWhoseObjectLiesNobodyKnowsWhere() throws IOException {
        annotate(object("cat", "1", "1", "4", "4"), object("cat", "NaN", "1", "four", ""));

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("not-a-number");
        assertThat(reading.dataset().images()).isEmpty();
        assertThatThrownBy(reading::validPart).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void tellsTheLineOfABadBox() throws IOException {
        Samples.text(
                folder.resolve("a.xml"),
                "<annotation>\n<object>\n<name>cat</name>\n" + bounds("5", "5", "5", "9") + "</object></annotation>");

        Problem problem = inspect().problems().get(0);

        assertThat(problem.line()).isEqualTo(4);
        assertThat(problem.key()).isEqualTo("bndbox");
        assertThat(problem.toString()).startsWith(folder.resolve("a.xml") + ":4: bndbox: box must have an area > 0");
    }

    @Test
    void neverResolvesAnEntity() throws IOException {
        Path secret = Samples.text(folder.resolve("secret.txt"), "secret");
        Samples.text(
                folder.resolve("a.xml"),
                "<?xml version=\"1.0\"?>\n<!DOCTYPE annotation [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n"
                        + "<annotation><object><name>&x;</name>" + bounds("1", "1", "5", "9")
                        + "</object></annotation>");

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("broken-xml");
        assertThat(reading.toString()).doesNotContain("name=secret", "label=secret");
    }

    @Test
    void tellsTheLineWhereXmlBreaks() throws IOException {
        Samples.text(folder.resolve("a.xml"), "<annotation>\n<object>\n</annotation>");

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("broken-xml");
        assertThat(reading.problems().get(0).line()).isEqualTo(3);
    }

    @Test
    void tellsAMissingImageAnotherRootAndASizeThatDoesNotAgree() throws IOException {
        Samples.text(
                folder.resolve("a.xml"), "<annotation><size><width>50</width><height>100</height></size></annotation>");
        Samples.text(folder.resolve("b.xml"), "<annotation><filename>../../b.png</filename></annotation>");
        Samples.text(folder.resolve("c.xml"), "<project/>");

        Reading reading = inspect();

        assertThat(Samples.kinds(reading)).containsExactly("size-mismatch", "missing-image", "not-an-annotation");
        assertThat(reading.problems().get(0).problem()).contains("50 × 100", "100 × 50", "exchanged");
    }

    @Test
    void looksIntoNoFolderOfAnyNameBesideTheSet() throws IOException {
        Path set = Files.createDirectories(folder.resolve("set"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Samples.text(set.resolve("p.xml"), "<annotation><filename>p.png</filename></annotation>");
        Samples.image(other.resolve("p.png"), 20, 10);

        assertThat(Samples.kinds(PascalVoc.inspect(set, null, ReadOptions.defaults())))
                .containsExactly("missing-image");
    }

    @Test
    void tellsADamagedImage() throws IOException {
        Files.write(folder.resolve("a.png"), new byte[] {(byte) 0x89, 'P', 'N'});
        annotate();

        assertThat(Samples.kinds(inspect())).containsExactly("unreadable-image");
    }

    @Test
    void readsASplitOfTheVocLayout() throws IOException {
        for (String name : new String[] {"x", "y", "z"}) {
            Samples.image(folder.resolve("VOC/JPEGImages/" + name + ".png"), 10, 10);
            Samples.text(folder.resolve("VOC/Annotations/" + name + ".xml"), "<annotation/>");
        }
        Samples.image(folder.resolve("VOC/Aaa/x.png"), 99, 99);
        Samples.text(folder.resolve("VOC/ImageSets/Main/val.txt"), "x\n\nz  -1\n");
        Samples.text(folder.resolve("VOC/ImageSets/Main/bad.txt"), "x\nnowhere\n");
        Path voc = folder.resolve("VOC");

        assertThat(PascalVoc.read(voc, "val").images())
                .extracting(AnnotatedImage::name)
                .containsExactly("JPEGImages/x.png", "JPEGImages/z.png");
        assertThat(PascalVoc.read(voc).images()).hasSize(3);
        Reading bad = PascalVoc.inspect(voc, "bad", ReadOptions.defaults());
        assertThat(Samples.kinds(bad)).containsExactly("missing-annotation");
        assertThat(bad.problems().get(0).line()).isEqualTo(2);
        assertThat(Samples.kinds(PascalVoc.inspect(voc, "none", ReadOptions.defaults())))
                .containsExactly("missing-split");
    }

    @Test
    void tellsAnEmptyFolderAndAMissingOne() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThat(Samples.kinds(PascalVoc.inspect(folder.resolve("empty"), null, ReadOptions.defaults())))
                .containsExactly("empty-dataset");
        assertThat(Samples.kinds(PascalVoc.inspect(folder.resolve("none"), null, ReadOptions.defaults())))
                .containsExactly("missing-folder");
    }

    private Reading inspect() {
        return PascalVoc.inspect(folder, null, ReadOptions.defaults());
    }

    private void annotate(String... objects) throws IOException {
        Samples.text(
                folder.resolve("a.xml"),
                "<annotation><filename>a.png</filename><size><width>100</width><height>50</height></size>"
                        + String.join("", objects) + "</annotation>");
    }

    private static String object(String name, String... corners) {
        return "<object><name>" + name + "</name>" + bounds(corners) + "</object>";
    }

    private static String bounds(String... corners) {
        return "<bndbox><xmin>" + corners[0] + "</xmin><ymin>" + corners[1] + "</ymin><xmax>" + corners[2]
                + "</xmax><ymax>" + corners[3] + "</ymax></bndbox>";
    }
}

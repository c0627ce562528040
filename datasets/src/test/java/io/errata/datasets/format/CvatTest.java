package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML of "CVAT for images 1.1"; images are 100 × 80 pixels. */
class CvatTest {

    private static final String META = """
            <version>1.1</version>
            <meta><task><name>t</name><mode>annotation</mode><labels>
            <label><name>dog</name><color>#fff</color><type>any</type><attributes></attributes></label>
            <label><name>cat</name><type>rectangle</type></label>
            <label><name>pose</name><type>skeleton</type></label>
            <label><name>nose</name><type>points</type><parent>pose</parent></label>
            </labels></task><dumped>2024</dumped></meta>
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void drawImage() throws IOException {
        Samples.image(folder.resolve("images/a.png"), 100, 80);
    }

    private Reading image(String shapes) throws IOException {
        return file(META + "<image id='0' name='a.png' width='100' height='80'>\n" + shapes + "\n</image>");
    }

    private Reading file(String content) throws IOException {
        Path xml = Samples.text(
                folder.resolve("annotations.xml"),
                "<?xml version='1.0' encoding='utf-8'?>\n<annotations>\n" + content + "\n</annotations>");
        return DatasetSpec.parse("cvat:" + xml).read();
    }

    private GroundTruth object(String shape) throws IOException {
        List<GroundTruth> objects = image(shape).orThrow().images().get(0).objects();
        assertThat(objects).hasSize(1);
        return objects.get(0);
    }

    private static void assertBox(GroundTruth object, double x1, double y1, double x2, double y2, double area) {
        Box box = object.box();
        assertThat(new double[] {box.x1(), box.y1(), box.x2(), box.y2(), object.area()})
                .containsExactly(new double[] {x1, y1, x2, y2, area}, within(1e-9));
        assertThat(object.ignored()).isFalse();
    }

    @Test
    void readsABoxWhateverElseItSays() throws IOException {
        GroundTruth box = object("<box label='cat' source='manual' occluded='1' xtl='10.50' ytl='20' xbr='40' ybr='60'"
                + " z_order='3' group_id='2'><attribute name='colour'>red</attribute></box>");

        assertBox(box, 10.5, 20, 40, 60, 29.5 * 40);
        assertThat(box.label()).isEqualTo("cat");
    }

    /** A square of 20 turned by 45° is 20·√2 wide; 40 × 20 turned by 90° is 20 × 40; by 30°, 40·cos + 20·sin by 40·sin + 20·cos. */
    @Test
    void enclosesARotatedBox() throws IOException {
        double half = 10 * Math.sqrt(2);
        assertBox(
                object("<box label='cat' xtl='30' ytl='30' xbr='50' ybr='50' rotation='45.00'/>"),
                40 - half,
                40 - half,
                40 + half,
                40 + half,
                400);
        assertBox(object("<box label='cat' xtl='30' ytl='30' xbr='70' ybr='50' rotation='270'/>"), 40, 20, 60, 60, 800);
        double width = 40 * Math.sqrt(3) / 2 + 20 * 0.5;
        double height = 40 * 0.5 + 20 * Math.sqrt(3) / 2;
        assertBox(
                object("<box label='cat' xtl='30' ytl='30' xbr='70' ybr='50' rotation='-30'/>"),
                50 - width / 2,
                40 - height / 2,
                50 + width / 2,
                40 + height / 2,
                800);
    }

    @Test
    void clipsARotatedBoxThatReachesBeyondTheImage() throws IOException {
        GroundTruth box = object("<box label='cat' xtl='0' ytl='0' xbr='60' ybr='10' rotation='90'/>");

        assertBox(box, 25, 0, 35, 35, 350);
        assertThat(Samples.kinds(image("<box label='cat' xtl='80' ytl='0' xbr='120' ybr='10'/>")))
                .containsExactly("box-outside-image");
        assertThat(Samples.kinds(image("<ellipse label='cat' cx='200' cy='20' rx='10' ry='10'/>")))
                .containsExactly("box-outside-image");
    }

    /** The triangle's area is 30 · 20 / 2. */
    @Test
    void takesTheBoxAroundAPolygonAndItsArea() throws IOException {
        assertBox(object("<polygon label='dog' points='10.00,10.00;40.00,10.00;10.00,30.00'/>"), 10, 10, 40, 30, 300);
    }

    /** Half the width of an ellipse turned by 30° is √((rx·cos)² + (ry·sin)²) = √(300 + 25). */
    @Test
    void takesTheBoxAroundAnEllipse() throws IOException {
        assertBox(object("<ellipse label='dog' cx='50' cy='40' rx='20' ry='10'/>"), 30, 30, 70, 50, Math.PI * 200);
        double width = Math.sqrt(325);
        double height = Math.sqrt(175);
        assertBox(
                object("<ellipse label='dog' cx='50' cy='40' rx='20' ry='10' rotation='30'/>"),
                50 - width,
                40 - height,
                50 + width,
                40 + height,
                Math.PI * 200);
    }

    /** Of 12 pixels, 1 is background, 5 are the mask's, 2 are not, 4 are. */
    @Test
    void takesTheBoxOfAMaskAndCountsItsPixels() throws IOException {
        assertBox(object("<mask label='dog' left='5' top='6' width='4' height='3' rle='1, 5, 2, 4'/>"), 5, 6, 9, 9, 9);
    }

    @Test
    void takesTheBoxAroundACuboid() throws IOException {
        assertBox(
                object(
                        "<cuboid label='dog' xtl1='10' ytl1='12' xbl1='10' ybl1='40' xtr1='30' ytr1='10' xbr1='30' ybr1='42'"
                                + " xtl2='20' ytl2='11' xbl2='20' ybl2='38' xtr2='35' ytr2='11' xbr2='35' ybr2='39'/>"),
                10,
                10,
                35,
                42,
                25 * 32);
    }

    @Test
    void takesFlagsFromAttributesAndLeavesOutWhatIsOutside() throws IOException {
        List<GroundTruth> objects = image("""
                        <box label='cat' xtl='1' ytl='1' xbr='9' ybr='9'><attribute name='difficult'>true</attribute></box>
                        <box label='cat' xtl='2' ytl='1' xbr='9' ybr='9'><attribute name='is_crowd'>True</attribute></box>
                        <box label='cat' xtl='3' ytl='1' xbr='9' ybr='9'><attribute name='difficult'>false</attribute></box>
                        <box label='cat' xtl='4' ytl='1' xbr='9' ybr='9' outside='1'/>
                        <points label='pose' points='1,1' outside='1'/>""").orThrow().images().get(0).objects();

        assertThat(objects).extracting(GroundTruth::difficult).containsExactly(true, false, false);
        assertThat(objects).extracting(GroundTruth::crowd).containsExactly(false, true, false);
    }

    @Test
    void takesTheClassesOfTheTaskInTheirOrder() throws IOException {
        assertThat(image("").orThrow().classes()).containsExactly("dog", "cat");
        assertThat(image("").orThrow().images().get(0).objects()).isEmpty();
        assertThat(image("<box label='pose' xtl='1' ytl='1' xbr='9' ybr='9'/>")
                        .orThrow()
                        .classes())
                .containsExactly("dog", "cat", "pose");
        assertThat(file(META.replace("task>", "project>") + "<image name='a.png'/>")
                        .orThrow()
                        .classes())
                .containsExactly("dog", "cat");
        assertThat(file("<image name='a.png'><box label='b' xtl='1' ytl='1' xbr='9' ybr='9'/>"
                                + "<box label='a' xtl='1' ytl='1' xbr='9' ybr='9'/></image>")
                        .orThrow()
                        .classes())
                .containsExactly("a", "b");
    }

    @Test
    void tellsALabelThatTheTaskHasNot() throws IOException {
        Reading reading = image("<box label='catt' xtl='1' ytl='1' xbr='9' ybr='9'/>");

        assertThat(reading.problems().get(0).toString())
                .isEqualTo(folder.resolve("annotations.xml")
                        + ":11: box: label must be one of [dog, cat, pose], found \"catt\"; did you mean cat?;"
                        + " its image is left out");
        assertThat(reading.dataset().images()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<polyline label='cat' points='10,10;60,10;60,50'/>",
                "<points label='cat' points='10,10;60,50;20,20'/>",
                "<skeleton label='cat'><points label='nose' points='10,10'/><points label='tail' points='60,50'/></skeleton>"
            })
    void ignoresTheRegionOfWhatIsNoBox(String shape) throws IOException {
        Reading reading = image(shape + "<box label='dog' xtl='70' ytl='1' xbr='90' ybr='9'/>");

        assertThat(Samples.kinds(reading)).containsExactly("not-a-box");
        assertThat(reading.problems().get(0).problem()).contains("draw a box instead", "is ignored");
        List<GroundTruth> objects = reading.dataset().images().get(0).objects();
        assertThat(objects.get(0).box()).isEqualTo(new Box(10, 10, 60, 50));
        assertThat(objects).extracting(GroundTruth::crowd).containsExactly(true, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<points label='cat' points='10,10'/>",
                "<points label='cat'/>",
                "<polyline label='cat' points='10,10;x,y'/>",
                "<skeleton label='cat'/>",
                "<tag label='cat'/>",
                "<sphere label='cat' points='10,10;20,20'/>"
            })
    void leavesAnImageOutWhereNobodyKnowsWhereTheObjectIs(String shape) throws IOException {
        Reading reading = image(shape);

        assertThat(Samples.kinds(reading)).containsExactly("not-a-box");
        assertThat(reading.dataset().images()).isEmpty();
    }

    @Test
    void keepsAnImageWithBoxesAndATag() throws IOException {
        Reading reading = image("<tag label='cat'/><box label='dog' xtl='70' ytl='1' xbr='90' ybr='9'/>");

        assertThat(Samples.kinds(reading)).containsExactly("not-a-box");
        assertThat(reading.dataset().objectCount()).isEqualTo(1);
    }

    @Test
    void reportsEverythingThatIsWrongWithItsLine() throws IOException {
        Reading reading = image("""
                <box label='cat' xtl='NaN' ytl='1' xbr='9' ybr='9'/>
                <box label='cat' xtl='9' ytl='1' xbr='1' ybr='9'/>
                <box label='cat' xtl='9' ytl='1' xbr='9' ybr='9' rotation='10'/>
                <box label='cat' xtl='1' ytl='1' xbr='9' ybr='9' rotation='much'/>
                <polygon label='cat' points='1,1;2,2'/>
                <polygon label='cat' points='1,1;2,2;3'/>
                <mask label='cat' left='1' top='1' width='4' height='4' rle='3, 4'/>
                <mask label='cat' left='1' top='1' width='4' height='4' rle='20, -4'/>
                <ellipse label='cat' cx='9' cy='9' rx='-3' ry='3'/>
                <box xtl='1' ytl='1' xbr='9' ybr='9'/>""");

        assertThat(Samples.kinds(reading).stream().sorted().distinct()).containsExactly("bad-value", "unknown-class");
        assertThat(reading.problems()).extracting(Problem::line).containsExactly(15, 16, 17, 18, 20);
        assertThat(Samples.kinds(image("""
                <box label='cat' xtl='NaN' ytl='1' xbr='9' ybr='9'/>
                <box label='cat' xtl='9' ytl='1' xbr='1' ybr='9'/>
                <box label='cat' xtl='9' ytl='1' xbr='9' ybr='9' rotation='10'/>
                <box label='cat' xtl='1' ytl='1' xbr='9' ybr='9' rotation='much'/>
                <ellipse label='cat' cx='9' cy='9' rx='-3' ry='3'/>""")))
                .containsExactly("not-a-number", "reversed-box", "zero-area-box", "not-a-number", "reversed-box");
    }

    @Test
    void refusesTracksAndOtherXml() throws IOException {
        Reading video =
                file("<track id='0' label='cat'><box frame='0' xtl='1' ytl='1' xbr='9' ybr='9' outside='0'/></track>");

        assertThat(Samples.kinds(video)).containsExactly("not-an-annotation");
        assertThat(video.problems().get(0).problem()).contains("export the task as CVAT for images 1.1");
        assertThat(Samples.kinds(file(""))).containsExactly("empty-dataset");
        Path dlib = Samples.text(folder.resolve("d.xml"), "<dataset/>");
        assertThat(Samples.kinds(Cvat.inspect(dlib, null, ReadOptions.defaults())))
                .containsExactly("not-an-annotation");
    }

    @Test
    void findsImagesWhereTheNameSaysOrInImagesOrWhereItIsTold() throws IOException {
        Samples.image(folder.resolve("images/train/b.png"), 100, 80);
        Samples.image(folder.resolve("images/frame_000007.PNG"), 100, 80);
        Samples.image(folder.resolve("c.png"), 100, 80);

        Dataset dataset =
                file("<image name='c.png'/><image name='b.png' subset='train'/><image name='frame_000007'/><image name='a.png'/>")
                        .orThrow();

        assertThat(dataset.images())
                .extracting(AnnotatedImage::name)
                .containsExactly("c.png", "train/b.png", "frame_000007.PNG", "a.png");
        Path elsewhere = Samples.image(folder.resolve("more/a.png"), 100, 80);
        file("<image name='a.png' width='100' height='80'/>");
        Path xml = folder.resolve("annotations.xml");
        assertThat(Cvat.read(xml, folder.resolve("more"))
                        .images()
                        .get(0)
                        .source()
                        .identity())
                .isEqualTo(elsewhere.toAbsolutePath().normalize());
        Files.delete(elsewhere);
        assertThat(Samples.kinds(DatasetSpec.parse("cvat:" + xml + ":" + folder.resolve("more"))
                        .read()))
                .containsExactly("missing-image");
        assertThat(DatasetSpec.parse("cvat:" + xml + ":" + folder.resolve("more"))
                        .readAnnotations()
                        .orThrow()
                        .images())
                .hasSize(1);
    }

    @Test
    void reportsASizeThatLiesAndANameThatIsNone() throws IOException {
        assertThat(Samples.kinds(file("<image name='a.png' width='80' height='100'/>")))
                .containsExactly("size-mismatch");
        assertThat(Samples.kinds(file("<image name='' width='80' height='100'/>")))
                .containsExactly("bad-value");
        assertThat(Samples.kinds(file("<image name='a.png'/><image name='a.png'/>")))
                .containsExactly("duplicate-image");
    }

    @Test
    void writesWhatCvatImports() throws IOException {
        Dataset dataset = new Dataset(
                List.of("dog", "c<t"),
                List.of(new AnnotatedImage(
                        "a.png",
                        () -> new Pixels(8, 6, new byte[144]),
                        8,
                        6,
                        List.of(
                                GroundTruth.of("c<t", new Box(1, 2, 3.5, 4)),
                                new GroundTruth("dog", new Box(0, 0, 8, 6), 48, true, true)))));

        DatasetWriter.of(Cvat.format()).write(dataset, folder.resolve("out"));

        assertThat(Files.readString(folder.resolve("out/annotations.xml")))
                .contains("<label><name>dog</name><type>rectangle</type>", "<name>is_crowd</name>")
                .contains("<image id=\"0\" name=\"a.png\" width=\"8\" height=\"6\">")
                .contains(
                        "<box label=\"c&lt;t\" source=\"manual\" occluded=\"0\" xtl=\"1\" ytl=\"2\" xbr=\"3.5\" ybr=\"4\""
                                + " z_order=\"0\"></box>")
                .contains(
                        "<attribute name=\"difficult\">true</attribute><attribute name=\"is_crowd\">true</attribute>");
    }
}

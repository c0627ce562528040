package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlibXmlAndCsvTest {

    @TempDir
    Path folder;

    @BeforeEach
    void drawAnImage() throws IOException {
        Samples.image(folder.resolve("a.png"), 100, 50);
        Samples.image(folder.resolve("b, c.png"), 100, 50);
    }

    @Test
    void readsTheFacesOfDlib() {
        Dataset training = DlibXml.read(RealData.folder("faces_dlib_xml/training.xml"));
        Dataset testing = DlibXml.read(RealData.folder("faces_dlib_xml/testing.xml"));

        assertThat(training.images().size() + testing.images().size()).isEqualTo(9);
        assertThat(training.objectCount() + testing.objectCount()).isEqualTo(43);
    }

    @Test
    void readsLabelsAndIgnoredBoxesOfDlib() throws IOException {
        Path xml = Samples.text(
                folder.resolve("d.xml"),
                "<dataset><images>\n<image file='a.png'>\n<box top='1' left='2' width='3' height='4'><label>x</label></box>"
                        + "<box top='0' left='0' width='5' height='5' ignore='1'/>\n"
                        + "<box top='0' left='0' width='' height='5'/></image><image file='b, c.png'/></images></dataset>");

        Reading reading = DlibXml.inspect(xml, ReadOptions.defaults());

        assertThat(Samples.kinds(reading)).containsExactly("not-a-number");
        assertThat(reading.problems().get(0).line()).isEqualTo(4);
        Samples.text(xml, Files.readString(xml).replace("width=''", "width='9'"));
        assertThat(DlibXml.read(xml).images().get(0).objects())
                .containsExactly(
                        GroundTruth.of("x", new Box(2, 1, 5, 5)),
                        new GroundTruth("object", new Box(0, 0, 5, 5), 25, false, true),
                        GroundTruth.of("object", new Box(0, 0, 9, 5)));
    }

    @Test
    void readsColumnsInAnyOrderAndQuotes() throws IOException {
        Path csv = Samples.text(
                folder.resolve("d.csv"),
                "class,filename,width,height,xmin,ymin,xmax,ymax\n\"a \"\"cat\"\"\",a.png,100,50,1,2,3.5,4\n"
                        + ",\"b, c.png\",100,50,,,,\n");

        Dataset dataset = Csv.read(csv);

        assertThat(dataset.images()).hasSize(2);
        assertThat(dataset.images().get(0).objects())
                .containsExactly(GroundTruth.of("a \"cat\"", new Box(1, 2, 3.5, 4)));
        assertThat(dataset.images().get(1).objects()).isEmpty();
    }

    @Test
    void tellsTheLinesOfACsvThatAreBroken() throws IOException {
        Path csv = Samples.text(
                folder.resolve("d.csv"),
                "filename,class,xmin,ymin,xmax,ymax\na.png,x,1,2,3,4\na.png,x,1,2\n\"b, c.png\",x,1,2,1,4\n");

        Reading reading = Csv.inspect(csv, null, ReadOptions.defaults());

        assertThat(Samples.kinds(reading)).containsExactly("broken-csv", "zero-area-box");
        assertThat(reading.problems()).extracting("line").containsExactly(3, 4);
        assertThat(reading.dataset().images()).hasSize(1);
    }
}

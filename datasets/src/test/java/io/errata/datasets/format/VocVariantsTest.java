package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML of tools that write more than Pascal VOC has. */
class VocVariantsTest {

    private static final String BOX = "<bndbox><xmin>10</xmin><ymin>10</ymin><xmax>30.5</xmax><ymax>20</ymax></bndbox>";
    private static final GroundTruth OBJECT = GroundTruth.of("cat", new Box(10, 10, 30.5, 20));

    @TempDir
    Path folder;

    @BeforeEach
    void drawAnImage() throws IOException {
        Samples.image(folder.resolve("a.png"), 100, 50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BOX,
                "<type>bndbox</type>" + BOX,
                "<deleted>0</deleted>" + BOX,
                BOX + "<keypoints><x1>1</x1><y1>2</y1></keypoints>",
                BOX + "<polygon><x1>10</x1><y1>10</y1><x2>30</x2><y2>10</y2><x3>30</x3><y3>20</y3></polygon>",
                BOX
                        + "<part><name>ear</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part>",
                "<xmin>10</xmin><ymin>10</ymin><xmax>30.5</xmax><ymax>20</ymax>",
                "<bndbox><ymax>20</ymax><xmax>30.5</xmax><ymin>10</ymin><xmin>10</xmin><angle>0</angle></bndbox>"
            })
    void readsOneBox(String shape) throws IOException {
        Reading reading = inspect(shape);

        assertThat(reading.orThrow().images().get(0).objects()).containsExactly(OBJECT);
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void readsTheBoxAroundARotatedOne() throws IOException {
        Reading reading = inspect("<type>robndbox</type><robndbox><cx>50</cx><cy>25</cy><w>20</w><h>10</h><angle>"
                + Math.PI / 2 + "</angle></robndbox>");

        GroundTruth object = reading.orThrow().images().get(0).objects().get(0);
        assertThat(object.box().x1()).isEqualTo(45, within(1e-9));
        assertThat(object.box().y1()).isEqualTo(15, within(1e-9));
        assertThat(object.box().x2()).isEqualTo(55, within(1e-9));
        assertThat(object.box().y2()).isEqualTo(35, within(1e-9));
        assertThat(object.area()).isEqualTo(200, within(1e-9));
        assertThat(reading.notes()).extracting(Note::kind).containsExactly("boxes-around-shapes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<polygon><pt><x>10</x><y>10</y></pt><pt><x>30</x><y>10</y></pt><pt><x>30</x><y>20</y></pt></polygon>",
                "<polygon><x1>10</x1><y1>10</y1><x2>30</x2><y2>10</y2><x3>30</x3><y3>20</y3></polygon>",
                "<bndbox><x0>10</x0><y0>10</y0><x1>30</x1><y1>10</y1><x2>30</x2><y2>20</y2></bndbox>"
            })
    void readsTheBoxAroundAPolygon(String shape) throws IOException {
        Reading reading = inspect(shape);

        assertThat(reading.orThrow().images().get(0).objects())
                .containsExactly(new GroundTruth("cat", new Box(10, 10, 30, 20), 100, false, false));
        assertThat(reading.notes()).extracting(Note::kind).containsExactly("boxes-around-shapes");
    }

    @Test
    void takesADeletedObjectForNone() throws IOException {
        assertThat(inspect("<deleted>1</deleted>" + BOX).orThrow().objectCount())
                .isZero();
    }

    @Test
    void tellsSeveralBoxesOfOneObject() throws IOException {
        Reading reading = inspect(BOX + BOX.replace("30.5", "40"));

        assertThat(Samples.kinds(reading)).containsExactly("several-boxes");
        assertThat(reading.dataset().images().get(0).objects()).hasSize(2).allMatch(GroundTruth::crowd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<keypoints><x1>1</x1><y1>2</y1></keypoints>",
                "<polygon><pt><x>10</x><y>10</y></pt><pt><x>30</x><y>10</y></pt></polygon>",
                "<robndbox><cx>50</cx><cy>25</cy><w>20</w><h>10</h><angle>45</angle></robndbox>",
                "<robndbox><cx>50</cx><cy>25</cy><w>20</w><h>10</h></robndbox>",
                "<bndbox><xmin>10</xmin><ymin>10</ymin><xmax>30</xmax><ymax>20</ymax><angle>0.3</angle></bndbox>"
            })
    void leavesOutAnImageWithAShapeThatIsNotUnderstood(String shape) throws IOException {
        Reading reading = inspect(shape);

        assertThat(Samples.kinds(reading)).containsExactly("not-a-number");
        assertThat(reading.problems().get(0).problem()).contains(" must ", "its image is left out");
        assertThat(reading.dataset().images()).isEmpty();
    }

    private Reading inspect(String shape) throws IOException {
        Samples.text(
                folder.resolve("a.xml"),
                "<annotation><filename>a.png</filename><object><name>cat</name>" + shape + "</object></annotation>");
        return PascalVoc.inspect(folder, null, ReadOptions.defaults());
    }
}

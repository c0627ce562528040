package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Problem;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COCO as exports and scripts write it: names twice, classes that are none, odd boxes, ids of text, truth for metrics alone. */
class CocoVariantsTest {

    private static final String CELL = "{\"id\": 1, \"name\": \"cell\"}";
    private static final String IMAGE = "{\"id\": 1, \"file_name\": \"a.png\", \"width\": 100, \"height\": 50}";

    @TempDir
    Path folder;

    @BeforeEach
    void drawImage() throws IOException {
        Samples.image(folder.resolve("a.png"), 100, 50);
    }

    @Test
    void refusesTwoCategoriesOfOneName() throws IOException {
        Reading reading = read(
                IMAGE, "{\"id\": 1, \"name\": \"cell\"}, {\"id\": 2, \"name\": \"cell\"}", box(1, 2, "[1, 1, 5, 5]"));

        assertThat(Samples.kinds(reading)).containsExactly("duplicate-name");
        assertThat(reading.problems().get(0).toString())
                .contains("categories[1]", "categories[0]", "cell", "id 1", "id 2");
        assertThat(reading.validPart().classes()).containsExactly("cell");
    }

    @Test
    void doesNotTakeTheNameOfAProjectForAClass() throws IOException {
        String categories = "{\"id\": 0, \"name\": \"cell\", \"supercategory\": \"none\"},"
                + "{\"id\": 1, \"name\": \"cell\", \"supercategory\": \"cell\"},"
                + "{\"id\": 2, \"name\": \"dust\", \"supercategory\": \"cell\"}";

        Reading reading = read(IMAGE, categories, box(1, 1, "[1, 1, 5, 5]"));

        assertThat(reading.orThrow().classes()).containsExactly("cell", "dust");
        assertThat(reading.notes()).extracting(Note::kind).containsExactly("empty-class");
        assertThat(read(IMAGE, categories, box(1, 0, "[1, 1, 5, 5]")).problems())
                .as("one with a box is a class")
                .extracting(Problem::kind)
                .containsExactly("duplicate-name");
    }

    @Test
    void showsEachOddBoxAsItIsWrittenWithItsAnnotation() throws IOException {
        List<String> odd = List.of(
                "[]",
                "[1,2.5,3]",
                "[\"1\",\"2\",\"3\",\"4\"]",
                "null",
                "[1,2,3,null]",
                "\"1,2,3,4\"",
                "{\"x\":1}",
                "[1,2,3,4,5]",
                "[[1,2,3,4]]");
        StringBuilder annotations = new StringBuilder();
        for (int i = 0; i < odd.size(); i++) {
            annotations.append(i > 0 ? "," : "").append(box(100 + i, 1, odd.get(i)));
        }

        Reading reading = read(IMAGE, CELL, annotations.toString());

        assertThat(reading.problems()).hasSize(odd.size());
        for (int i = 0; i < odd.size(); i++) {
            Problem problem = reading.problems().get(i);
            assertThat(problem.key()).isEqualTo("annotations[" + i + "].bbox");
            assertThat(problem.problem())
                    .contains("[x, y, width, height]", "found bbox " + odd.get(i), "of annotation " + (100 + i));
        }
        assertThat(reading.problems().get(2).problem()).contains("texts, not numbers");
    }

    @Test
    void showsAnOddBoxOfMegabytesByItsBeginning() throws IOException {
        Reading reading =
                read(IMAGE, CELL, box(1, 1, "[" + "\"1\",".repeat(500_000) + "\"" + "9".repeat(100_000) + "\"]"));

        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.problems().get(0).problem()).hasSizeLessThan(300);
    }

    @Test
    void keepsBoxesWhereverTheyLieForMetricsAlone() throws IOException {
        Path json = json(IMAGE, CELL, box(1, 1, "[-8, 10, 20, 10]"));

        assertThat(Samples.kinds(DatasetSpec.parse("coco:" + json).read())).containsExactly("box-outside-image");
        assertThat(DatasetSpec.parse("coco:" + json)
                        .readForMetrics()
                        .orThrow()
                        .images()
                        .get(0)
                        .objects())
                .containsExactly(GroundTruth.of("cell", new Box(-8, 10, 12, 20)));
    }

    @Test
    void needsNeitherNamesNorSizesForMetricsAlone() throws IOException {
        Path json = json(
                "{\"id\": \"000042\"}, {\"id\": 42}",
                CELL,
                "{\"id\": \"x\", \"image_id\": \"000042\"," + " \"category_id\": 1, \"bbox\": [10, 10, 20, 30.5]}");
        DatasetSpec spec = DatasetSpec.parse("coco:" + json);

        Reading reading = spec.readAnnotations();

        assertThat(reading.orThrow().images()).hasSize(2);
        assertThat(reading.dataset().images().get(0).objects()).hasSize(1);
        assertThat(reading.dataset().images().get(0).height()).isEqualTo(41);
        assertThat(spec.cocoIds().images()).containsOnlyKeys("000042", "42");
        assertThat(Samples.kinds(spec.read())).containsOnly("missing-key", "unknown-image");
    }

    @Test
    void doesNotTakeFractionsForPixels() throws IOException {
        Reading reading = read(IMAGE, CELL, box(1, 1, "[0.2, 0.2, 0.5, 0.5]"));

        assertThat(Samples.kinds(reading)).containsExactly("bad-unit");
        assertThat(reading.dataset().images()).isEmpty();
        assertThat(Samples.kinds(
                        read(IMAGE, CELL, box(1, 1, "[0.2, 0.2, 0.5, 0.5]") + "," + box(2, 1, "[5, 5, 9, 9]"))))
                .as("among pixels")
                .containsExactly("bad-unit");
        assertThat(read(IMAGE, CELL, box(1, 1, "[0, 0, 1, 1]")).problems()).isEmpty();
    }

    @Test
    void saysThatRotationsAndScoresArePassedOver() throws IOException {
        String turned =
                box(1, 1, "[1, 1, 5, 5], \"score\": 0.5, \"attributes\": {\"occluded\": false, \"rotation\": 30.0}");
        String upright = box(2, 1, "[9, 9, 5, 5], \"attributes\": {\"rotation\": 0.0}");

        assertThat(read(IMAGE, CELL, turned + "," + upright).notes())
                .extracting(Note::text)
                .containsExactly(
                        "1 annotations say that they are rotated; their bbox counts as it stands",
                        "1 annotations have a score, which is passed over");
    }

    @Test
    void tellsNamesOfClassesThatLookAlike() throws IOException {
        String categories = "{\"id\": 1, \"name\": \"cell\"}, {\"id\": 2, \"name\": \"Cell\"}";
        String accents = "{\"id\": 1, \"name\": \"\u00e9\"}, {\"id\": 2, \"name\": \"e\u0301\"}";

        assertThat(read(IMAGE, categories, box(1, 1, "[1, 1, 5, 5]")).notes())
                .extracting(Note::kind)
                .containsExactly("classes-alike");
        assertThat(Samples.kinds(read(IMAGE, accents, box(1, 1, "[1, 1, 5, 5]"))))
                .containsExactly("duplicate-name");
    }

    private static String box(int id, int category, String bbox) {
        return "{\"id\": " + id + ", \"image_id\": 1, \"category_id\": " + category + ", \"bbox\": " + bbox + "}";
    }

    private Reading read(String images, String categories, String annotations) throws IOException {
        return Coco.inspect(json(images, categories, annotations), null, ReadOptions.defaults());
    }

    private Path json(String images, String categories, String annotations) throws IOException {
        return Samples.text(
                folder.resolve("truth.json"),
                "{\"images\": [" + images + "],\n\"categories\": [" + categories + "],\n\"annotations\": ["
                        + annotations + "]}");
    }
}

package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.RealData;
import io.errata.datasets.format.DatasetSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealWindowsTest {

    /**
     * The cheetah's numbers with one shape (0.9247 and 0.4570 for the class, 0.9307 and 0.5281 with people) were found by forty lines of
     * NumPy too, from the YOLO files: the same ladder, rounding and clipping, and the IoU of every window with every box.
     */
    @ParameterizedTest
    @CsvSource({
        "voc, bccd_voc, 1, RBC WBC Platelets, 0.99",
        "yolo, thermal_cheetah_yolo/data.yaml, 1, cheetah, 0.92",
        "yolo, thermal_cheetah_yolo/data.yaml, 1, cheetah human, 0.93",
        "yolo, thermal_cheetah_yolo/data.yaml, 2, cheetah human, 0.98",
        "voc, licence_plates_voc_640, 1, license-plate, 0.99",
        "coco, foosball_coco/train/_annotations.coco.json, 1, figure, 0.86",
        "coco, foosball_coco/train/_annotations.coco.json, 3, figure hand ball, 0.99"
    })
    void reachesNearlyEveryObjectOfARealSet(String format, String path, int shapes, String classes, double least) {
        Dataset dataset = read(format, path).withClasses(List.of(classes.split(" ")));
        WindowSettings settings = new WindowSettings(32, 4, 1.5, 2, shapes, null, null);

        WindowCorpus corpus =
                WindowCorpus.of(dataset, WindowGeometry.fit(dataset, settings, 0), Labelling.withDefaults());

        GridRecall recall = corpus.gridRecall();
        System.out.printf(
                "%s, %s, %d shapes: %d objects, grid recall %.3f at IoU .5 and %.3f at .7, %d windows, %d positive%n",
                path,
                classes,
                shapes,
                recall.objects(),
                recall.at50(),
                recall.at70(),
                corpus.windows(),
                corpus.positives());
        assertThat(recall.at50()).isGreaterThan(least);
        assertThat(corpus.unreached()).hasSize((int) Math.round((1 - recall.at50()) * recall.objects()));
        assertThat(corpus.negatives() + corpus.positives()).isLessThanOrEqualTo(corpus.windows());
    }

    @ParameterizedTest
    @CsvSource({"voc, bccd_voc", "coco, foosball_coco/valid/_annotations.coco.json"})
    void neverLabelsAWindowOverACrowdNegative(String format, String path) {
        Dataset real = read(format, path);
        WindowGeometry geometry = WindowGeometry.fit(real);
        int over = 0;
        for (AnnotatedImage image : real.images().subList(0, 15)) {
            List<GroundTruth> objects = everyThirdACrowd(image);
            for (int level = 0; level < geometry.levels(); level++) {
                LevelGrid grid = geometry.grid(level, image.width(), image.height());
                byte[] labels =
                        WindowLabels.of(grid, objects, Labelling.withDefaults()).labels();
                for (int w = 0; w < labels.length; w++) {
                    Box window = grid.box(w / grid.columns(), w % grid.columns());
                    if (objects.stream()
                            .anyMatch(object ->
                                    object.crowd() && object.box().intersection(window) >= 0.5 * window.area())) {
                        assertThat(labels[w]).isNotEqualTo(WindowLabels.NEGATIVE);
                        over++;
                    }
                }
            }
        }
        assertThat(over).isGreaterThan(1000);
    }

    private static List<GroundTruth> everyThirdACrowd(AnnotatedImage image) {
        List<GroundTruth> objects = new ArrayList<>();
        for (GroundTruth object : image.objects()) {
            boolean crowd = objects.size() % 3 == 0;
            objects.add(new GroundTruth(object.label(), object.box(), object.area(), false, crowd));
        }
        return objects;
    }

    private static Dataset read(String format, String path) {
        return DatasetSpec.parse(format + ":" + RealData.folder(path)).read().dataset();
    }
}

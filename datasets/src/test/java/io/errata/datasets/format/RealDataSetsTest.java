package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.RealData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RealDataSetsTest {

    @Test
    void findsTheTwoZeroAreaBoxesOfBccdAndNothingElseWrong() {
        Path bccd = RealData.folder("bccd_voc");
        Reading all = PascalVoc.inspect(bccd, null, ReadOptions.defaults());

        assertThat(all.problems()).extracting(Problem::kind).containsExactly("zero-area-box", "zero-area-box");
        assertThat(all.problems().get(0).file()).endsWith("BloodImage_00338.xml");
        assertThat(all.problems().get(1).file()).endsWith("BloodImage_00343.xml");
        assertThat(all.problems())
                .allSatisfy(problem -> assertThat(problem.line()).isGreaterThan(20));
        assertThat(all.dataset().images()).hasSize(364);
        // grep -ch '<name>RBC' Annotations/*.xml | paste -sd+ | bc: 4155 RBC, 372 WBC, 361 Platelets; both bad boxes
        // are RBC
        assertThat(counts(all.dataset())).isEqualTo(Map.of("RBC", 4153L, "WBC", 372L, "Platelets", 361L));
    }

    @Test
    void readsTheSplitsOfBccd() {
        Path bccd = RealData.folder("bccd_voc");
        Reading trainval = PascalVoc.inspect(bccd, "trainval", ReadOptions.defaults());
        Reading test = PascalVoc.inspect(bccd, "test", ReadOptions.defaults());

        assertThat(trainval.dataset().images()).hasSize(292);
        assertThat(test.dataset().images()).hasSize(72);
        assertThat(trainval.problems().size() + test.problems().size()).isEqualTo(2);
        assertThat(test.dataset().images().get(0).name()).isEqualTo("JPEGImages/BloodImage_00007.jpg");
        assertThat(test.dataset().images().get(0).source().read().width()).isEqualTo(640);
    }

    @Test
    void readsPicturesAndAnnotationsInSiblingFolders() {
        Dataset plates = PascalVoc.read(RealData.folder("licence_plates_voc_640"));

        assertThat(plates.images()).hasSize(534);
        assertThat(counts(plates)).isEqualTo(Map.of("license-plate", 652L));
    }

    @Test
    void readsTheListedImagesOfSeveralFolders() {
        Path plates = RealData.folder("licence_plates_voc_640");

        assertThat(listed(plates, "plates_train")).hasSize(148);
        assertThat(listed(plates, "plates_test")).hasSize(60);
    }

    private static List<AnnotatedImage> listed(Path plates, String list) {
        ImageNames names = ImageNames.readFrom(RealData.folder("splits/" + list + ".txt"));
        return PascalVoc.inspect(plates, null, ReadOptions.defaults().withNames(names))
                .orThrow()
                .images();
    }

    @Test
    void readsPicturesBesideTheirAnnotations() {
        Dataset cards = PascalVoc.read(RealData.folder("playing_cards_voc"));

        assertThat(cards.images()).hasSize(363);
        assertThat(cards.classes()).hasSize(6);
        assertThat(cards.objectCount()).isEqualTo(670);
    }

    @Test
    void readsCoco() {
        Path foosball = RealData.folder("foosball_coco");

        assertThat(counts(Coco.read(foosball.resolve("train/_annotations.coco.json")))
                        .values())
                .satisfies(n ->
                        assertThat(n.stream().mapToLong(Long::longValue).sum()).isEqualTo(2554));
        assertThat(Coco.read(foosball.resolve("valid/_annotations.coco.json")).images())
                .hasSize(21);
        Dataset test = Coco.read(foosball.resolve("test/_annotations.coco.json"), foosball.resolve("test"));
        assertThat(test.images()).hasSize(14);
        assertThat(test.objectCount()).isEqualTo(261);
        assertThat(test.classes()).containsExactly("ball", "hand", "figure");
    }

    @Test
    void readsCocoAnnotationsWithoutTheirImages() {
        Path json = RealData.folder("ap_cases/padilla_coco_bboxarea/gts/sampled_gts_bbox_area.json");
        Dataset dataset = Coco.inspect(json, null, ReadOptions.defaults().withoutOpeningImages())
                .orThrow();

        assertThat(dataset.images()).hasSize(100);
        assertThat(dataset.objectCount()).isEqualTo(830);
        assertThat(dataset.classes()).hasSize(80);
    }

    @Test
    void readsEmptyYoloLabelFilesAsBackground() {
        Path yaml = RealData.folder("thermal_cheetah_yolo/data.yaml");
        Dataset all = Yolo.read(yaml);
        ImageNames names = ImageNames.readFrom(RealData.folder("splits/cheetah_train.txt"));
        Dataset train = Yolo.inspect(yaml, null, ReadOptions.defaults().withNames(names))
                .orThrow();

        assertThat(all.images()).hasSize(129);
        assertThat(counts(all)).isEqualTo(Map.of("cheetah", 186L, "human", 45L));
        assertThat(all.images().stream().filter(image -> image.objects().isEmpty()))
                .hasSize(3);
        assertThat(train.images()).hasSize(94);
        assertThat(all.images().get(0).source().read().rgb()).hasSize(3 * 640 * 640);
    }

    private static Map<String, Long> counts(Dataset dataset) {
        return dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .collect(Collectors.groupingBy(GroundTruth::label, Collectors.counting()));
    }
}

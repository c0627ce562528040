package io.errata.datasets.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.problem.Problem;
import io.errata.datasets.RealData;
import io.errata.datasets.format.DatasetSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Known faults of data sets as they were published. */
class RealValidationTest {

    @Test
    void findsTheTwoBoxesWithoutAreaAmongTheBloodCellsAndTwoPicturesOfOneField() {
        Validation validation = validate("voc:" + RealData.folder("bccd_voc"));

        assertThat(files(validation, "zero-area-box")).containsExactly("BloodImage_00338.xml", "BloodImage_00343.xml");
        assertThat(files(validation, "near-duplicate")).containsExactly("BloodImage_00037.jpg"); // of 00038
        assertThat(validation.problems()).hasSize(3);
        assertThat(validation.images()).isEqualTo(364);
        assertThat(validation.classes()).isEqualTo(Map.of("RBC", 4153, "WBC", 372, "Platelets", 361));
    }

    @Test
    void findsVideosOfCheetahsInSeveralSplitsButNothingWrongWithImagesOfBackground() {
        Validation validation = validate("yolo:" + RealData.folder("thermal_cheetah_yolo/data.yaml"));

        assertThat(validation.images()).isEqualTo(129);
        assertThat(validation.problems()).allMatch(problem -> problem.kind().equals("near-duplicate"));
        assertThat(byKey(validation).keySet()).containsExactly("train → test", "train → val", "val → test");
        assertThat(byKey(validation).get("train → val")).isGreaterThanOrEqualTo(5);
        assertThat(sequences(validation)).as("most are of the same video").isGreaterThan(0.7);
    }

    @Test
    void findsNeighbouringFramesOfPlatesInBothSplitsAndABlackFrameTwice() {
        Validation validation = validate("voc:" + RealData.folder("licence_plates_voc_640"));

        assertThat(files(validation, "duplicate-image")).hasSize(1);
        assertThat(byKey(validation)).containsOnlyKeys("train → valid");
        assertThat(byKey(validation).get("train → valid")).isGreaterThanOrEqualTo(10);
        assertThat(sequences(validation)).isGreaterThan(0.9);
    }

    @Test
    void findsNothingWrongWithPlayingCardsAndFaces() {
        assertThat(validate("voc:" + RealData.folder("playing_cards_voc")).problems())
                .isEmpty();
        assertThat(validate("dlib:" + RealData.folder("faces_dlib_xml/training.xml"))
                        .problems())
                .isEmpty();
    }

    private static Map<String, Long> byKey(Validation validation) {
        return validation.problems().stream()
                .filter(problem -> problem.kind().equals("near-duplicate"))
                .collect(Collectors.groupingBy(
                        problem -> String.valueOf(problem.key()), TreeMap::new, Collectors.counting()));
    }

    /** Which fraction of the near duplicates has the name of its video in common with what it was found near. */
    private static double sequences(Validation validation) {
        List<Problem> near = validation.problems().stream()
                .filter(problem -> problem.kind().equals("near-duplicate"))
                .toList();
        long same = near.stream()
                .filter(problem -> problem.problem().contains("/" + video(problem)))
                .count();
        return same / (double) near.size();
    }

    private static String video(Problem problem) {
        String file = String.valueOf(problem.file());
        return file.substring(file.lastIndexOf('/') + 1)
                .replaceFirst("(_mov-|_t_|\\d\\d_jpeg).*", "$1")
                .replaceFirst("\\d\\d_jpeg", "");
    }

    private static List<String> files(Validation validation, String kind) {
        return validation.problems().stream()
                .filter(problem -> problem.kind().equals(kind))
                .map(Problem::file)
                .map(file -> file.substring(file.lastIndexOf('/') + 1))
                .toList();
    }

    private static Validation validate(String spec) {
        return DatasetValidator.read(List.of(DatasetSpec.parse(spec)), List.of())
                .examine(() -> {});
    }
}

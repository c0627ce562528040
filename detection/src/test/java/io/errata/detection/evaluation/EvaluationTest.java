package io.errata.detection.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.detection.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

    private static final Box A = new Box(0, 0, 10, 10);
    private static final Box FAR = new Box(500, 500, 510, 510);

    @Test
    void averagesOverThresholds() {
        // IoU 0.8 exactly: found at .50 to .80, seven of ten thresholds
        Evaluation evaluation = Cases.ofOneClass(1)
                .truth(0, A)
                .found(0, 0.9, new Box(0, 0, 10, 8))
                .evaluate();
        assertThat(evaluation.ap()).isCloseTo(0.7, within(1e-15));
        assertThat(evaluation.ar100()).isCloseTo(0.7, within(1e-15));
        assertThat(evaluation.ap50()).isOne();
        assertThat(evaluation.ap75()).isOne();
    }

    @Test
    void takesAnObjectThatCountsBeforeAnIgnoredOneOfHigherIoU() {
        Evaluation evaluation = Cases.ofOneClass(1)
                .difficult(0, new Box(0, 0, 10, 8))
                .truth(0, A)
                .found(0, 0.9, new Box(0, 0, 10, 8))
                .evaluate();
        assertThat(evaluation.ap50()).isOne();
        assertThat(evaluation.ap()).isCloseTo(0.7, within(1e-15));
    }

    @Test
    void matchesCrowdsManyTimesByTheShareOfTheDetectionInside() {
        Evaluation evaluation = Cases.ofOneClass(1)
                .crowd(0, new Box(0, 0, 100, 100))
                .truth(0, FAR)
                .found(0, 0.9, A)
                .found(0, 0.8, new Box(90, 0, 110, 10)) // half inside
                .found(0, 0.7, FAR)
                .evaluate();
        assertThat(evaluation.ap50()).isOne();
        assertThat(evaluation.ofClass("cell").groundTruths()).isOne();
    }

    @Test
    void matchesDifficultObjectsOnce() {
        Evaluation evaluation = Cases.ofOneClass(1)
                .difficult(0, A)
                .truth(0, FAR)
                .found(0, 0.9, A)
                .found(0, 0.8, A)
                .found(0, 0.7, FAR)
                .evaluate();
        assertThat(evaluation.ap50()).isEqualTo(0.5);
    }

    @Test
    void takesTheLastOfObjectsOfEqualIoU() {
        // IoU 75/125 with both; if it takes A, the second detection finds only IoU 50/150.
        Box b = new Box(5, 0, 15, 10);
        Cases last = Cases.ofOneClass(1).truth(0, A).truth(0, b);
        Cases first = Cases.ofOneClass(1).truth(0, b).truth(0, A);
        for (Cases cases : List.of(last, first)) {
            cases.found(0, 0.9, new Box(2.5, 0, 12.5, 10)).found(0, 0.8, A);
        }
        assertThat(last.evaluate().ap50()).isOne();
        assertThat(first.evaluate().ap50()).isCloseTo(51 / 101.0, within(1e-15));
    }

    @Test
    void ordersEqualScoresByImage() {
        Cases falseFirst = Cases.ofOneClass(2).truth(1, A).found(0, 0.0, A).found(1, -0.0, A);
        Cases trueFirst = Cases.ofOneClass(2).truth(0, A).found(0, -0.0, A).found(1, 0.0, A);
        assertThat(falseFirst.evaluate().ap50()).isEqualTo(0.5);
        assertThat(trueFirst.evaluate().ap50()).isOne();
    }

    @Test
    void judgesSizeByTheAnnotatedAreaAndUnmatchedDetectionsByTheirBox() {
        Evaluation evaluation = Cases.ofOneClass(1)
                .truth(0, new GroundTruth("cell", new Box(0, 0, 40, 40), 1024, false, false))
                .found(0, 0.9, new Box(300, 300, 600, 600))
                .found(0, 0.8, new Box(0, 0, 40, 40))
                .evaluate();
        assertThat(evaluation.ap50()).isEqualTo(0.5);
        assertThat(evaluation.apSmall()).isOne(); // 32² is small and medium
        assertThat(evaluation.apMedium()).isOne();
        assertThat(evaluation.arSmall()).isOne();
        assertThat(evaluation.arMedium()).isOne();
        assertThat(evaluation.apLarge()).isNaN();
        assertThat(evaluation.arLarge()).isNaN();
        assertThat(evaluation.ar1()).isZero();
        assertThat(evaluation.ar10()).isOne();
    }

    @Test
    void countsOnlyTheHundredBestOfAnImage() {
        Cases cases = Cases.ofOneClass(2).truth(0, A).truth(1, A);
        for (int i = 0; i < 100; i++) {
            cases.found(0, 0.9, FAR);
        }
        cases.found(0, 0.8, A).found(1, 0.1, A);
        ClassEvaluation cell = cases.evaluate().ofClass("cell");
        assertThat(cell.ar100()).isEqualTo(0.5);
        assertThat(cell.curve().size()).isEqualTo(101);
    }

    @Test
    void countsFalsePositivesOverImagesWithoutObjectsToo() {
        Evaluation evaluation = Cases.ofOneClass(4)
                .truth(0, A)
                .found(3, 0.9, A)
                .found(0, 0.8, A)
                .evaluate();
        DetectionCurve curve = evaluation.ofClass("cell").curve();
        assertThat(curve.falsePositivesPerImageAt(1)).hasValue(0.25);
        // Missed below 0.25 an image, that is at the references 10^-2 … 10^-0.75; found at the three above
        assertThat(evaluation.lamr()).isCloseTo(Math.pow(1e-10, 3 / 9.0), within(1e-12));
        assertThat(evaluation.lamrReliable()).isFalse();
    }

    @Test
    void writesTheContractsFieldsInOrderAndNullWithoutGroundTruth() {
        JsonNode json = new Cases(List.of("cat", "dog", "cow"), 2)
                .truth(0, A)
                .truth(1, new GroundTruth("cow", A, 100, false, false))
                .found(1, 0.9, FAR) // three false positives on two images come first: every reference misses all
                .found(1, 0.9, FAR)
                .found(1, 0.9, FAR)
                .found(0, 0.8, A)
                .found(0, new Detection("dog", 0.5, A))
                .evaluate()
                .toJson();
        assertThat(json).hasToString("""
                {"images":2,"ap":0.125,"ap50":0.125,"ap75":0.125,"ap_small":0.125,"ap_medium":null,"ap_large":null,\
                "ar1":0.5,"ar10":0.5,"ar100":0.5,"ar_small":0.5,"ar_medium":null,"ar_large":null,\
                "lamr":1.0,"lamr_reliable":true,"per_class":{\
                "cat":{"ap":0.25,"ap50":0.25,"lamr":1.0,"lamr_reliable":true,"ground_truths":1},\
                "dog":{"ap":null,"ap50":null,"lamr":null,"lamr_reliable":false,"ground_truths":0},\
                "cow":{"ap":0.0,"ap50":0.0,"lamr":1.0,"lamr_reliable":true,"ground_truths":1}}}""");
    }

    @Test
    void isNaNOnAnEmptyDataset() {
        Evaluation evaluation = Cases.ofOneClass(0).evaluate();
        assertThat(evaluation.images()).isZero();
        assertThat(evaluation.ap()).isNaN();
        assertThat(evaluation.lamr()).isNaN();
        assertThat(evaluation.lamrReliable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesNumbersThatAreNotFinite(double number) {
        Cases score = Cases.ofOneClass(1).found(0, number, A);
        Cases box = Cases.ofOneClass(1).found(0, 0.5, new Box(0, 0, number, 1));
        Cases area = Cases.ofOneClass(1).truth(0, new GroundTruth("cell", A, number, false, false));
        for (Cases cases : List.of(score, box, area)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(cases::evaluate)
                    .withMessageContaining("must be finite, found ")
                    .withMessageEndingWith(" on image0");
        }
    }

    @Test
    void refusesToTellOfAClassItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cases.ofOneClass(1).evaluate().ofClass("cat"))
                .withMessage("label must be one of the classes [cell], found cat");
    }

    @Test
    void refusesUnknownLabelsAndListsOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cases.ofOneClass(1)
                        .found(0, new Detection("cat", 0.5, A))
                        .evaluate())
                .withMessage("label of a detection on image0 must be one of the classes [cell], found cat");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(Cases.ofOneClass(2).dataset(), List.of()))
                .withMessage("detections must hold one list for each of the 2 images, found 0");
    }
}

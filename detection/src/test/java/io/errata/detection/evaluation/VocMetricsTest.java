package io.errata.detection.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.detection.Detection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VocMetricsTest {

    private static final Box A = new Box(0, 0, 10, 10);
    private static final Box FAR = new Box(500, 500, 510, 510);

    private static double map(VocMetrics metrics, Cases cases) {
        return metrics.map(cases.dataset(), cases.detections());
    }

    @Test
    void countsADetectionAsFalseIfItsBestObjectIsTaken() {
        // The second detection has IoU 90/110 with A and 70/130 with the other object, which is free.
        Cases cases = Cases.ofOneClass(1)
                .truth(0, A)
                .truth(0, new Box(0, 4, 10, 14))
                .found(0, 0.9, A)
                .found(0, 0.8, new Box(0, 1, 10, 11));
        assertThat(map(VocMetrics.voc10(), cases)).isEqualTo(0.5);
        assertThat(map(VocMetrics.voc07(), cases)).isCloseTo(6 / 11.0, within(1e-15));
        assertThat(cases.evaluate().ap50()).isEqualTo(1); // COCO gives it the free one
    }

    @Test
    void leavesDifficultAndCrowdObjectsOutBothWays() {
        Cases cases = Cases.ofOneClass(2)
                .difficult(0, A)
                .crowd(1, A)
                .truth(0, FAR)
                .found(0, 0.9, A)
                .found(0, 0.8, A)
                .found(1, 0.7, A)
                .found(0, 0.6, FAR);
        assertThat(map(VocMetrics.voc10(), cases)).isEqualTo(1);
    }

    @Test
    void takesAnIoUOnTheThreshold() {
        Cases cases = Cases.ofOneClass(1).truth(0, A).found(0, 0.9, new Box(0, 0, 10, 5));
        assertThat(map(VocMetrics.voc10(), cases)).isEqualTo(1);
        assertThat(map(VocMetrics.voc10().withIou(0.51), cases)).isZero();
    }

    @Test
    void addsOnePixelOnlyWhereAsked() {
        // Continuous 36 / 126 = 0.286; with the last pixels 50 / 150 = 0.333.
        Cases cases = Cases.ofOneClass(1).truth(0, new Box(0, 0, 9, 9)).found(0, 0.9, new Box(5, 0, 14, 9));
        assertThat(map(VocMetrics.voc10().withIou(0.3), cases)).isZero();
        assertThat(map(VocMetrics.voc10().withIou(0.3).withInclusivePixels(), cases))
                .isEqualTo(1);
    }

    @Test
    void leavesClassesWithoutGroundTruthOutOfTheMean() {
        Cases cases = new Cases(List.of("cat", "dog", "cow"), 1)
                .truth(0, A)
                .found(0, 0.9, A)
                .found(0, new Detection("dog", 0.9, A));
        assertThat(VocMetrics.voc07().averagePrecisions(cases.dataset(), cases.detections()))
                .containsExactly(Map.entry("cat", 1.0), Map.entry("dog", Double.NaN), Map.entry("cow", Double.NaN));
        assertThat(map(VocMetrics.voc07(), cases)).isOne();
        assertThat(map(VocMetrics.voc07(), Cases.ofOneClass(1))).isNaN();
    }

    @Test
    void refusesAnIoUOutsideItsRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VocMetrics.voc07().withIou(0))
                .withMessage("iou must be in (0, 1], found 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> VocMetrics.voc07().withIou(Double.NaN));
    }
}

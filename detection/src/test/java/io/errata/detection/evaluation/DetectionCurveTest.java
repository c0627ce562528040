package io.errata.detection.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Log-average miss rates were computed by
 *
 * <pre>
 * def lamr(correct, n, images):
 *     tp = np.cumsum(correct); fp = np.cumsum(~correct)
 *     fppi = np.insert(fp / images, 0, -1); miss = np.insert(1 - tp / n, 0, 1)
 *     at = [miss[np.where(fppi &lt;= r)[0][-1]] for r in np.logspace(-2, 0, 9)]
 *     return np.exp(np.mean(np.log(np.maximum(1e-10, at))))
 * </pre>
 */
class DetectionCurveTest {

    /** Precisions 1, 1/2, 2/3, 1/2, 3/5; recalls 1/4, 1/4, 2/4, 2/4, 3/4. */
    private static final DetectionCurve FIVE = curve(4, 4, true, false, true, false, true);

    private static DetectionCurve curve(int groundTruths, int images, boolean... correct) {
        double[] scores = new double[correct.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 1.0 / (i + 1);
        }
        return DetectionCurve.of(scores, correct, groundTruths, images);
    }

    @Test
    void averagesInterpolatedPrecisionAtTheRecallsOfEachMetric() {
        // 26 recalls of 101 up to .25 at precision 1, 25 up to .50 at 2/3, 25 up to .75 at 3/5
        assertThat(FIVE.averagePrecision()).isCloseTo((26 + 25 * 2 / 3.0 + 25 * 0.6) / 101, within(1e-15));
        assertThat(FIVE.elevenPointAveragePrecision()).isCloseTo((3 + 3 * 2 / 3.0 + 2 * 0.6) / 11, within(1e-15));
        assertThat(FIVE.areaUnderEnvelope()).isCloseTo((1 + 2 / 3.0 + 0.6) / 4, within(1e-15));
    }

    @Test
    void reachesElevenPointRecallsExactly() {
        assertThat(curve(10, 1, true, true, true).elevenPointAveragePrecision()).isEqualTo(4 / 11.0);
    }

    @Test
    void readsMissRatesAtReferences() {
        // python: lamr(np.array([1, 0, 1, 0, 1], bool), 4, 4)
        assertThat(FIVE.logAverageMissRate()).isCloseTo(0.5616536976998874, within(1e-12));
        // python: lamr(np.arange(60) % 3 != 1, 50, 25)
        boolean[] sixty = new boolean[60];
        for (int i = 0; i < sixty.length; i++) {
            sixty[i] = i % 3 != 1;
        }
        assertThat(curve(50, 25, sixty).logAverageMissRate()).isCloseTo(0.6961347403667796, within(1e-12));
    }

    @Test
    void countsAnOperatingPointThatLiesOnAReference() {
        // One false positive in a hundred images is 0.01, the first reference.
        assertThat(curve(4, 100, false, true, true).logAverageMissRate()).isCloseTo(0.5, within(1e-15));
        // Two of them leave it without a detection: missed are 1, 1 and then 3/4.
        double expected = Math.pow(0.75, 7 / 9.0);
        assertThat(curve(4, 100, false, false, true).logAverageMissRate()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void clampsWhereNothingIsMissedAndSaysSo() {
        DetectionCurve perfect = curve(2, 3, true, true);
        assertThat(perfect.logAverageMissRate()).isCloseTo(1e-10, within(1e-20));
        assertThat(perfect.hasReliableMissRate()).isFalse();
        assertThat(FIVE.hasReliableMissRate()).isTrue();
        // The last object is found only beyond one false positive an image.
        assertThat(curve(2, 1, true, false, false, true).hasReliableMissRate()).isTrue();
    }

    @Test
    void tellsThePriceOfARecall() {
        assertThat(FIVE.falsePositivesPerImageAt(0)).hasValue(0);
        assertThat(FIVE.falsePositivesPerImageAt(0.25)).hasValue(0);
        assertThat(FIVE.falsePositivesPerImageAt(0.5)).hasValue(0.25);
        assertThat(FIVE.falsePositivesPerImageAt(0.75)).hasValue(0.5);
        assertThat(FIVE.falsePositivesPerImageAt(0.76)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FIVE.falsePositivesPerImageAt(Double.NaN))
                .withMessage("recall must be in [0, 1], found NaN");
    }

    @Test
    void givesEachPoint() {
        assertThat(FIVE.size()).isEqualTo(5);
        assertThat(FIVE.score(1)).isEqualTo(0.5);
        assertThat(FIVE.precision(2)).isEqualTo(2 / 3.0);
        assertThat(FIVE.recall(2)).isEqualTo(0.5);
        assertThat(FIVE.missRate(4)).isEqualTo(0.25);
        assertThat(FIVE.falsePositivesPerImage(4)).isEqualTo(0.5);
        assertThat(FIVE.finalRecall()).isEqualTo(0.75);
    }

    @Test
    void isZeroWithoutDetectionsAndNaNWithoutGroundTruth() {
        DetectionCurve nothingFound = curve(3, 2);
        assertThat(nothingFound.averagePrecision()).isZero();
        assertThat(nothingFound.elevenPointAveragePrecision()).isZero();
        assertThat(nothingFound.areaUnderEnvelope()).isZero();
        assertThat(nothingFound.finalRecall()).isZero();
        assertThat(nothingFound.logAverageMissRate()).isOne();
        assertThat(nothingFound.hasReliableMissRate()).isTrue();
        DetectionCurve nothingToFind = curve(0, 2, false);
        assertThat(nothingToFind.averagePrecision()).isNaN();
        assertThat(nothingToFind.elevenPointAveragePrecision()).isNaN();
        assertThat(nothingToFind.areaUnderEnvelope()).isNaN();
        assertThat(nothingToFind.finalRecall()).isNaN();
        assertThat(nothingToFind.logAverageMissRate()).isNaN();
        assertThat(nothingToFind.hasReliableMissRate()).isFalse();
        assertThat(nothingToFind.falsePositivesPerImageAt(0)).isEmpty();
    }

    @Test
    void refusesWhatIsNoCurve() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DetectionCurve.of(new double[] {0.1, 0.2}, new boolean[2], 1, 1))
                .withMessage("scores must fall, found 0.2 at index 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DetectionCurve.of(new double[1], new boolean[2], 1, 1))
                .withMessageContaining("found 1 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curve(1, 1, true, true))
                .withMessage("groundTruths must be >= the 2 true positives, found 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> curve(1, 0, true))
                .withMessage("images must be > 0 where there are detections, found 0");
    }
}

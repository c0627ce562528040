package io.errata.core.loss;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.errata.core.problem.InvalidArgumentException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses that look at the batch, at overlap or at boxes: what they promise beyond the numbers of the fixtures. */
class BatchLossTest {

    private static final BinaryCrossEntropy BCE = BinaryCrossEntropy.create();

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    static Stream<BinaryOperator<NDArray>> smoothLosses() {
        DiceLoss dice = DiceLoss.of(0.5);
        return Stream.<ClassificationLoss>of(
                        GhmClassification.of(4),
                        dice,
                        dice.perRow(),
                        dice.overSoftmax(),
                        dice.overSoftmax().perRow().withSquares(),
                        SelfAdjustingDiceLoss.of(1.5, 0.2))
                .map(loss -> (x, y) -> loss.perElement(x.reshape(3, 4), y.reshape(3, 4)));
    }

    @ParameterizedTest
    @MethodSource("smoothLosses")
    void gradientsAreFiniteDifferences(BinaryOperator<NDArray> loss) {
        assertGradient(
                loss,
                new Random(4).doubles(12, -3, 3).toArray(),
                new Random(5).doubles(12).toArray());
    }

    @Test
    void gradientsOfRegressionAreFiniteDifferences() {
        double[] offsets = new Random(6).doubles(12, -1, 1).toArray();
        double[] boxes = {0, 0, 4, 5, 3, 1, 6, 9, 1, 2, 3, 4};
        double[] truth = {1, -1, 5, 3, 20, 20, 24, 31, 0.5, 1.5, 4, 6};

        assertGradient(GhmRegression.of(4, 0.3)::perElement, offsets, new double[12]);
        assertGradient(
                (x, y) -> GeneralizedIouLoss.create().perElement(x.reshape(3, 4), y.reshape(3, 4)), boxes, truth);
    }

    @Test
    void oneBinOfGradientsIsCrossEntropy() {
        double[] x = {-3, -1, 0.5, 2, 4};
        double[] y = {0, 1, 0, 1, 1};

        assertThat(Probe.of(GhmClassification.of(1)::perElement, x, y).values())
                .containsExactly(Probe.of(BCE::perElement, x, y).values(), within(1e-12));
    }

    /** 90 easy negatives and 10 hard ones, of gradient norm 0.018 and 0.982: each group gets half of the weight. */
    @Test
    void easyAndHardShareTheWeightEvenly() {
        double[] x = DoubleStream.concat(
                        DoubleStream.generate(() -> -4).limit(90),
                        DoubleStream.generate(() -> 4).limit(10))
                .toArray();

        double[] gradient = Probe.of(GhmClassification.of(10)::perElement, x, new double[100])
                .gradient();

        double p = 1 / (1 + Math.exp(4));
        assertThat(gradient[0]).isEqualTo(100 / (90 * 2.0) * p, within(1e-12));
        assertThat(gradient[99]).isEqualTo(100 / (10 * 2.0) * (1 - p), within(1e-12));
    }

    /** y = 1 at x = 0 has norm ½, the lower edge of the second of two bins; norm 1 is in the last. */
    @Test
    void aBinHoldsItsLowerEdgeAndTheLastOneHoldsOne() {
        GhmClassification ghm = GhmClassification.of(2).withMomentum(0.5);

        ghm.perElement(array(0, 1e4f, -1e4f, -1), array(1, 0, 0, 0));

        assertThat(ghm.counts()).containsExactly(1, 1);
        ghm.close();
    }

    @Test
    void whatIsMaskedIsNotCounted() {
        NDArray logits = array(-4, -3.9f, 3, 4, 50);
        NDArray targets = array(0, 0, 0, 1, 0);
        NDArray mask = array(1, 1, 1, 0, 0);
        GhmClassification ghm = GhmClassification.of(10);

        NDArray masked = ghm.perElement(logits, targets, mask);
        NDArray alone = ghm.perElement(logits.get("0:3"), targets.get("0:3"));

        assertThat(masked.get("0:3").toFloatArray()).containsExactly(alone.toFloatArray(), within(1e-6f));
        assertThat(masked.get("3:5").toFloatArray()).containsOnly(0);
        assertThat(Reduction.MEAN.of(ghm, logits, targets, mask).getFloat())
                .isEqualTo(ghm.mean(logits.get("0:3"), targets.get("0:3")).getFloat(), within(1e-6f));
    }

    /** Two bins; counts start at 0. Step 1: 3 and 1 elements; step 2: 4 and none. */
    @Test
    void momentumMovesTheCountsOfBinsThatAreFilled() {
        try (GhmClassification ghm = GhmClassification.of(2).withMomentum(0.75)) {
            NDArray targets = array(0, 0, 0, 0);

            ghm.sum(array(-1, -2, -3, 1), targets);
            assertThat(ghm.counts()).containsExactly(0.75f, 0.25f);
            ghm.sum(array(-1, -2, -3, -4), targets);
            assertThat(ghm.counts()).containsExactly(0.75f * 0.75f + 1, 0.25f);
        }
    }

    @Test
    void frozenLooksAtTheCountsAndLeavesThem() {
        try (GhmClassification ghm = GhmClassification.of(2).withMomentum(0.75)) {
            NDArray logits = array(-1, -2, -3, 1);
            NDArray targets = array(0, 0, 0, 0);
            ghm.sum(logits, targets);
            float[] before = ghm.counts();

            float looked = ghm.checked().frozen().sum(logits, targets).getFloat();

            assertThat(ghm.counts()).containsExactly(before);
            assertThat(looked).isEqualTo(ghm.sum(logits, targets).getFloat());
        }
    }

    @Test
    void aResumedRunGoesOnWithTheSameNumbers() {
        NDArray logits = manager.randomNormal(new Shape(64, 3));
        NDArray targets = logits.gt(1).toType(DataType.FLOAT32, false);
        try (GhmClassification straight = GhmClassification.of(10).withMomentum(0.9);
                GhmClassification resumed = GhmClassification.of(10).withMomentum(0.9);
                GhmRegression boxes = GhmRegression.of(5, 0.1).withMomentum(0.9)) {
            straight.sum(logits, targets);
            straight.sum(logits.add(1), targets);
            resumed.restore(straight.counts());
            straight.close(); // and goes on, from what it kept

            assertThat(resumed.perElement(logits, targets).toFloatArray())
                    .containsExactly(straight.perElement(logits, targets).toFloatArray());
            assertThat(resumed.counts()).containsExactly(straight.counts());

            boxes.sum(logits, targets);
            float[] kept = boxes.counts();
            boxes.restore(kept);
            assertThat(boxes.counts()).containsExactly(kept).isNotEqualTo(new float[5]);
        }
    }

    @Test
    void aBatchWithANaNLeavesTheCountsAlone() {
        try (GhmClassification ghm = GhmClassification.of(2).withMomentum(0.5)) {
            NDArray targets = array(0, 0);
            ghm.sum(array(-1, 1), targets);

            assertThat(ghm.sum(array(Float.NaN, 1), targets).getFloat()).isNaN();
            assertThat(ghm.counts()).containsExactly(0.5f, 0.5f);
        }
    }

    @Test
    void aThousandStepsKeepOneArray() {
        try (GradientDensity density = new GradientDensity(10, 0.9)) {
            for (int i = 0; i < 1000; i++) {
                try (NDManager step = manager.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    NDArray x = step.ones(new Shape(32));
                    x.setRequiresGradient(true);
                    collector.backward(
                            x.mul(density.weights(x.stopGradient(), null, true)).sum());
                }
            }
            BaseNDManager owner = (BaseNDManager) requireNonNull(density.owner);
            assertThat(owner.getManagedArrays()).hasSize(1);
        }
        assertThat(((BaseNDManager) manager).getManagedArrays()).isEmpty();
    }

    @Test
    void nothingTrueAndNothingPredictedIsNoLoss() {
        for (double smoothing : new double[] {0, 1}) {
            for (ClassificationLoss loss : Arrays.asList(
                    DiceLoss.of(smoothing),
                    DiceLoss.of(smoothing).withSquares(),
                    SelfAdjustingDiceLoss.of(1, smoothing))) {
                Probe probe = Probe.of(loss::perElement, new double[] {-1e4, -1e4}, new double[2]);

                assertThat(probe.values()).containsOnly(0);
                assertThat(probe.gradient()).containsOnly(0);
            }
        }
    }

    @Test
    void diceIsNeverNegative() {
        double[] x = new Random(7).doubles(4000, -20, 20).toArray();
        double[] y = new Random(8)
                .doubles(4000)
                .map(v -> v < 0.3 ? 0 : v > 0.7 ? 1 : v)
                .toArray();
        for (ClassificationLoss loss : Arrays.asList(
                SelfAdjustingDiceLoss.of(0, 0),
                SelfAdjustingDiceLoss.of(1, 0),
                SelfAdjustingDiceLoss.of(0.3, 1),
                DiceLoss.of(0).perRow())) {
            Probe probe = Probe.of(
                    (logits, targets) -> loss.perElement(logits.reshape(2000, 2), targets.reshape(2000, 2)),
                    x,
                    y,
                    DataType.FLOAT32,
                    () -> {});

            assertThat(Arrays.stream(probe.values()).allMatch(v -> v >= 0 && v <= 1.000001))
                    .isTrue();
        }
    }

    @Test
    void diceHasALossForEachClassOrEachRow() {
        NDArray logits = manager.zeros(new Shape(5, 4, 3));

        assertThat(DiceLoss.of(1).perElement(logits, logits).getShape()).isEqualTo(new Shape(1, 1, 3));
        assertThat(DiceLoss.of(1).perRow().perElement(logits, logits).getShape())
                .isEqualTo(new Shape(5, 4, 1));
        assertThat(DiceLoss.of(1).perElement(array(1, 2), array(0, 1)).getShape())
                .isEqualTo(new Shape(1));
    }

    /** All 512 labels of every row are classified; rows without a positive are pushed down as much as others. */
    @Test
    void rowsWithoutPositivesAreLearnt() {
        double[] targets = new double[2 * 512];
        for (int label : new int[] {3, 77, 200, 201, 511}) {
            targets[label] = 1;
        }

        double[] gradient = Probe.of(BCE.withPositiveWeight(100)::perElement, new double[2 * 512], targets)
                .gradient();

        assertThat(gradient[3]).isEqualTo(-50);
        assertThat(Arrays.copyOfRange(gradient, 512, 1024)).containsOnly(0.5);
    }

    @Test
    void refusesBoxesOfAnotherShape() {
        NDArray flat = array(1, 2, 3, 4);

        assertRefused(() -> GeneralizedIouLoss.create().sum(flat, flat), "boxes must be [N, 4], found (4)");
        assertRefused(
                () -> GeneralizedIouLoss.create().sum(flat.reshape(1, 4), flat.reshape(1, 4), flat),
                "weights must broadcast to (1), found (4)");
        assertRefused(
                () -> SmoothL1.of(1).sum(flat, flat, flat.reshape(4, 1)),
                "weights must broadcast to (4), found (4, 1)");
        assertRefused(
                () -> GhmClassification.of(3).sum(flat, flat, flat.reshape(4, 1)),
                "weights must broadcast to (4), found (4, 1)");
        assertRefused(() -> DiceLoss.of(3).sum(flat, flat, array(1, 2, 3)), "weights must broadcast to (4), found (3)");
    }

    @Test
    void namesTheSettingTheRuleAndTheValueFound() {
        assertRefused(() -> GhmClassification.of(0), "bins must be >= 1, found 0");
        assertRefused(() -> GhmRegression.of(-1, 0.02), "bins must be >= 1, found -1");
        assertRefused(() -> GhmRegression.of(10, 0), "mu must be > 0 and finite, found 0.0");
        assertRefused(() -> GhmClassification.of(10).withMomentum(1), "momentum must be in [0, 1), found 1.0");
        assertRefused(() -> GhmRegression.of(10, 1).withMomentum(Double.NaN), "momentum must be in [0, 1), found NaN");
        assertRefused(() -> GhmClassification.of(3).restore(1, 2), "counts must be one a bin, 3, found 2");
        assertRefused(() -> GhmClassification.of(2).restore(1, -2), "counts must be >= 0 and finite, found -2.0");
        assertRefused(() -> DiceLoss.of(-1), "smoothing must be >= 0 and finite, found -1.0");
        assertRefused(() -> SelfAdjustingDiceLoss.of(1, Double.NaN), "smoothing must be >= 0 and finite, found NaN");
        assertRefused(() -> SelfAdjustingDiceLoss.of(-0.1, 1), "alpha must be >= 0 and finite, found -0.1");
    }

    @Test
    void saysWhatItIs() {
        assertThat(GhmClassification.of(10).withMomentum(0.75))
                .hasToString("GhmClassification[bins=10, momentum=0.75]");
        assertThat(GhmRegression.of(10, 0.02)).hasToString("GhmRegression[bins=10, mu=0.02, momentum=0.0]");
        assertThat(DiceLoss.of(1).overSoftmax().perRow().withSquares())
                .hasToString("DiceLoss[smoothing=1.0, softmax, per row, squares]");
        assertThat(SelfAdjustingDiceLoss.of(1, 1)).hasToString("SelfAdjustingDiceLoss[alpha=1.0, smoothing=1.0]");
        assertThat(GeneralizedIouLoss.create()).hasToString("GeneralizedIouLoss");
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
    }

    /** No bin of gradient norms is left within the step, so weights that carry no gradient stay what they are. */
    private static void assertGradient(BinaryOperator<NDArray> loss, double[] x, double[] y) {
        double[] gradient = Probe.of(loss, x, y).gradient();
        double step = 1e-6;
        for (int i = 0; i < x.length; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += step;
            down[i] -= step;
            double rise = Arrays.stream(Probe.of(loss, up, y).values()).sum()
                    - Arrays.stream(Probe.of(loss, down, y).values()).sum();
            assertThat(gradient[i]).isEqualTo(rise / (2 * step), within(1e-7));
        }
    }

    private NDArray array(float... values) {
        return manager.create(values);
    }
}

package io.errata.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidArgumentException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationLossTest {

    private static final ClassificationLoss BCE = BinaryCrossEntropy.create();

    /** BCE of logit 0 is ln 2 whatever the label. */
    private static final float LN2 = 0.6931472f;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void focalLossWithNeitherAlphaNorGammaIsCrossEntropyToTheLastBit() {
        double[] x = {-1e4, -17.3, -0.1, 0, 0.2, 5, 1e4, 3};
        double[] y = {0, 1, 0, 1, 0.3, 1, 0, 0.5};

        Probe focal = Probe.of(FocalLoss.withoutAlpha(0)::perElement, x, y);
        Probe bce = Probe.of(BCE::perElement, x, y);

        assertThat(focal.values()).containsExactly(bce.values());
        assertThat(focal.gradient()).containsExactly(bce.gradient());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.5, 0.999, 1, 1.001, 2, 7.5})
    void focalLossIsFiniteAndPushesTheRightWayAtExtremeLogits(double gamma) {
        double[] x = {1e4, -1e4, 1e4, -1e4, 120, -120, 90, -90};
        double[] y = {1, 0, 0, 1, 1, 0, 1, 0};
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            Probe probe = Probe.of(FocalLoss.withoutAlpha(gamma)::perElement, x, y, type, () -> {});

            assertThat(probe.values()).containsExactly(new double[] {0, 0, 1e4, 1e4, 0, 0, 0, 0}, within(1e-3));
            assertThat(probe.gradient()).containsExactly(new double[] {0, 0, 1, -1, 0, 0, 0, 0}, within(1e-6));
        }
    }

    @Test
    void rightAnswersKeepTheirDigitsInSinglePrecision() {
        // −log σ(30) = log(1 + e^−30) = 9.357622968839299e-14
        Probe probe =
                Probe.of(BCE::perElement, new double[] {30, -30}, new double[] {1, 0}, DataType.FLOAT32, () -> {});

        assertThat(probe.values()).containsExactly(new double[] {9.357623e-14, 9.357623e-14}, within(1e-18));
        assertThat(probe.gradient()).containsExactly(new double[] {-9.357623e-14, 9.357623e-14}, within(1e-18));
    }

    @Test
    void positiveWeightsMayDifferByClass() {
        NDArray logits = manager.zeros(new Shape(2, 3));
        NDArray targets = array(1, 1, 0, 0, 1, 1).reshape(2, 3);

        NDArray loss = BinaryCrossEntropy.create().withPositiveWeight(2, 3, 4).perElement(logits, targets);

        assertThat(loss.getShape()).isEqualTo(new Shape(2, 3));
        assertThat(loss.toFloatArray())
                .containsExactly(new float[] {2 * LN2, 3 * LN2, LN2, LN2, 3 * LN2, 4 * LN2}, within(1e-6f));
    }

    @Test
    void sumsAndMeans() {
        NDArray logits = manager.zeros(new Shape(4, 2));
        NDArray targets = array(1, 0, 1, 0, 1, 0, 0, 0).reshape(4, 2);
        NDArray weights = array(0, 0.5f, 2, 0).reshape(4, 1);

        assertThat(BCE.sum(logits, targets).getFloat()).isEqualTo(8 * LN2, within(1e-5f));
        assertThat(BCE.mean(logits, targets).getFloat()).isEqualTo(LN2, within(1e-6f));
        assertThat(BCE.sum(logits, targets, weights).getFloat()).isEqualTo(5 * LN2, within(1e-5f));
        assertThat(BCE.perPositive(logits, targets).getFloat()).isEqualTo(8 * LN2 / 3, within(1e-5f));
        assertThat(BCE.perPositive(logits, targets.zerosLike()).getFloat()).isEqualTo(8 * LN2, within(1e-5f));
    }

    @Test
    void aLossOfYourOwnMayBeALambda() {
        ClassificationLoss hinge = (logits, targets) -> targets.sub(logits).abs();

        assertThat(hinge.sum(array(1, 2), array(0, 0)).getFloat()).isEqualTo(3);
    }

    @Test
    void noElementsSumToZero() {
        NDArray none = manager.create(new Shape(0, 3));

        assertThat(FocalLoss.of(0.25, 2).sum(none, none).getFloat()).isZero();
        assertThat(FocalLoss.of(0.25, 2).perPositive(none, none).getFloat()).isZero();
    }

    @Test
    void refusesTargetsAndWeightsThatWouldBroadcastSilently() {
        NDArray logits = manager.zeros(new Shape(4, 1));

        for (ClassificationLoss loss : Arrays.asList(BCE, FocalLoss.of(0.25, 2))) {
            assertThatThrownBy(() -> loss.perElement(logits, manager.zeros(new Shape(4), DataType.INT32)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("targets must have the shape of the predictions, (4, 1), found (4); "
                            + "targets must have the type of the predictions, float32, found int32");
            assertThatThrownBy(() -> loss.sum(logits, logits, manager.zeros(new Shape(4))))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("weights must broadcast to (4, 1), found (4)");
        }
        assertThatThrownBy(() ->
                        BinaryCrossEntropy.create().withPositiveWeight(1, 2).perElement(logits, logits))
                .hasMessage("positive weights must be one a class along the last axis, found 2 for (4, 1)");
    }

    @Test
    void refusesTargetsThatCarryAGradient() {
        NDArray targets = array(0, 1);
        targets.setRequiresGradient(true);

        assertThatThrownBy(() -> BCE.perElement(array(0, 0), targets))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("targets must carry no gradient");
    }

    @Test
    void namesTheSettingTheRuleAndTheValueFound() {
        assertRefused(() -> FocalLoss.of(1.5, 2), "alpha must be in [0, 1], found 1.5");
        assertRefused(() -> FocalLoss.of(Double.NaN, 2), "alpha must be in [0, 1], found NaN");
        assertRefused(() -> FocalLoss.of(0.25, -1), "gamma must be >= 0 and finite, found -1.0");
        assertRefused(() -> FocalLoss.withoutAlpha(Double.NaN), "gamma must be >= 0 and finite, found NaN");
        assertRefused(() -> SmoothL1.of(0), "beta must be > 0 and finite, found 0.0");
        assertRefused(
                () -> BinaryCrossEntropy.create().withPositiveWeight(3, -2),
                "positiveWeight must be > 0 and finite, found -2.0");
        assertRefused(
                () -> BinaryCrossEntropy.create().withPositiveWeight(),
                "positiveWeight must be one number or one a class, found none");
    }

    @Test
    void saysWhatItIs() {
        assertThat(FocalLoss.of(0.25, 2)).hasToString("FocalLoss[alpha=0.25, gamma=2.0]");
        assertThat(FocalLoss.withoutAlpha(2)).hasToString("FocalLoss[gamma=2.0]");
        assertThat(BinaryCrossEntropy.create().withPositiveWeight(3))
                .hasToString("BinaryCrossEntropy[positiveWeight=[3.0]]");
        assertThat(SmoothL1.of(0.5)).hasToString("SmoothL1[beta=0.5]");
    }

    private static void assertRefused(Runnable settings, String message) {
        assertThatThrownBy(settings::run)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
    }

    private NDArray array(float... values) {
        return manager.create(values);
    }
}

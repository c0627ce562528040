package io.errata.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidArgumentException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Labels mixed from two, and values that are looked at. */
class MixedAndCheckedTest {

    private static final ClassificationLoss BCE = BinaryCrossEntropy.create();

    /** Cross-entropy over a row of exclusive classes. */
    private static final ClassificationLoss ROWS = (logits, targets) ->
            logits.logSoftmax(-1).mul(targets).sum(new int[] {-1}).neg();

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray logits = array(0.5f, -1, 2, 3, -2, 0).reshape(3, 2);
    private final NDArray one = array(1, 0, 0, 1, 1, 0).reshape(3, 2);
    private final NDArray other = array(0, 1, 0, 1, 0, 1).reshape(3, 2);
    private final NDArray lambda = array(0.25f, 1, 0);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void mixesEveryLossRowByRow() {
        for (ClassificationLoss loss : List.of(
                BCE,
                FocalLoss.of(0.25, 2),
                ROWS,
                SelfAdjustingDiceLoss.of(1, 1),
                DiceLoss.of(1).perRow())) {
            float[] a = loss.perElement(logits, one).toFloatArray();
            float[] b = loss.perElement(logits, other).toFloatArray();
            float[] mixed = loss.mixed(logits, one, other, lambda).toFloatArray();
            int columns = a.length / 3;
            for (int i = 0; i < a.length; i++) {
                float share = lambda.getFloat(i / columns);
                assertThat(mixed[i]).isEqualTo(share * a[i] + (1 - share) * b[i], within(1e-6f));
            }
        }
    }

    @Test
    void mixedCrossEntropyIsThatOfSoftLabels() {
        NDArray column = lambda.reshape(3, 1);
        NDArray soft = one.mul(column).add(other.mul(column.neg().add(1)));

        assertThat(BCE.mixed(logits, one, other, column).toFloatArray())
                .containsExactly(BCE.perElement(logits, soft).toFloatArray(), within(1e-6f));
    }

    @Test
    void refusesALambdaThatIsNotOneARow() {
        assertRefused(
                () -> BCE.mixed(logits, one, other, array(0.5f, 0.5f)), "lambda must be one a row, (3), found (2)");
        assertRefused(
                () -> DiceLoss.of(1).mixed(logits, one, other, lambda),
                "lambda is one a row and needs a loss of every number or row of (3, 2), found losses of shape (1, 2)");
        lambda.setRequiresGradient(true);
        assertRefused(
                () -> BCE.mixed(logits, one, other, lambda),
                "lambda must carry no gradient, found an array that does; pass array.stopGradient()");
    }

    @Test
    void checkedNamesTheRuleTheValueAndThePlace() {
        NDArray broken = array(0, 1, Float.NaN, 3, Float.NEGATIVE_INFINITY, 0).reshape(3, 2);
        NDArray targets = array(0, 1, 0, 1, 1, 1.5f).reshape(3, 2);

        assertRefused(
                () -> BCE.checked().sum(broken, targets),
                "logits must be finite, found NaN at [1, 0] and 1 more; "
                        + "targets must be in [0, 1], found 1.5 at [2, 1]");
        assertRefused(
                () -> BCE.checked().sum(logits, one, array(1, -1)),
                "weights must be finite and >= 0, found -1.0 at [1]");
        assertRefused(
                () -> BCE.checked().mixed(logits, one, other, array(0, 1, 2)),
                "lambda must be in [0, 1], found 2.0 at [2]");
        assertRefused(() -> BCE.checked().mean(broken, one), "logits must be finite, found NaN at [1, 0] and 1 more");
        assertRefused(
                () -> BCE.checked().perPositive(broken, one), "logits must be finite, found NaN at [1, 0] and 1 more");
    }

    @Test
    void checkedPassesGoodValuesOn() {
        NDArray weights = array(1, 2);
        ClassificationLoss checked = BCE.checked().checked();

        assertThat(checked.perElement(logits, one)).isEqualTo(BCE.perElement(logits, one));
        assertThat(checked.perElement(logits, one, weights)).isEqualTo(BCE.perElement(logits, one, weights));
        assertThat(checked.sum(logits, one)).isEqualTo(BCE.sum(logits, one));
        assertThat(checked.mean(logits, one)).isEqualTo(BCE.mean(logits, one));
        assertThat(checked.perPositive(logits, one)).isEqualTo(BCE.perPositive(logits, one));
        assertThat(checked.mixed(logits, one, other, lambda)).isEqualTo(BCE.mixed(logits, one, other, lambda));
        assertThat(checked.sum(manager.create(new Shape(0, 2)), manager.create(new Shape(0, 2)))
                        .getFloat())
                .isZero();
        assertThat(checked).hasToString("BinaryCrossEntropy.checked()");
    }

    @Test
    void checkedKeepsWhatTheLossSaysOfItsLabels() {
        assertThat(VarifocalLoss.of(0.75, 2).checked().usesQualityLabels()).isTrue();
        assertThat(BCE.checked().usesQualityLabels()).isFalse();
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
    }

    private NDArray array(float... values) {
        return manager.create(values);
    }
}

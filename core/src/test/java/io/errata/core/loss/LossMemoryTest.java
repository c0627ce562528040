package io.errata.core.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.errata.core.weight.ClassCounts;
import io.errata.core.weight.ClassWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine keeps between forward and backward, and what is left after a step. */
class LossMemoryTest {

    private static final ClassCounts COUNTS = ClassCounts.of(100, 50, 20, 5);
    private static final ClassWeights WEIGHTS = ClassWeights.balanced(COUNTS);

    record Case(String name, BinaryOperator<NDArray> loss) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> losses() {
        ClassificationLoss focal = FocalLoss.of(0.25, 2);
        return Stream.of(
                new Case("cross-entropy", BinaryCrossEntropy.create()::perElement),
                new Case("positive weight", BinaryCrossEntropy.create().withPositiveWeight(3)::perElement),
                new Case("positive weights", BinaryCrossEntropy.create().withPositiveWeight(0.5, 1, 2, 3)::perElement),
                new Case("focal 2", focal::perElement),
                new Case("focal 1.5", FocalLoss.of(0.25, 1.5)::perElement),
                new Case("focal 0.5", FocalLoss.withoutAlpha(0.5)::perElement),
                new Case("focal 1", FocalLoss.withoutAlpha(1)::perElement),
                new Case("focal sum", focal::sum),
                new Case("focal mean", focal::mean),
                new Case("focal per positive", focal::perPositive),
                new Case(
                        "focal weighted sum",
                        (x, y) -> focal.sum(x, y, y.getManager().full(new Shape(4), 0.3f))),
                new Case("smooth L1", SmoothL1.of(0.7)::perElement),
                new Case("softmax", CrossEntropy.create()::perElement),
                new Case("weighted softmax", CrossEntropy.create().withClassWeights(WEIGHTS)::perElement),
                new Case("softmax focal", SoftmaxFocalLoss.of(1.5).withClassWeights(WEIGHTS)::perElement),
                new Case("softmax LDAM", LdamLoss.softmax(COUNTS).withClassWeights(WEIGHTS)::perElement),
                new Case("sigmoid LDAM", LdamLoss.sigmoid(COUNTS).withClassWeights(WEIGHTS)::perElement),
                new Case("softmax logit-adjusted", LogitAdjustedLoss.softmax(COUNTS, 1.5)::perElement),
                new Case("sigmoid logit-adjusted", LogitAdjustedLoss.sigmoid(COUNTS, 300, 1.5)::perElement),
                new Case("quality focal", QualityFocalLoss.of(1.5)::perElement),
                new Case("quality focal 0.5", QualityFocalLoss.of(0.5)::perElement),
                new Case("varifocal", VarifocalLoss.of(0.75, 1.5)::perElement),
                new Case("varifocal 0.5", VarifocalLoss.of(0.75, 0.5)::perElement),
                new Case("implicit background", ImplicitBackground.of(SoftmaxFocalLoss.of(2))::perElement));
    }

    static Stream<Case> lossesOfTheBatch() {
        ClassificationLoss bce = BinaryCrossEntropy.create();
        DiceLoss dice = DiceLoss.of(1);
        return Stream.of(
                new Case("GHM-C", GhmClassification.of(10)::perElement),
                new Case("GHM-C, momentum", LossMemoryTest::withMomentum),
                new Case("GHM-C, weighted", (x, y) -> GhmClassification.of(10).perElement(x, y, y.add(0.5f))),
                new Case("GHM-R", GhmRegression.of(10, 0.02)::perElement),
                new Case("dice", dice::perElement),
                new Case("dice over softmax, per row", dice.overSoftmax().perRow()::perElement),
                new Case("dice with squares", dice.withSquares()::perElement),
                new Case("dice without smoothing", DiceLoss.of(0)::perElement),
                new Case("self-adjusting dice", SelfAdjustingDiceLoss.of(0.5, 1)::perElement),
                new Case(
                        "generalised IoU",
                        (x, y) -> GeneralizedIouLoss.create().perElement(x.reshape(-1, 4), y.reshape(-1, 4))),
                new Case("mixed", (x, y) -> bce.mixed(x, y, y.zerosLike(), lambda(x, y))),
                new Case("checked", bce.checked()::mean),
                new Case("mean of those that count", (x, y) -> Reduction.MEAN.of(bce, x, y, y.add(0.5f))),
                new Case("per positive that counts", (x, y) -> Reduction.PER_POSITIVE.of(bce, x, y, y)));
    }

    /** The first step; closed at once, for nothing in the graph is to need the counts. */
    private static NDArray withMomentum(NDArray x, NDArray y) {
        try (GhmClassification ghm = GhmClassification.of(10).withMomentum(0.75)) {
            return ghm.perElement(x, y);
        }
    }

    private static NDArray lambda(NDArray x, NDArray y) {
        return y.getManager().full(new Shape(x.getShape().get(0)), 0.3f);
    }

    @ParameterizedTest
    @MethodSource({"losses", "lossesOfTheBatch"})
    void gradientsSurviveAGarbageCollectionBeforeBackward(Case given) {
        double[] x = new Random(3).doubles(4, -3, 3).toArray();
        double[] y = {0, 1, 1, 0};
        Probe calm = Probe.of(given.loss, x, y, DataType.FLOAT32, () -> {});

        Probe churned = Probe.of(given.loss, x, y, DataType.FLOAT32, LossMemoryTest::collectAndChurn);

        assertThat(churned.gradient()).containsExactly(calm.gradient());
    }

    /**
     * That the test above can fail is shown by what it forbids; with PyTorch 2.7.1 on Linux mul, pow and maximum are
     * corrupted, clip and sub survive. What stands in freed memory is nobody's promise, so this only reports.
     */
    @Test
    void reportsWhichOperationsWithJavaNumbersAreCorrupted() {
        double[] x = {0.5, 2, -1.5, 3};
        Stream.of(
                        new Case("mul", (logits, targets) -> logits.mul(3f)),
                        new Case("pow", (logits, targets) -> logits.pow(3f)),
                        new Case("maximum", (logits, targets) -> logits.maximum(1f)),
                        new Case("clip", (logits, targets) -> logits.clip(-1f, 1f)),
                        new Case("sub", (logits, targets) -> logits.sub(1f)))
                .forEach(given -> {
                    double[] calm = Probe.of(given.loss, x, x, DataType.FLOAT32, () -> {})
                            .gradient();
                    double[] churned = Probe.of(given.loss, x, x, DataType.FLOAT32, LossMemoryTest::collectAndChurn)
                            .gradient();
                    System.out.printf(
                            "%s(Number), garbage collected before backward: gradient %s%n",
                            given, Arrays.equals(calm, churned) ? "survived" : "corrupted");
                });
    }

    @ParameterizedTest
    @MethodSource({"losses", "lossesOfTheBatch"})
    void aStepLeavesNothingInTheManagerAboveIt(Case given) {
        try (NDManager model = NDManager.newBaseManager();
                NDManager steps = NDManager.newBaseManager()) {
            NDArray parameters = model.ones(new Shape(3, 4));
            parameters.setRequiresGradient(true);
            steps.cap();
            for (int i = 0; i < 3; i++) {
                try (NDManager step = steps.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    NDArray logits = step.ones(new Shape(2, 3)).matMul(parameters);
                    collector.backward(given.loss
                            .apply(logits, step.zeros(new Shape(2, 4)))
                            .sum());
                }
            }
            assertThat(((BaseNDManager) model).getManagedArrays()).containsExactly(parameters);
            assertThat(((BaseNDManager) steps).getManagedArrays()).isEmpty();
        }
    }

    /** Frees what nobody holds, then writes over as many small buffers as were likely freed. */
    private static void collectAndChurn() {
        List<ByteBuffer> churn = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            System.gc();
            try {
                Thread.sleep(20); // the cleaner runs in a thread of its own
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (int i = 0; i < 5_000; i++) {
                ByteBuffer buffer =
                        ByteBuffer.allocateDirect(i % 2 == 0 ? 4 : 16).order(ByteOrder.nativeOrder());
                while (buffer.hasRemaining()) {
                    buffer.putFloat(-1e9f);
                }
                churn.add(buffer);
            }
        }
        assertThat(churn).hasSize(10_000);
    }
}

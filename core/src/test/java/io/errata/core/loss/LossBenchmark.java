package io.errata.core.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.errata.core.weight.ClassCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a batch costs, forward and backward, against cross-entropy. Run it with
 * {@code mvn -pl core -am test -Dtest=LossBenchmark -Derrata.excludedGroups=none -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("benchmark")
class LossBenchmark {

    private static final int ROWS = 128;
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 60;
    private static final int STEPS = 20;

    /** A loss of predictions {@code [128, C]} against targets of one 1 a row. */
    private record Case(String name, BinaryOperator<NDArray> loss) {}

    /** One line a loss; the first is what the others are compared with. */
    private static List<Case> cases(int columns) {
        ClassCounts counts = ClassCounts.of(
                IntStream.rangeClosed(1, columns).mapToLong(i -> 10L * i).toArray());
        return List.of(
                of("binary cross-entropy", BinaryCrossEntropy.create()),
                new Case("DJL's sigmoidBinaryCrossEntropyLoss", LossBenchmark::djl),
                of("focal, γ = 2", FocalLoss.of(0.25, 2)),
                of("focal, γ = 1.5", FocalLoss.of(0.25, 1.5)),
                of("quality focal", QualityFocalLoss.of(2)),
                of("varifocal", VarifocalLoss.of(0.75, 2)),
                of("cross-entropy (softmax)", CrossEntropy.create()),
                of("softmax focal", SoftmaxFocalLoss.of(2)),
                of("LDAM (softmax)", LdamLoss.softmax(counts)),
                of("LDAM (sigmoid)", LdamLoss.sigmoid(counts)),
                of("logit-adjusted (softmax)", LogitAdjustedLoss.softmax(counts, 1)),
                of("logit-adjusted (sigmoid)", LogitAdjustedLoss.sigmoid(counts, 2000, 1)),
                of("GHM-C", GhmClassification.of(10)),
                of("GHM-C, momentum", GhmClassification.of(10).withMomentum(0.75)),
                of("dice", DiceLoss.of(1)),
                of("dice over softmax, per row", DiceLoss.of(1).overSoftmax().perRow()),
                of("self-adjusting dice", SelfAdjustingDiceLoss.of(1, 1)),
                new Case("smooth L1", SmoothL1.of(0.1)::sum),
                new Case("GHM-R", GhmRegression.of(10, 0.02)::sum),
                new Case(
                        "generalised IoU of as many numbers",
                        (x, y) -> GeneralizedIouLoss.create().sum(x.reshape(-1, 4), y.reshape(-1, 4))));
    }

    private static Case of(String name, ClassificationLoss loss) {
        return new Case(name, loss::sum);
    }

    private static NDArray djl(NDArray logits, NDArray targets) {
        return Loss.sigmoidBinaryCrossEntropyLoss().evaluate(new NDList(targets), new NDList(logits));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 20})
    void comparesLossesWithCrossEntropy(int columns) {
        List<Case> cases = cases(columns);
        double[][] micros = new double[cases.size()][ROUNDS];
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.create(
                    new Random(1).doubles((long) ROWS * columns, -4, 4).toArray(), new Shape(ROWS, columns));
            logits = logits.toType(DataType.FLOAT32, true);
            for (Case given : cases) {
                micros(given, logits, WARM_UP);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < cases.size(); i++) {
                    micros[i][round] = micros(cases.get(i), logits, STEPS);
                }
            }
        }
        print(columns, cases, micros);
        assertThat(median(micros[0])).isPositive();
    }

    /** The mean time of some steps, in microseconds. */
    private static double micros(Case given, NDArray logits, int steps) {
        int columns = (int) logits.getShape().get(1);
        long nanos = 0;
        for (int i = 0; i < steps; i++) {
            try (NDManager step = logits.getManager().newSubManager();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray own = logits.duplicate();
                own.attach(step);
                own.setRequiresGradient(true);
                NDArray targets =
                        step.eye(columns).repeat(0, ROWS / columns + 1).get(":" + ROWS);
                long start = System.nanoTime();
                collector.backward(given.loss.apply(own, targets));
                nanos += System.nanoTime() - start;
            }
        }
        return nanos / 1e3 / steps;
    }

    private static void print(int columns, List<Case> cases, double[][] micros) {
        System.out.printf("| loss | µs a batch of %d×%d | times cross-entropy |%n|---|---|---|%n", ROWS, columns);
        for (int i = 0; i < cases.size(); i++) {
            double[] ratios = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                ratios[round] = micros[i][round] / micros[0][round];
            }
            System.out.printf(
                    Locale.ROOT, "| %s | %.0f | %.2f |%n", cases.get(i).name, median(micros[i]), median(ratios));
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package io.errata.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.weight.ClassCounts;
import io.errata.core.weight.ClassWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses over exclusive classes, losses made from class counts, and losses of qualities. */
class ClassLossTest {

    private static final ClassCounts COUNTS = ClassCounts.of(1000, 100, 10);
    private static final ClassWeights WEIGHTS = ClassWeights.balanced(COUNTS);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** Of three classes; one loss a row. */
    static Stream<ClassificationLoss> exclusive() {
        return Stream.of(
                CrossEntropy.create(),
                CrossEntropy.create().withClassWeights(WEIGHTS),
                SoftmaxFocalLoss.of(2),
                SoftmaxFocalLoss.of(1.5).withClassWeights(WEIGHTS),
                SoftmaxFocalLoss.of(0.5),
                LdamLoss.softmax(COUNTS),
                LdamLoss.softmax(COUNTS).withScale(1).withClassWeights(WEIGHTS),
                LogitAdjustedLoss.softmax(COUNTS, 1));
    }

    /** Of three classes; one loss a number. */
    static Stream<ClassificationLoss> independent() {
        return Stream.of(
                LdamLoss.sigmoid(COUNTS),
                LdamLoss.sigmoid(COUNTS).withScale(30).withClassWeights(WEIGHTS),
                LogitAdjustedLoss.sigmoid(COUNTS, 10_000, 1),
                QualityFocalLoss.of(2),
                QualityFocalLoss.of(0.5),
                VarifocalLoss.of(0.75, 2),
                VarifocalLoss.of(0.75, 0.5));
    }

    static Stream<ClassificationLoss> all() {
        return Stream.concat(exclusive(), independent());
    }

    @ParameterizedTest
    @MethodSource("all")
    void valueAndGradientAreFiniteAtEveryLogit(ClassificationLoss loss) {
        double[] x = {1e4, -1e4, 0, 1e4, -1e4, 0, 1e4, 1e4, 1e4, -1e4, -1e4, -1e4, 0, 0, 0, 120, 90, -120, 20, -20, 0};
        double[] y = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0.5, 0.2, 0.3};
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            Probe probe = Probe.of((a, b) -> loss.perElement(a.reshape(-1, 3), b.reshape(-1, 3)), x, y, type, () -> {});

            assertThat(Arrays.stream(probe.values())).allMatch(v -> Double.isFinite(v) && v >= 0);
            assertThat(Arrays.stream(probe.gradient())).allMatch(Double::isFinite);
        }
    }

    @ParameterizedTest
    @MethodSource("exclusive")
    void exclusiveClassesHaveOneLossARow(ClassificationLoss loss) {
        NDArray logits = manager.zeros(new Shape(4, 2, 3));

        assertThat(loss.perElement(logits, logits).getShape()).isEqualTo(new Shape(4, 2));
        assertThat(loss.perElement(logits, logits).sum().getFloat()).isZero();
        assertThat(loss.perElement(manager.zeros(new Shape(3)), manager.zeros(new Shape(3)))
                        .getShape())
                .isEqualTo(new Shape());
    }

    @ParameterizedTest
    @MethodSource("exclusive")
    void rowsWithoutLabelHaveNoGradient(ClassificationLoss loss) {
        Probe probe = Probe.of(
                (x, y) -> loss.perElement(x.reshape(-1, 3), y.reshape(-1, 3)),
                new double[] {1, 2, 3, 1e4, -1e4, 0},
                new double[6]);

        assertThat(probe.values()).containsOnly(0);
        assertThat(probe.gradient()).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("independent")
    void independentClassesHaveOneLossANumber(ClassificationLoss loss) {
        NDArray logits = manager.zeros(new Shape(4, 2, 3));

        assertThat(loss.perElement(logits, logits).getShape()).isEqualTo(logits.getShape());
    }

    @ParameterizedTest
    @MethodSource("all")
    void noElementsSumToZero(ClassificationLoss loss) {
        NDArray none = manager.create(new Shape(0, 3));

        assertThat(loss.sum(none, none).getFloat()).isZero();
        assertThat(loss.perPositive(none, none).getFloat()).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesTargetsThatDoNotFit(ClassificationLoss loss) {
        NDArray logits = manager.zeros(new Shape(4, 3));

        assertThatThrownBy(() -> loss.perElement(logits, manager.zeros(new Shape(3), DataType.INT32)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("targets must have the shape of the predictions, (4, 3), found (3); "
                        + "targets must have the type of the predictions, float32, found int32");
    }

    @Test
    void softmaxFocalLossWithNeitherGammaNorWeightsIsCrossEntropyToTheLastBit() {
        double[] x = new Random(7).doubles(12, -20, 20).toArray();
        double[] y = {1, 0, 0, 0.3, 0.5, 0.2, 0, 0, 1, 0, 0, 0};

        Probe focal = rows(SoftmaxFocalLoss.of(0), x, y);
        Probe crossEntropy = rows(CrossEntropy.create(), x, y);

        assertThat(focal.values()).containsExactly(crossEntropy.values());
        assertThat(focal.gradient()).containsExactly(crossEntropy.gradient());
    }

    @Test
    void qualityFocalLossOfHardLabelsIsFocalLoss() {
        double[] x = {-1e4, -17.3, -0.1, 0, 0.2, 5, 1e4, 3};
        double[] y = {0, 1, 0, 1, 0, 1, 0, 1};

        for (double exponent : new double[] {0, 0.5, 1, 2, 3.5}) {
            Probe quality = Probe.of(QualityFocalLoss.of(exponent)::perElement, x, y);
            Probe focal = Probe.of(FocalLoss.withoutAlpha(exponent)::perElement, x, y);

            assertThat(quality.values()).containsExactly(focal.values(), within(1e-15));
            assertThat(quality.gradient()).containsExactly(focal.gradient(), within(1e-15));
        }
    }

    @Test
    void qualityFocalLossIsLeastWhereTheScoreIsTheQuality() {
        double[] x = {Math.log(0.7 / 0.3), 0};
        Probe probe = Probe.of(QualityFocalLoss.of(2)::perElement, x, new double[] {0.7, 0.5});

        assertThat(probe.values()).containsExactly(new double[] {0, 0}, within(1e-15));
        assertThat(probe.gradient()).containsExactly(new double[] {0, 0}, within(1e-15));
    }

    @Test
    void varifocalLossTurnsDownNegativesOnly() {
        // at logit 0: BCE = ln 2, p = 1/2; 0.75/4 · ln 2 for the negative, y · ln 2 for positives
        Probe probe = Probe.of(VarifocalLoss.of(0.75, 2)::perElement, new double[] {0, 0, 0}, new double[] {0, 0.6, 1});

        assertThat(probe.values())
                .containsExactly(new double[] {0.1875 * Math.log(2), 0.6 * Math.log(2), Math.log(2)}, within(1e-15));
    }

    @Test
    void mixedLabelsHaveTheMixedSoftmaxFocalLoss() {
        double[] x = {0.3, -1, 2};
        SoftmaxFocalLoss loss = SoftmaxFocalLoss.of(2).withClassWeights(WEIGHTS);

        double a = rows(loss, x, new double[] {1, 0, 0}).values()[0];
        double b = rows(loss, x, new double[] {0, 0, 1}).values()[0];

        assertThat(rows(loss, x, new double[] {0.3, 0, 0.7}).values()[0]).isEqualTo(0.3 * a + 0.7 * b, within(1e-12));
    }

    @Test
    void marginsLowerTheTrueLogitOfRareClassesMost() {
        // the margin of 1000, 100 and 10 examples: ½·(10/n)^¼ = 0.158114, 0.281171, 0.5
        double[] x = {1, 2, -3, 1, 2, -3, 1, 2, -3};
        double[] y = {1, 0, 0, 0, 0, 1, 0, 0, 0};
        double[] lowered = {1 - 0.5 * Math.pow(0.01, 0.25), 2, -3, 1, 2, -3.5, 1, 2, -3};

        assertThat(rows(LdamLoss.sigmoid(COUNTS), x, y).values())
                .containsExactly(rows(BinaryCrossEntropy.create(), lowered, y).values(), within(1e-12));
        assertThat(rows(LdamLoss.softmax(COUNTS).withScale(1), x, y).values())
                .containsExactly(rows(CrossEntropy.create(), lowered, y).values(), within(1e-12));
    }

    @Test
    void theLargestMarginMayBeSet() {
        double[] x = {0, 0, 2};
        double[] y = {0, 0, 1};

        assertThat(rows(LdamLoss.sigmoid(COUNTS).withLargestMargin(2), x, y).values()[2])
                .isEqualTo(Math.log(2), within(1e-12));
    }

    @Test
    void weightsComeLater() {
        LdamLoss loss = LdamLoss.softmax(COUNTS);
        DeferredReweighting schedule = DeferredReweighting.of(loss, ClassWeights.effectiveNumber(COUNTS, 0.9999), 160);

        assertThat(schedule.at(0)).isSameAs(loss);
        assertThat(schedule.at(159)).isSameAs(loss);
        assertThat(schedule.at(160))
                .isSameAs(schedule.after())
                .hasToString(loss.withClassWeights(ClassWeights.effectiveNumber(COUNTS, 0.9999))
                        .toString());
        assertThat(schedule.at(Long.MAX_VALUE)).isSameAs(schedule.after());
    }

    @Test
    void oneClassAgainstImplicitBackgroundIsBinaryCrossEntropy() {
        double[] x = {-1e4, -17.3, -0.1, 0, 0.2, 5, 1e4, 3};
        double[] y = {0, 1, 0, 1, 0.3, 1, 0, 0.5};

        Probe background = Probe.of(
                (a, b) -> ImplicitBackground.of(CrossEntropy.create()).perElement(a.reshape(-1, 1), b.reshape(-1, 1)),
                x,
                y);
        Probe bce = Probe.of(BinaryCrossEntropy.create()::perElement, x, y);

        assertThat(background.values()).containsExactly(bce.values(), within(1e-12));
        assertThat(background.gradient()).containsExactly(bce.gradient(), within(1e-12));
    }

    @Test
    void implicitBackgroundIsTheLastClassOfTheLossInside() {
        // logits all 0: −w·ln(1/4) with the weight of background, 5, then of class 1, 2
        ClassificationLoss loss =
                ImplicitBackground.of(CrossEntropy.create().withClassWeights(ClassWeights.of(1, 2, 3, 5)));
        NDArray logits = manager.zeros(new Shape(2, 3));
        NDArray targets = manager.create(new float[] {0, 0, 0, 0, 1, 0}).reshape(2, 3);

        assertThat(loss.perElement(logits, targets).toFloatArray())
                .containsExactly(new float[] {5 * 1.3862944f, 2 * 1.3862944f}, within(1e-5f));
        assertThat(loss.perPositive(logits, targets).getFloat()).isEqualTo(7 * 1.3862944f, within(1e-5f));
        assertThat(loss.sum(manager.create(new Shape(0, 3)), manager.create(new Shape(0, 3)))
                        .getFloat())
                .isZero();
    }

    @Test
    void refusesWhatDoesNotFitTheClasses() {
        NDArray one = manager.zeros(new Shape(4, 1));
        NDArray scalar = manager.zeros(new Shape());
        NDArray two = manager.zeros(new Shape(4, 2));

        assertRefused(
                () -> CrossEntropy.create().perElement(one, one),
                "logits of exclusive classes must be 2 or more along the last axis, found (4, 1);"
                        + " for objects against background use ImplicitBackground");
        assertRefused(
                () -> CrossEntropy.create().withClassWeights(WEIGHTS).perElement(two, two),
                "class weights must be one a class along the last axis, found 3 for (4, 2)");
        assertRefused(
                () -> LdamLoss.sigmoid(COUNTS).perElement(two, two),
                "margins must be one a class along the last axis, found 3 for (4, 2)");
        assertRefused(
                () -> LogitAdjustedLoss.softmax(COUNTS, 1).perElement(two, two),
                "class counts must be one a class along the last axis, found 3 for (4, 2)");
        assertRefused(
                () -> ImplicitBackground.of(CrossEntropy.create()).perElement(scalar, scalar),
                "logits must be one a class along the last axis, found ()");
    }

    @Test
    void namesTheSettingTheRuleAndTheValueFound() {
        assertRefused(() -> SoftmaxFocalLoss.of(-1), "gamma must be >= 0 and finite, found -1.0");
        assertRefused(() -> QualityFocalLoss.of(Double.NaN), "beta must be >= 0 and finite, found NaN");
        assertRefused(() -> VarifocalLoss.of(0, 2), "alpha must be > 0 and finite, found 0.0");
        assertRefused(() -> VarifocalLoss.of(0.75, -2), "gamma must be >= 0 and finite, found -2.0");
        assertRefused(() -> LogitAdjustedLoss.softmax(COUNTS, -1), "tau must be >= 0 and finite, found -1.0");
        assertRefused(() -> LdamLoss.softmax(COUNTS).withScale(0), "scale must be > 0 and finite, found 0.0");
        assertRefused(
                () -> LdamLoss.softmax(COUNTS).withLargestMargin(Double.POSITIVE_INFINITY),
                "largest margin must be > 0 and finite, found Infinity");
        assertRefused(
                () -> LdamLoss.softmax(COUNTS).withClassWeights(ClassWeights.of(1, 2)),
                "class weights must be one a class, 3, found 2");
        assertRefused(
                () -> new DeferredReweighting(CrossEntropy.create(), SoftmaxFocalLoss.of(2), -1),
                "start must be >= 0, found -1");
    }

    @Test
    void saysWhatItIs() {
        assertThat(List.of(
                        CrossEntropy.create().withClassWeights(ClassWeights.of(1, 2)),
                        SoftmaxFocalLoss.of(2).withClassWeights(ClassWeights.of(1, 2)),
                        LdamLoss.softmax(ClassCounts.of(16, 1)),
                        LogitAdjustedLoss.softmax(ClassCounts.of(1, 1), 0),
                        QualityFocalLoss.of(2),
                        VarifocalLoss.of(0.75, 2),
                        ImplicitBackground.of(CrossEntropy.create())))
                .extracting(Object::toString)
                .containsExactly(
                        "CrossEntropy[classWeights=[1.0, 2.0]]",
                        "SoftmaxFocalLoss[classWeights=[1.0, 2.0], gamma=2.0]",
                        "LdamLoss[margins=[0.25, 0.5], scale=30.0]",
                        "LogitAdjustedLoss[CrossEntropy, adjustments=[-0.0, -0.0]]",
                        "QualityFocalLoss[beta=2.0]",
                        "VarifocalLoss[alpha=0.75, gamma=2.0]",
                        "ImplicitBackground[CrossEntropy]");
    }

    private static Probe rows(ClassificationLoss loss, double[] x, double[] y) {
        return Probe.of(
                (a, b) -> loss.perElement(a.reshape(-1, 3), b.reshape(-1, 3)).flatten(), x, y);
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
    }
}

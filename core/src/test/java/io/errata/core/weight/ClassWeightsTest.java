package io.errata.core.weight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.problem.InvalidArgumentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassWeightsTest {

    private static final ClassCounts COUNTS = ClassCounts.of(50, 30, 20);

    /** One row of class_weights.csv. */
    record Row(String formula, String setting, ClassCounts counts, double[] expected) {

        static Row parse(String line) {
            String[] f = line.split(";");
            long[] counts =
                    Arrays.stream(f[2].split(" ")).mapToLong(Long::parseLong).toArray();
            double[] expected = Arrays.stream(f[3].split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Row(f[0], f[1], ClassCounts.of(counts), expected);
        }

        double[] ours() {
            return switch (formula) {
                case "balanced" -> ClassWeights.balanced(counts).toArray();
                case "inverse" -> ClassWeights.inverseFrequency(counts).toArray();
                case "median" -> ClassWeights.medianFrequency(counts).toArray();
                case "effective" ->
                    ClassWeights.effectiveNumber(counts, Double.parseDouble(setting))
                            .toArray();
                case "margins" -> counts.margins(Double.parseDouble(setting));
                case "log-priors" -> counts.logPriors();
                case "log-odds" -> counts.logOdds(Long.parseLong(setting));
                case "negatives" -> counts.negativesPerPositive(Long.parseLong(setting));
                default -> throw new IllegalArgumentException(formula);
            };
        }

        @Override
        public String toString() {
            return formula + " " + setting + " " + counts.counts();
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream in = requireNonNull(ClassWeightsTest.class.getResourceAsStream("class_weights.csv"))) {
            return new String(in.readAllBytes(), UTF_8).lines().map(Row::parse).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreeWithScikitLearnAndWithSixtyDigits(Row row) {
        double[] ours = row.ours();

        assertThat(ours).hasSameSizeAs(row.expected);
        for (int c = 0; c < ours.length; c++) {
            assertThat(ours[c]).isEqualTo(row.expected[c], within(1e-13 * Math.abs(row.expected[c])));
        }
    }

    @Test
    void eachFormulaKeepsWhatItSays() {
        assertThat(mean(ClassWeights.inverseFrequency(COUNTS))).isEqualTo(1, offset(1e-15));
        assertThat(mean(ClassWeights.effectiveNumber(COUNTS, 0.9))).isEqualTo(1, offset(1e-15));
        assertThat(ClassWeights.medianFrequency(COUNTS).toArray()).containsExactly(0.6, 1, 1.5);
        double[] balanced = ClassWeights.balanced(COUNTS).toArray();
        assertThat((50 * balanced[0] + 30 * balanced[1] + 20 * balanced[2]) / 100)
                .isEqualTo(1, offset(1e-15));
    }

    @Test
    void effectiveNumberLiesBetweenNoWeightsAndInverseFrequency() {
        assertThat(ClassWeights.effectiveNumber(COUNTS, 0).toArray()).containsExactly(1, 1, 1);
        assertThat(ClassWeights.effectiveNumber(COUNTS, 1 - 1e-12).toArray())
                .containsExactly(ClassWeights.inverseFrequency(COUNTS).toArray(), within(1e-9));
    }

    @Test
    void weightsMayBeGiven() {
        assertThat(ClassWeights.of(1, 2.5).toArray()).containsExactly(1, 2.5);
        assertThat(ClassWeights.of(1, 2.5)).isEqualTo(new ClassWeights(List.of(1.0, 2.5)));
    }

    @Test
    void oneClassHasOddsAgainstTheRestButNoWeights() {
        ClassCounts one = ClassCounts.of(10);

        assertThat(one.logOdds(110)).containsExactly(new double[] {Math.log(0.1)}, within(1e-15));
        assertThat(one.negativesPerPositive(110)).containsExactly(10);
        String rest = " compare classes with each other and need at least 2, found 1";
        assertRefused(() -> ClassWeights.inverseFrequency(one), "class weights" + rest);
        assertRefused(() -> ClassWeights.balanced(one), "class weights" + rest);
        assertRefused(() -> ClassWeights.medianFrequency(one), "class weights" + rest);
        assertRefused(() -> ClassWeights.effectiveNumber(one, 0.9), "class weights" + rest);
        assertRefused(() -> one.margins(0.5), "margins" + rest);
        assertRefused(one::logPriors, "log priors" + rest);
    }

    @Test
    void namesEveryCountAndWeightThatCannotBe() {
        assertRefused(
                () -> ClassCounts.of(5, 0, -3),
                "count of class 1 must be > 0, found 0; " + "count of class 2 must be > 0, found -3");
        assertRefused(ClassCounts::of, "counts must be one a class, found none");
        assertRefused(
                () -> ClassWeights.of(0, 1, Double.NaN),
                "weight of class 0 must be > 0 and finite, found 0.0; "
                        + "weight of class 2 must be > 0 and finite, found NaN");
        assertRefused(ClassWeights::of, "weights must be one a class, found none");
    }

    @Test
    void namesTheSettingTheRuleAndTheValueFound() {
        assertRefused(() -> ClassWeights.effectiveNumber(COUNTS, 1), "beta must be in [0, 1), found 1.0");
        assertRefused(() -> ClassWeights.effectiveNumber(COUNTS, -0.1), "beta must be in [0, 1), found -0.1");
        assertRefused(() -> ClassWeights.effectiveNumber(COUNTS, Double.NaN), "beta must be in [0, 1), found NaN");
        assertRefused(() -> COUNTS.margins(0), "largest margin must be > 0 and finite, found 0.0");
        assertRefused(
                () -> COUNTS.logOdds(30),
                "examples must be more than the count of class 0, 50, found 30; "
                        + "examples must be more than the count of class 1, 30, found 30");
        assertRefused(
                () -> COUNTS.negativesPerPositive(50), "examples must be more than the count of class 0, 50, found 50");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage(message);
    }

    private static double mean(ClassWeights weights) {
        return Arrays.stream(weights.toArray()).average().orElseThrow();
    }
}

package io.errata.core.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.problem.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepeatFactorsTest {

    static Stream<List<String>> rows() {
        return Fixture.lines("repeat_factors.csv");
    }

    /** Against {@code repeat_factors.py}. */
    @ParameterizedTest
    @MethodSource("rows")
    void areThoseOfThePaper(List<String> given) {
        List<Set<Integer>> images = Arrays.stream(given.get(1).split(",", -1))
                .map(RepeatFactorsTest::classes)
                .toList();
        RepeatFactors factors = RepeatFactors.of(images, Double.parseDouble(given.get(0)));

        assertThat(factors.ofClasses().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .containsExactly(Fixture.doubles(given.get(2)), within(1e-12));
        assertThat(factors.ofImages()).containsExactly(Fixture.doubles(given.get(3)), within(1e-12));
    }

    private static Set<Integer> classes(String image) {
        return image.isEmpty()
                ? Set.of()
                : Arrays.stream(Fixture.ints(image)).boxed().collect(Collectors.toSet());
    }

    /** Class 0 in 3 of 4 images, class 1 in 1 of 4: √(0.75/0.25) = 1.732. */
    private static final RepeatFactors FACTORS =
            RepeatFactors.of(List.of(Set.of(0), Set.of(0, 1), Set.of(), Set.of(0)), 0.75);

    @Test
    void anImageHasTheFactorOfItsRarestClassAndWithoutObjectsOne() {
        assertThat(FACTORS.ofImages()).containsExactly(new double[] {1, Math.sqrt(3), 1, 1}, within(1e-15));
    }

    @Test
    void anEpochHoldsEveryImageAtLeastOnceAndRepeatsItsFactorOnAverage() {
        int repeated = 0;
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            int[] epoch = FACTORS.epoch(random);
            int[] sorted = epoch.clone();
            Arrays.sort(sorted);
            assertThat(sorted).isIn(new int[] {0, 1, 2, 3}, new int[] {0, 1, 1, 2, 3});
            repeated += epoch.length - 4;
        }

        // binomial: 7,321 with a standard deviation of 44
        assertThat(repeated).isBetween(7_145, 7_497);
    }

    @Test
    void anEpochIsInRandomOrder() {
        int[] first = new int[4];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 8_000; i++) {
            int[] epoch = RepeatFactors.of(List.of(Set.of(), Set.of(), Set.of(), Set.of()), 0.5)
                    .epoch(random);
            first[epoch[0]]++;
        }

        // binomial: 2,000 with a standard deviation of 39
        assertThat(first)
                .satisfies(counts ->
                        Arrays.stream(counts).forEach(n -> assertThat(n).isBetween(1_845, 2_155)));
    }

    @Test
    void sameSeedSameEpoch() {
        assertThat(FACTORS.epoch(new SplittableRandom(12))).containsExactly(FACTORS.epoch(new SplittableRandom(12)));
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThatThrownBy(() -> RepeatFactors.of(List.of(), Double.NaN))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("images must be at least one, found none; threshold must be in (0, 1], found NaN");
        assertThatThrownBy(() -> RepeatFactors.of(List.of(Set.of(1)), 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("threshold must be in (0, 1], found 0.0");
    }
}

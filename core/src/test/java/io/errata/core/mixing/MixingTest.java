package io.errata.core.mixing;

import static io.errata.core.mixing.Role.BACKGROUND;
import static io.errata.core.mixing.Role.IGNORED;
import static io.errata.core.mixing.Role.POSITIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {

    /** Patches of 32 pixels with a context of 1.5: the frame is the middle 21⅓. */
    private static final double FRAME = 32 / 1.5;

    /** 32 positives, 96 of background. */
    private static final List<Role> BATCH = Stream.concat(
                    Stream.generate(() -> POSITIVE).limit(32),
                    Stream.generate(() -> BACKGROUND).limit(96))
            .toList();

    static Stream<Mixing> both() {
        return Stream.of(new MixUp(0.7, 1), cutMix(0.7, 1));
    }

    @ParameterizedTest
    @MethodSource("both")
    void sameSeedSamePlan(Mixing mixing) {
        assertThat(plan(mixing, 5)).isNotEmpty().isEqualTo(plan(mixing, 5)).isNotEqualTo(plan(mixing, 6));
    }

    @ParameterizedTest
    @MethodSource("both")
    void everyPatchGivesAndReceivesAtMostOnceAndNoneItself(Mixing mixing) {
        for (int seed = 0; seed < 20; seed++) {
            List<Mix> plan = plan(mixing, seed);
            assertThat(plan).extracting(Mix::receiver).isSorted().doesNotHaveDuplicates();
            assertThat(plan).extracting(Mix::giver).doesNotHaveDuplicates();
            assertThat(plan).noneMatch(mix -> mix.giver() == mix.receiver());
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void theReceiverStaysWhatIsSeenMostOf(Mixing mixing) {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(plan(mixing, seed)).allMatch(mix -> mix.lambda() >= 0.5 && mix.lambda() < 1);
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void ignoredPatchesNeitherGiveNorReceive(Mixing mixing) {
        List<Role> roles = new ArrayList<>(BATCH);
        for (int i = 0; i < roles.size(); i += 3) {
            roles.set(i, IGNORED);
        }
        Collections.shuffle(roles, new java.util.Random(4));
        for (int seed = 0; seed < 20; seed++) {
            assertThat(mixing.plan(roles, new SplittableRandom(seed)))
                    .isNotEmpty()
                    .noneMatch(mix -> roles.get(mix.receiver()) == IGNORED || roles.get(mix.giver()) == IGNORED);
        }
        assertThat(mixing.plan(Collections.nCopies(9, IGNORED), new SplittableRandom(1)))
                .isEmpty();
    }

    @Test
    void noneIsMixedOfNoneOrOne() {
        assertThat(new MixUp(1, 1).plan(List.of(), new SplittableRandom(1))).isEmpty();
        assertThat(new MixUp(1, 1).plan(List.of(POSITIVE), new SplittableRandom(1)))
                .isEmpty();
    }

    @Test
    void noMixingDrawsNothing() {
        SplittableRandom random = new SplittableRandom(3);
        assertThat(Mixing.none().plan(BATCH, random)).isEmpty();
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(3).nextLong());
    }

    /** 200 batches of 128: a share of 0.3 is 38.4 a batch, less one in 128 that would give to itself; ±5σ. */
    @Test
    void aShareOfThePatchesReceives() {
        int mixed = 0;
        for (int seed = 0; seed < 200; seed++) {
            mixed += plan(new MixUp(1, 0.3), seed).size();
        }
        assertThat(mixed / 200.0).isCloseTo(38.4 * 127 / 128, offset(5 * Math.sqrt(128 * 0.3 * 0.7 / 200)));
        assertThat(plan(new MixUp(1, 0), 1)).isEmpty();
        assertThat(plan(cutMix(1, 0), 1)).isEmpty();
    }

    /** Mean ½ and variance 1 / (4·(2α + 1)); for 0.001 all but e.g. 1 in 500 draws is 0 or 1. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.2, 0.5, 1, 1.5, 8, 1000})
    void lambdaIsOfABetaDistribution(double alpha) {
        int draws = 200_000;
        SplittableRandom random = new SplittableRandom(17);
        SymmetricBeta beta = new SymmetricBeta(alpha);
        double[] lambdas =
                IntStream.range(0, draws).mapToDouble(i -> beta.draw(random)).toArray();

        double mean = Arrays.stream(lambdas).average().orElseThrow();
        double variance = Arrays.stream(lambdas).map(x -> (x - 0.5) * (x - 0.5)).sum() / draws;

        double expected = 1 / (4 * (2 * alpha + 1));
        assertThat(Arrays.stream(lambdas)).allMatch(lambda -> lambda >= 0 && lambda <= 1);
        assertThat(mean).isCloseTo(0.5, offset(5 * Math.sqrt(expected / draws)));
        assertThat(variance).isCloseTo(expected, offset(0.02 * expected));
    }

    /** Beta(1, 1) is uniform: a tenth of the draws in each tenth. */
    @Test
    void alphaOneIsUniform() {
        SplittableRandom random = new SplittableRandom(2);
        int[] tenths = new int[10];
        for (int i = 0; i < 100_000; i++) {
            tenths[(int) Math.min(9, 10 * new SymmetricBeta(1).draw(random))]++;
        }
        assertThat(Arrays.stream(tenths)).allMatch(count -> Math.abs(count - 10_000) < 5 * Math.sqrt(9_000));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 1e-100, 1e100, Double.MAX_VALUE})
    void lambdaIsANumberForEveryAlpha(double alpha) {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 1_000; i++) {
            double lambda = new SymmetricBeta(alpha).draw(random);
            assertThat(alpha < 1 ? Math.abs(lambda - 0.5) : lambda).isCloseTo(0.5, offset(1e-9));
        }
    }

    @Test
    void alphaNearZeroLeavesEverything() {
        assertThat(plan(new MixUp(1e-9, 1), 1)).isEmpty();
        assertThat(plan(cutMix(1e-9, 1), 1)).isEmpty();
    }

    @Test
    void mixUpBlendsWithoutACutAndCountsBothLabels() {
        assertThat(plan(new MixUp(1, 1), 1)).allMatch(mix -> mix.cut() == null && mix.giverCounts());
    }

    /** Whole pixels within the patch; at λ = ½ and above no side exceeds √½ of the patch. */
    @Test
    void lambdaIsWhatACutLeaves() {
        for (int seed = 0; seed < 50; seed++) {
            for (Mix mix : plan(cutMix(1, 1), seed)) {
                Box cut = Objects.requireNonNull(mix.cut());
                assertThat(List.of(cut.x1(), cut.y1(), cut.x2(), cut.y2()))
                        .allMatch(edge -> edge == Math.rint(edge) && edge >= 0 && edge <= 32);
                assertThat(cut.isEmpty()).isFalse();
                assertThat(Math.max(cut.width(), cut.height())).isLessThanOrEqualTo(22);
                assertThat(mix.lambda()).isEqualTo(1 - cut.width() * cut.height() / (32 * 32));
            }
        }
    }

    /** The rule of {@link CutMix}, from the pixels of a frame that can be seen. */
    @ParameterizedTest
    @CsvSource({"0.3, 0.5", "0.2, 0.8", "0.5, 0.5"})
    void neverMakesWhatLabellingIgnores(double negativeIou, double positiveIou) {
        int counting = 0;
        int hidden = 0;
        for (int seed = 0; seed < 100; seed++) {
            for (Mix mix : plan(new CutMix(1, 1, 32, FRAME, negativeIou, positiveIou), seed)) {
                double seen = seenOfTheFrame(Objects.requireNonNull(mix.cut()));
                if (BATCH.get(mix.receiver()) == POSITIVE) {
                    assertThat(1 - seen).isGreaterThanOrEqualTo(positiveIou - 1e-12);
                }
                if (BATCH.get(mix.giver()) == POSITIVE) {
                    assertThat(mix.giverCounts() ? seen >= positiveIou - 1e-12 : seen < negativeIou + 1e-12)
                            .isTrue();
                    counting += mix.giverCounts() ? 1 : 0;
                    hidden += mix.giverCounts() ? 0 : 1;
                } else {
                    assertThat(mix.giverCounts()).isTrue();
                }
            }
        }
        assertThat(counting).isPositive();
        assertThat(hidden).isPositive();
    }

    /**
     * Where the frame is the patch and all of it must be seen, a positive can neither be cut nor be a class elsewhere.
     */
    @Test
    void aRuleThatNoCutKeepsMixesNoPositive() {
        CutMix strict = new CutMix(1, 1, 32, 32, 1e-9, 1);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(plan(strict, seed))
                    .noneMatch(mix -> BATCH.get(mix.receiver()) == POSITIVE || BATCH.get(mix.giver()) == POSITIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnAlphaThatIsNone(double alpha) {
        String problem = "alpha must be > 0 and finite, found " + alpha;
        assertThat(problems(() -> new MixUp(alpha, 1))).containsExactly(problem);
        assertThat(problems(() -> cutMix(alpha, 1))).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesAShareThatIsNone(double share) {
        String problem = "share must be in [0, 1], found " + share;
        assertThat(problems(() -> new MixUp(1, share))).containsExactly(problem);
        assertThat(problems(() -> cutMix(1, share))).containsExactly(problem);
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(problems(() -> new CutMix(0, 2, 0, Double.NaN, 0, 0)))
                .containsExactly(
                        "alpha must be > 0 and finite, found 0.0",
                        "share must be in [0, 1], found 2.0",
                        "side must be ≥ 1, found 0",
                        "frame must be in (0, side = 0], found NaN",
                        "positiveIou must be in (0, 1], found 0.0",
                        "negativeIou must be in (0, positiveIou = 0.0], found 0.0");
    }

    private static CutMix cutMix(double alpha, double share) {
        return new CutMix(alpha, share, 32, FRAME, 0.3, 0.5);
    }

    private static List<Mix> plan(Mixing mixing, long seed) {
        return mixing.plan(BATCH, new SplittableRandom(seed));
    }

    /** The share of the frame that lies in the cut, edge by edge. */
    private static double seenOfTheFrame(Box cut) {
        double low = 16 - FRAME / 2;
        double high = 16 + FRAME / 2;
        double width = Math.max(0, Math.min(cut.x2(), high) - Math.max(cut.x1(), low));
        double height = Math.max(0, Math.min(cut.y2(), high) - Math.max(cut.y1(), low));
        return width * height / (FRAME * FRAME);
    }

    private static List<String> problems(Runnable made) {
        InvalidArgumentException thrown = catchThrowableOfType(InvalidArgumentException.class, made::run);
        assertThat(thrown).isNotNull();
        return thrown.problems().stream()
                .map(problem -> problem.key() + " " + problem.problem())
                .toList();
    }
}

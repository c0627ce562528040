package io.errata.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {

    private static final int N = 100;

    @Test
    void keepsEveryNumberAndReturnsTheArrayItself() {
        int[] ints = IntStream.range(0, N).toArray();
        long[] longs = LongStream.range(0, N).toArray();

        assertThat(Shuffle.all(ints, new SplittableRandom(1))).isSameAs(ints).isNotEqualTo(range(N));
        assertThat(Shuffle.all(longs, new SplittableRandom(1))).isSameAs(longs);

        assertThat(Arrays.stream(ints).sorted()).containsExactlyElementsOf(list(range(N)));
        assertThat(Arrays.stream(ints).asLongStream().toArray()).isEqualTo(longs);
    }

    @Test
    void followsFromTheSeed() {
        assertThat(Shuffle.all(range(N), new SplittableRandom(5)))
                .isEqualTo(Shuffle.all(range(N), new SplittableRandom(5)));
        assertThat(Shuffle.all(range(N), new SplittableRandom(5)))
                .isNotEqualTo(Shuffle.all(range(N), new SplittableRandom(6)));
    }

    @Test
    void drawsNothingForNoneOrOne() {
        SplittableRandom random = new SplittableRandom(3);

        Shuffle.all(new int[0], random);
        Shuffle.all(new long[] {7}, random);
        Shuffle.front(new int[] {7, 8}, 0, 2, random);

        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(3).nextLong());
    }

    /** 6 orders of 3 numbers, 60,000 shuffles: 10,000 of each, standard deviation 91. */
    @Test
    void makesEveryOrderEquallyOften() {
        SplittableRandom random = new SplittableRandom(11);
        int[] counts = new int[27];
        for (int i = 0; i < 60_000; i++) {
            int[] order = Shuffle.all(range(3), random);
            counts[9 * order[0] + 3 * order[1] + order[2]]++;
        }
        assertThat(Arrays.stream(counts).filter(count -> count > 0))
                .hasSize(6)
                .allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }

    @Test
    void drawsTheFrontFromTheFirstNumbersOnly() {
        long[] longs = LongStream.range(0, N).toArray();
        int[] ints = range(N);

        Shuffle.front(longs, 10, 50, new SplittableRandom(2));
        Shuffle.front(ints, 10, 50, new SplittableRandom(2));

        assertThat(Arrays.stream(ints).asLongStream().toArray()).isEqualTo(longs);
        assertThat(list(Arrays.copyOf(ints, 10)))
                .doesNotHaveDuplicates()
                .allSatisfy(i -> assertThat(i).isBetween(0, 49));
        assertThat(Arrays.copyOfRange(ints, 50, N))
                .isEqualTo(IntStream.range(50, N).toArray());
    }

    /**
     * Samplers drew with {@code nextInt(origin, bound)} before they used this class: the draws must be the same for a
     * saved seed.
     */
    @Test
    void drawsTheFrontAsNumbersBetweenOriginAndBound() {
        for (int n = 1; n <= 300; n++) {
            int[] expected = range(n);
            SplittableRandom random = new SplittableRandom(n);
            for (int i = 0; i < n; i++) {
                int other = random.nextInt(i, n);
                int swapped = expected[i];
                expected[i] = expected[other];
                expected[other] = swapped;
            }
            int[] numbers = range(n);
            Shuffle.front(numbers, n, n, new SplittableRandom(n));
            assertThat(numbers).isEqualTo(expected);
        }
    }

    private static int[] range(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static Iterable<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}

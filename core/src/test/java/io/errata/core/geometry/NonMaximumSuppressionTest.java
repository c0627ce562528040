package io.errata.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonMaximumSuppressionTest {

    private static final int ALL = Integer.MAX_VALUE;

    private static final float[] BOXES = {
        0, 0, 10, 10, 1, 0, 11, 10, 5, 0, 15, 10, 20, 20, 30, 30, 20, 20, 30, 30, 21, 21, 31, 31, 0, 0, 10, 5, 40, 40,
        40, 50
    };
    private static final float[] SCORES = {.9f, .8f, .8f, .7f, .7f, .95f, .6f, .1f};
    private static final int[] CLASSES = {0, 1, 0, 0, 0, 1, 0, 0};

    // python: b=torch.tensor(BOXES).view(-1,4); s=torch.tensor(SCORES); c=torch.tensor(CLASSES)
    //         for t in (0,.3,.5,.7): print(t, nms(b,s,t).tolist(), batched_nms(b,s,c,t).tolist())
    // (torchvision.ops 0.22.1)
    // 0.0 [5, 0, 7] [5, 0, 1, 3, 7]
    // 0.3 [5, 0, 7] [5, 0, 1, 3, 7]
    // 0.5 [5, 0, 2, 6, 7] [5, 0, 1, 2, 3, 6, 7]
    // 0.7 [5, 0, 2, 3, 6, 7] [5, 0, 1, 2, 3, 6, 7]

    @Test
    void agreesWithTorchvisionNms() {
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, 0, ALL)).containsExactly(5, 0, 7);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, 0.3, ALL)).containsExactly(5, 0, 7);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, 0.5, ALL)).containsExactly(5, 0, 2, 6, 7);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, 0.7, ALL)).containsExactly(5, 0, 2, 3, 6, 7);
    }

    @Test
    void agreesWithTorchvisionBatchedNms() {
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, CLASSES, 0, ALL)).containsExactly(5, 0, 1, 3, 7);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, CLASSES, 0.3, ALL)).containsExactly(5, 0, 1, 3, 7);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, CLASSES, 0.5, ALL)).containsExactly(5, 0, 1, 2, 3, 6, 7);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, CLASSES, 0.7, ALL)).containsExactly(5, 0, 1, 2, 3, 6, 7);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithComparingAllPairs(long seed) {
        Random random = new Random(seed);
        int n = 400;
        float[] boxes = randomBoxes(random, n);
        float[] scores = new float[n];
        int[] classes = new int[n];
        for (int i = 0; i < n; i++) {
            scores[i] = random.nextInt(20) / 20f - 0.5f;
            classes[i] = random.nextInt(3);
        }
        for (double threshold : new double[] {0, 0.25, 0.5, 0.75, 1}) {
            assertThat(NonMaximumSuppression.keep(boxes, scores, classes, threshold, ALL))
                    .as("seed %d, threshold %s", seed, threshold)
                    .containsExactly(naive(boxes, scores, classes, threshold));
            assertThat(NonMaximumSuppression.keep(boxes, scores, threshold, ALL))
                    .as("seed %d, threshold %s", seed, threshold)
                    .containsExactly(naive(boxes, scores, new int[n], threshold));
        }
    }

    @Test
    void boxesExactlyAtTheThresholdStay() {
        float[] halfAndWhole = {0, 0, 10, 10, 0, 0, 10, 5, 0, 0, 10, 5.001f};

        assertThat(NonMaximumSuppression.keep(halfAndWhole, new float[] {3, 2, 1}, 0.5, ALL))
                .containsExactly(0, 1);
        assertThat(NonMaximumSuppression.keep(halfAndWhole, new float[] {3, 1, 2}, 0.5, ALL))
                .containsExactly(0, 1);
    }

    @Test
    void equalScoresGoByIndex() {
        float[] same = {0, 0, 9, 9, 0, 0, 9, 9, 50, 0, 59, 9, 50, 0, 59, 9};

        assertThat(NonMaximumSuppression.keep(same, new float[] {0f, 0f, -0f, 0f}, 0.5, ALL))
                .containsExactly(0, 2);
    }

    @Test
    void ordersNegativeAndInfiniteScores() {
        float[] apart = {0, 0, 1, 1, 2, 0, 3, 1, 4, 0, 5, 1, 6, 0, 7, 1, 8, 0, 9, 1};
        float[] scores = {-1, Float.NEGATIVE_INFINITY, 2, Float.POSITIVE_INFINITY, -0.5f};

        assertThat(NonMaximumSuppression.keep(apart, scores, 0.5, ALL)).containsExactly(3, 2, 4, 0, 1);
    }

    @Test
    void keepsTheBestWhenOnlySomeAreWanted() {
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, 0.5, 3)).containsExactly(5, 0, 2);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, CLASSES, 0.5, 3)).containsExactly(5, 0, 1);
        assertThat(NonMaximumSuppression.keep(BOXES, SCORES, 0.5, 0)).isEmpty();
    }

    @Test
    void keepsBoxesThatOverlapNothing() {
        float inf = Float.POSITIVE_INFINITY;
        float[] odd = {5, 5, 5, 9, 5, 5, 5, 9, Float.NaN, 0, 9, 9, Float.NaN, 0, 9, 9, 0, 0, 9, 9, -inf, -inf, inf, inf
        };

        assertThat(NonMaximumSuppression.keep(odd, new float[6], 0, ALL)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(NonMaximumSuppression.keep(new float[0], new float[0], 0.5, ALL))
                .isEmpty();
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertThatThrownBy(() ->
                        NonMaximumSuppression.keep(new float[8], new float[] {1, Float.NaN, 3}, new int[1], 1.5, -1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("scores must be one a box (2), found 3; "
                        + "classes must be one a box (2), found 1; "
                        + "iouThreshold must be in [0, 1], found 1.5; "
                        + "maxCount must be >= 0, found -1; "
                        + "scores must not be NaN, found NaN at index 1");
        assertThatThrownBy(() -> NonMaximumSuppression.keep(BOXES, SCORES, Double.NaN, ALL))
                .hasMessage("iouThreshold must be in [0, 1], found NaN");
    }

    @Test
    void tenThousandBoxesAreQuick() {
        Random random = new Random(1);
        int n = 10_000;
        float[] scores = new float[n];
        IntStream.range(0, n).forEach(i -> scores[i] = random.nextFloat());
        float[] crowded = new float[4 * n];
        float[] tiles = new float[4 * n];
        float[] column = new float[4 * n];
        float[] mixed = new float[4 * n];
        for (int i = 0; i < n; i++) {
            put(crowded, i, random.nextInt(640), random.nextInt(480), 20 + random.nextInt(60), 20 + random.nextInt(60));
            put(tiles, i, i % 100 * 10, i / 100 * 10, 10, 10);
            put(column, i, 0, i * 10, 10, 10);
            put(mixed, i, i % 100 * 10, i / 100 * 10, i % 100 == 0 ? 500 : 5, i % 100 == 0 ? 500 : 5);
        }
        time("crowded", crowded, scores);
        assertThat(time("disjoint tiles", tiles, scores)).hasSize(n);
        assertThat(time("disjoint column", column, scores)).hasSize(n);
        time("a hundred large among small", mixed, scores);
    }

    /** Prints how long it takes; a slow machine fails nothing. */
    private static int[] time(String name, float[] boxes, float[] scores) {
        int[] kept = {};
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            kept = NonMaximumSuppression.keep(boxes, scores, 0.5, ALL);
            if (i == 0 || i == 4) {
                System.out.printf(
                        "NMS of 10,000 boxes, %s: %.1f ms, %d kept%n",
                        name, (System.nanoTime() - start) / 1e6, kept.length);
            }
        }
        return kept;
    }

    private static int[] naive(float[] boxes, float[] scores, int[] classes, double threshold) {
        List<Integer> kept = new ArrayList<>();
        IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(i -> i))
                .forEach(i -> {
                    Box box = Boxes.get(boxes, i);
                    if (kept.stream()
                            .noneMatch(k -> classes[k] == classes[i]
                                    && Boxes.get(boxes, k).iou(box) > threshold)) {
                        kept.add(i);
                    }
                });
        return kept.stream().mapToInt(i -> i).toArray();
    }

    /** Mostly ordinary boxes, with duplicates, empty, inverted and very large ones among them. */
    private static float[] randomBoxes(Random random, int n) {
        float[] boxes = new float[4 * n];
        for (int i = 0; i < n; i++) {
            if (i > 0 && random.nextInt(5) == 0) {
                System.arraycopy(boxes, 4 * random.nextInt(i), boxes, 4 * i, 4);
            } else {
                int size = random.nextInt(20) == 0 ? 300 : 30;
                put(
                        boxes,
                        i,
                        random.nextInt(200) - 100,
                        random.nextInt(200),
                        random.nextInt(size),
                        random.nextInt(size) - 1);
            }
        }
        return boxes;
    }

    private static void put(float[] boxes, int index, float x, float y, float width, float height) {
        boxes[4 * index] = x;
        boxes[4 * index + 1] = y;
        boxes[4 * index + 2] = x + width;
        boxes[4 * index + 3] = y + height;
    }
}

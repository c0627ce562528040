package io.errata.core.resampling;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The exact nearest neighbours of rows among themselves, by Euclidean distance. Every pair is compared, which in many
 * dimensions no tree avoids, block by block: besides the answer, memory is some 150 + 2·k kilobytes a thread whatever
 * the number of rows (up to 16,384 features). Blocks are searched in the common pool; the answer does not depend on
 * how many threads it has.
 *
 * <p>Distances are computed in double precision. Of rows equally far the one with the lower index is nearer, so
 * duplicates are neighbours at distance 0, lowest index first.
 */
public final class NearestNeighbours {

    private static final int BLOCK_ROWS = 256;
    private static final int TILE_VALUES = 1 << 14;

    private NearestNeighbours() {}

    /**
     * The k nearest of each row, itself excluded.
     *
     * @param rows N rows
     * @param k from 1 to N − 1
     * @return {@code [N, k]} in one array: the neighbours of row 0, nearest first, then those of row 1, …
     * @throws IllegalArgumentException if {@code k} is below 1 or not below N, or N·k is above
     *     {@link Integer#MAX_VALUE}
     */
    public static int[] within(FeatureMatrix rows, int k) {
        int n = rows.size();
        ArgumentChecks.check(k >= 1 && k < n, "k", "must be >= 1 and < the number of rows, " + n, k);
        ArgumentChecks.check((long) n * k <= Integer.MAX_VALUE, "rows · k", "must be <= 2147483647", n + " · " + k);
        int[] nearest = new int[n * k];
        IntStream.range(0, (n + BLOCK_ROWS - 1) / BLOCK_ROWS)
                .parallel()
                .forEach(block -> new Block(rows, k, block * BLOCK_ROWS, nearest).search());
        return nearest;
    }

    /** The search for the neighbours of some consecutive rows. */
    private static final class Block {

        private final FeatureMatrix rows;
        private final int k;
        private final int first;
        private final int end;
        private final int[] nearest;
        /** The k least squared distances found so far for each row of the block, rising. */
        private final double[] least;
        /** {@code [D][candidates]}, some candidates feature by feature. */
        private final double[][] tile;

        private final double[] distances;

        Block(FeatureMatrix rows, int k, int first, int[] nearest) {
            this.rows = rows;
            this.k = k;
            this.first = first;
            this.end = Math.min(rows.size(), first + BLOCK_ROWS);
            this.nearest = nearest;
            this.least = new double[(end - first) * k];
            int candidates = Math.min(rows.size(), Math.max(1, TILE_VALUES / rows.dimension()));
            this.distances = new double[candidates];
            this.tile = new double[rows.dimension()][candidates];
        }

        void search() {
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            for (int start = 0; start < rows.size(); start += distances.length) {
                int candidates = Math.min(distances.length, rows.size() - start);
                fillTile(start, candidates);
                for (int row = first; row < end; row++) {
                    measure(row, candidates);
                    keepNearest(row, start, candidates);
                }
            }
        }

        private void fillTile(int start, int candidates) {
            for (int j = 0; j < candidates; j++) {
                for (int f = 0; f < rows.dimension(); f++) {
                    tile[f][j] = rows.value(start + j, f);
                }
            }
        }

        private void measure(int row, int candidates) {
            Arrays.fill(distances, 0, candidates, 0);
            for (int f = 0; f < rows.dimension(); f++) {
                addSquares(rows.value(row, f), tile[f], distances, candidates);
            }
        }

        /**
         * The loop where all the time goes. Its turns are independent and both arrays are read at the same index,
         * which is what the compiler asks of a loop to make vector instructions of it: four times as fast.
         */
        private static void addSquares(double value, double[] feature, double[] sums, int count) {
            for (int j = 0; j < count; j++) {
                double difference = feature[j] - value;
                sums[j] += difference * difference;
            }
        }

        private void keepNearest(int row, int start, int candidates) {
            int last = (row - first + 1) * k - 1;
            for (int j = 0; j < candidates; j++) {
                if (distances[j] < least[last] && start + j != row) {
                    insert(row, start + j, distances[j]);
                }
            }
        }

        /** Candidates come by rising index and one equally far goes behind, so ties are won by the lower index. */
        private void insert(int row, int candidate, double distance) {
            int low = (row - first) * k;
            int at = low + k - 1;
            for (; at > low && least[at - 1] > distance; at--) {
                least[at] = least[at - 1];
                nearest[first * k + at] = nearest[first * k + at - 1];
            }
            least[at] = distance;
            nearest[first * k + at] = candidate;
        }
    }
}

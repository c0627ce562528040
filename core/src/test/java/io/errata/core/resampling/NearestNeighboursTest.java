package io.errata.core.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.errata.core.problem.InvalidArgumentException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against scikit-learn and numpy; the answers are those of {@code neighbours.py}, which stands beside them. */
class NearestNeighboursTest {

    record Row(long seed, int rows, int features, int levels, int k, int[] nearest) {

        static Row parse(List<String> f) {
            int[] shape = f.subList(1, 5).stream().mapToInt(Integer::parseInt).toArray();
            return new Row(Long.parseLong(f.get(0)), shape[0], shape[1], shape[2], shape[3], Fixture.ints(f.get(5)));
        }

        @Override
        public String toString() {
            return rows + " × " + features + ", " + levels + " levels, k = " + k;
        }
    }

    static Stream<Row> rows() {
        return Fixture.lines("neighbours.csv").map(Row::parse);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void areThoseOfScikitLearnAndTiesGoToTheLowerIndex(Row row) {
        FeatureMatrix rows =
                FeatureMatrix.of(Minstd.values(row.seed, row.rows * row.features, row.levels), row.features);

        assertThat(NearestNeighbours.within(rows, row.k)).containsExactly(row.nearest);
    }

    @Test
    void aDuplicateIsANeighbourAndARowItselfIsNot() {
        FeatureMatrix rows = FeatureMatrix.of(new float[] {5, 7, 5, 5, 9}, 1);

        assertThat(NearestNeighbours.within(rows, 2)).containsExactly(2, 3, 0, 2, 0, 3, 0, 2, 1, 0);
    }

    @Test
    void theLargestFloatsDoNotOverflow() {
        float max = Float.MAX_VALUE;
        FeatureMatrix rows = FeatureMatrix.of(new float[] {max, max, -max, -max, max, -max}, 2);

        assertThat(NearestNeighbours.within(rows, 1)).containsExactly(2, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 4})
    void refusesMoreNeighboursThanOtherRows(int k) {
        FeatureMatrix rows = FeatureMatrix.of(new float[3], 1);

        assertThatThrownBy(() -> NearestNeighbours.within(rows, k))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("k must be >= 1 and < the number of rows, 3, found " + k);
    }

    /**
     * All distances at once would be 1.6 GB in single precision; even what is allocated and freed on the way is far
     * less.
     */
    @Test
    void twentyThousandRowsTakeLittleMemory() {
        int n = 20_000;
        FeatureMatrix rows = FeatureMatrix.of(Minstd.values(9, n * 64, 20001), 64);

        long before = allocated();
        int[] nearest = NearestNeighbours.within(rows, 5);

        assertThat(allocated() - before).isLessThan(64L << 20);
        assertThat(nearest).hasSize(5 * n);
    }

    /** Bytes allocated so far by all threads. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}

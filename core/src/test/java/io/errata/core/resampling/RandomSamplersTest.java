package io.errata.core.resampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSamplersTest {

    private static final FeatureSet ROWS =
            FeatureSet.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, 1, new int[] {0, 1, 0, 0, 1, 0, 0, 0});

    @Test
    void underSamplingKeepsTheRareClassAndSomeOfTheOtherInOrder() {
        for (int seed = 0; seed < 50; seed++) {
            Resampled kept = new RandomUnderSampler(SamplingTarget.balanced(), seed).resample(ROWS);

            int[] origins = origins(kept);
            assertThat(origins).hasSize(4).contains(1, 4).isSorted().doesNotHaveDuplicates();
            assertThat(kept.rows().counts()).containsEntry(0, 2).containsEntry(1, 2);
            assertRowsAreCopies(kept);
        }
    }

    @Test
    void underSamplingKeepsEveryRowOfTheClassEquallyOften() {
        int[] kept = new int[ROWS.size()];
        for (int seed = 0; seed < 6_000; seed++) {
            Arrays.stream(origins(new RandomUnderSampler(SamplingTarget.balanced(), seed).resample(ROWS)))
                    .forEach(row -> kept[row]++);
        }

        // 2 of 6 in 6,000 draws: 2,000 with a standard deviation of 37
        assertThat(kept[1]).isEqualTo(6_000);
        for (int row : ROWS.rowsOf(0)) {
            assertThat(kept[row]).isBetween(1_850, 2_150);
        }
    }

    @Test
    void overSamplingKeepsAllRowsAndAddsCopiesOfTheRareClass() {
        Resampled grown = new RandomOverSampler(SamplingTarget.ratio(0.9), 3).resample(ROWS);

        assertThat(grown.rows().counts()).containsEntry(0, 6).containsEntry(1, 5);
        assertThat(Arrays.copyOf(origins(grown), 8)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(Arrays.copyOfRange(grown.rows().labels(), 8, 11)).containsOnly(1);
        assertRowsAreCopies(grown);
    }

    @Test
    void sameSeedSameRowsAnotherSeedOthers() {
        FeatureSet rows = Fixture.rows(Fixture.counts("0:1000 1:100"));

        int[] under = origins(new RandomUnderSampler(SamplingTarget.balanced(), 5).resample(rows));
        int[] over = origins(new RandomOverSampler(SamplingTarget.balanced(), 5).resample(rows));

        assertThat(origins(new RandomUnderSampler(SamplingTarget.balanced(), 5).resample(rows)))
                .containsExactly(under);
        assertThat(origins(new RandomUnderSampler(SamplingTarget.balanced(), 6).resample(rows)))
                .isNotEqualTo(under);
        assertThat(origins(new RandomOverSampler(SamplingTarget.balanced(), 5).resample(rows)))
                .containsExactly(over);
        assertThat(origins(new RandomOverSampler(SamplingTarget.balanced(), 6).resample(rows)))
                .isNotEqualTo(over);
    }

    private static int[] origins(Resampled resampled) {
        return IntStream.range(0, resampled.rows().size())
                .map(resampled::origin)
                .toArray();
    }

    private static void assertRowsAreCopies(Resampled resampled) {
        FeatureSet expected = ROWS.select(origins(resampled));
        assertThat(resampled.rows().features().values())
                .containsExactly(expected.features().values());
        assertThat(resampled.rows().labels()).containsExactly(expected.labels());
        assertThat(IntStream.range(0, expected.size())).noneMatch(resampled::isSynthetic);
    }
}

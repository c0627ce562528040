package io.errata.core.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidArgumentException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureSetTest {

    @Test
    void keepsItsOwnCopyOfRowsAndLabels() {
        float[] values = {1, 2, 3, 4};
        int[] labels = {7, 0};
        FeatureSet set = FeatureSet.of(values, 2, labels);
        values[0] = 9;
        labels[0] = 9;
        set.features().values()[1] = 9;
        set.labels()[1] = 9;

        assertThat(set.features().values()).containsExactly(1, 2, 3, 4);
        assertThat(set.labels()).containsExactly(7, 0);
        assertThat(set.features().value(1, 0)).isEqualTo(3);
    }

    @Test
    void countsAndFindsTheRowsOfAClass() {
        FeatureSet set = FeatureSet.of(new float[] {1, 2, 3, 4, 5}, 1, new int[] {2, -1, 2, 2, -1});

        assertThat(set.counts()).isEqualTo(Map.of(-1, 2, 2, 3));
        assertThat(set.rowsOf(2)).containsExactly(0, 2, 3);
        assertThat(set.rowsOf(5)).isEmpty();
        assertThat(set).hasToString("FeatureSet[5, 1, {-1=2, 2=3}]");
    }

    @Test
    void selectsRowsInTheOrderAskedAndMoreThanOnce() {
        FeatureSet set = FeatureSet.of(new float[] {1, 2, 3, 4, 5, 6}, 2, new int[] {0, 1, 2});

        FeatureSet selected = set.select(new int[] {2, 0, 2});

        assertThat(selected.features().values()).containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(selected.labels()).containsExactly(2, 0, 2);
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThatThrownBy(
                        () -> FeatureSet.of(new float[] {1, Float.NaN, Float.NEGATIVE_INFINITY, 4, 5}, 2, new int[3]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("values must fill rows of 2 features, found 5; "
                        + "features must be finite, found NaN in row 0, feature 1; "
                        + "features must be finite, found -Infinity in row 1, feature 0; "
                        + "labels must be one a row, 2, found 3");
    }

    @Test
    void tellsOfADimensionBelowOne() {
        assertThatThrownBy(() -> FeatureSet.of(new float[4], 0, new int[4]))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("dimension must be >= 1, found 0");
    }

    @Test
    void tellsOfTheFirstOfManyNumbersThatAreNotFinite() {
        float[] values = new float[1_000];
        Arrays.fill(values, Float.NaN);

        assertThatThrownBy(() -> FeatureMatrix.of(values, 10))
                .isInstanceOfSatisfying(
                        InvalidArgumentException.class,
                        e -> assertThat(e.problems())
                                .hasSize(11)
                                .last()
                                .hasToString("features: must be finite, found 990 more that are not"));
    }

    @Test
    void refusesAFeatureThatBelongsToTheNextRow() {
        FeatureMatrix rows = FeatureMatrix.of(new float[] {1, 2, 3, 4}, 2);

        assertThatThrownBy(() -> rows.value(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

package io.errata.datasets.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistributionTest {

    /** numpy.quantile([7, 1, 4, 4, 10.5], [0, .01, .25, .3, .5, .9, 1]) = [1, 1.12, 4, 4, 4, 9.1, 10.5] */
    @Test
    void quantilesAreNumPys() {
        Distribution values = Distribution.of(7, 1, 4, 4, 10.5);

        assertThat(values.count()).isEqualTo(5);
        assertThat(values.mean()).isEqualTo(5.3, within(1e-12));
        double[] shares = {0, 0.01, 0.25, 0.3, 0.5, 0.9, 1};
        double[] expected = {1, 1.12, 4, 4, 4, 9.1, 10.5};
        for (int i = 0; i < shares.length; i++) {
            assertThat(values.quantile(shares[i])).isEqualTo(expected[i], within(1e-12));
        }
    }

    @Test
    void hasNoQuantilesWithoutValues() {
        Distribution none = Distribution.of();

        assertThat(none.count()).isZero();
        assertThat(none.quantile(0.5)).isNaN();
        assertThat(none.mean()).isNaN();
        assertThat(none.histogram(0, 1)).containsExactly(0);
        assertThat(Distribution.of(3).quantile(0.7)).isEqualTo(3);
    }

    @Test
    void countsValuesBetweenEdges() {
        Distribution values = Distribution.of(-1, 0, 0.5, 1, 1, 2, 3, 3.5);

        // [0, 1) has 0 and 0.5; [1, 2) has two ones; [2, 3] has 2 and 3; the rest lies outside
        assertThat(values.histogram(0, 1, 2, 3)).containsExactly(2, 2, 2);
        assertThat(values.histogram(0)).isEmpty();
        assertThat(values.histogram()).isEmpty();
    }

    @Test
    void keepsItsValuesToItself() {
        double[] values = {2, 1};
        Distribution distribution = Distribution.of(values);
        values[0] = 9;

        assertThat(distribution.quantile(1)).isEqualTo(2);
        assertThat(values[1]).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatThrownBy(() -> Distribution.of(1, Double.NaN)).hasMessageContaining("found NaN");
        assertThatThrownBy(() -> Distribution.of(1).quantile(1.01)).hasMessageContaining("share must be in [0, 1]");
        assertThatThrownBy(() -> Distribution.of(1).quantile(Double.NaN)).hasMessageContaining("found NaN");
    }
}

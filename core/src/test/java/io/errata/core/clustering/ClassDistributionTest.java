package io.errata.core.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.resampling.FeatureMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClassDistributionTest {

    private static ClassDistribution of(int[] clusters, int[] classes) {
        return ClassDistribution.of(Clusters.of(clusters, FeatureMatrix.of(new float[clusters.length], 1)), classes);
    }

    static List<Fixture> agreements() {
        return Fixture.of("agreement");
    }

    @ParameterizedTest
    @MethodSource("agreements")
    void agreesWithScikitLearn(Fixture fixture) {
        ClassDistribution found = of(fixture.whole(0), fixture.whole(1));

        assertThat(found.purity()).isCloseTo(fixture.list(2)[0], within(1e-6));
        assertThat(found.normalisedMutualInformation()).isCloseTo(fixture.list(2)[1], within(1e-6));
    }

    @Test
    void countsTheClassesOfEveryClusterAndOfTheNoise() {
        ClassDistribution found = of(new int[] {0, 0, 0, 1, -1, -1}, new int[] {7, 7, -3, -3, 7, -3});

        assertThat(found.classes()).containsExactly(-3, 7);
        assertThat(found.counts(0)).containsExactly(1, 2);
        assertThat(found.counts(1)).containsExactly(1, 0);
        assertThat(found.counts(Clusters.NOISE)).containsExactly(1, 1);
        assertThat(found.purity()).isEqualTo(4 / 6.0);
    }

    @Test
    void informationIsOneForRenamedClassesAndZeroForUnrelatedOnes() {
        assertThat(of(new int[] {5, 5, 2, 2}, new int[] {0, 0, 1, 1}).normalisedMutualInformation())
                .isCloseTo(1, within(1e-12));
        assertThat(of(new int[] {0, 1, 0, 1}, new int[] {0, 0, 1, 1}).normalisedMutualInformation())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void informationIsOneWhereThereIsNothingToTellAndZeroWhereOnlyOneSideTells() {
        assertThat(of(new int[] {0, 0}, new int[] {4, 4}).normalisedMutualInformation())
                .isEqualTo(1);
        assertThat(of(new int[] {0, 0}, new int[] {4, 5}).normalisedMutualInformation())
                .isZero();
    }
}

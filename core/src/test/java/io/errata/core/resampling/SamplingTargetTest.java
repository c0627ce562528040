package io.errata.core.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidArgumentException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTargetTest {

    /** One row of targets.csv. */
    record Row(String direction, String sizes, String target, String after) {

        Resampler sampler() {
            SamplingTarget wanted = switch (target.split(" ")[0]) {
                case "balanced" -> SamplingTarget.balanced();
                case "ratio" -> SamplingTarget.ratio(Double.parseDouble(target.split(" ")[1]));
                default -> SamplingTarget.counts(Fixture.counts(target));
            };
            return direction.equals("over") ? new RandomOverSampler(wanted, 1) : new RandomUnderSampler(wanted, 1);
        }

        /** imbalanced-learn refuses a ratio that is there already; we have nothing to do. */
        boolean isThereAlready() {
            return direction.equals("over") && target.equals("ratio 1.0") && sizes.equals("0:30 1:30");
        }
    }

    static Stream<Row> rows() {
        return Fixture.lines("targets.csv").map(f -> new Row(f.get(0), f.get(1), f.get(2), f.get(3)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void asksForWhatImbalancedLearnAsksForAndRefusesWhatItRefuses(Row row) {
        FeatureSet rows = Fixture.rows(Fixture.counts(row.sizes));

        if (row.isThereAlready()) {
            assertThat(row.sampler().resample(rows).rows().counts()).isEqualTo(rows.counts());
        } else if (row.after.equals("refused")) {
            assertThatThrownBy(() -> row.sampler().resample(rows)).isInstanceOf(InvalidArgumentException.class);
        } else {
            assertThat(row.sampler().resample(rows).rows().counts()).isEqualTo(Fixture.counts(row.after));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesARatioThatIsNone(double ratio) {
        assertThatThrownBy(() -> SamplingTarget.ratio(ratio))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("ratio must be in (0, 1], found " + ratio);
    }

    @Test
    void refusesCountsOfNothing() {
        assertThatThrownBy(() -> SamplingTarget.counts(new TreeMap<>(Map.of(0, 0, 1, 5, 2, -3))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("count of class 0 must be >= 1, found 0; count of class 2 must be >= 1, found -3");
        assertThatThrownBy(() -> SamplingTarget.counts(Map.of()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("counts must name at least one class, found none");
    }

    @Test
    void tellsAllThatCannotBeDoneAtOnce() {
        FeatureSet rows = Fixture.rows(Fixture.counts("0:10 1:4 2:3"));
        SamplingTarget target = SamplingTarget.counts(Map.of(0, 9, 1, 8, 2, 4, 7, 1));

        assertThatThrownBy(() -> new Smote(4, target, 1).resample(rows))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the target must name classes that have rows, [0, 1, 2], found class 7; "
                        + "target of class 0 must be >= its 10 rows when over-sampling, found 9; "
                        + "neighbours must be < the rows of a class that grows: class 1 has 4, found 4; "
                        + "neighbours must be < the rows of a class that grows: class 2 has 3, found 4");
    }

    @Test
    void wantsTwoClassesAtLeast() {
        FeatureSet rows = Fixture.rows(Fixture.counts("3:10"));
        FeatureSet none = FeatureSet.of(new float[0], 1, new int[0]);

        for (Resampler resampler : List.of(
                Smote.withDefaults(1),
                new RandomOverSampler(SamplingTarget.ratio(1), 1),
                new RandomUnderSampler(SamplingTarget.balanced(), 1))) {
            assertThatThrownBy(() -> resampler.resample(rows))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("rows must be of at least two classes, found [3]");
            assertThatThrownBy(() -> resampler.resample(none))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("rows must be of at least two classes, found []");
        }
    }

    @Test
    void refusesMoreRowsThanAnArrayHolds() {
        FeatureSet rows = Fixture.rows(Fixture.counts("0:10 1:6"));
        SamplingTarget target = SamplingTarget.counts(Map.of(1, Integer.MAX_VALUE));

        assertThatThrownBy(() -> new RandomOverSampler(target, 1).resample(rows))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("rows · features after over-sampling must be <= 2147483647, found 2147483657 · 1");
    }
}

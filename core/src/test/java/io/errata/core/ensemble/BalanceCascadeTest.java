package io.errata.core.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.resampling.FeatureMatrix;
import io.errata.core.resampling.FeatureSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BalanceCascadeTest {

    /** Scores a row by its first feature, and remembers what it was shown. */
    private static final class Spy implements Learner {

        final List<FeatureSet> seen = new ArrayList<>();

        @Override
        public Classifier learn(FeatureSet training) {
            seen.add(training);
            return Spy::first;
        }

        private static double[] first(FeatureMatrix rows) {
            double[] scores = new double[rows.size()];
            Arrays.setAll(scores, row -> rows.value(row, 0));
            return scores;
        }
    }

    /**
     * Two positives and eight negatives, three members: f = √(2/8) = ½, so 8, 4, 2 and at last 1 negatives are left.
     */
    @Test
    void removesTheNegativesBelowTheThresholdAtWhichTheShareFIsLeft() {
        FeatureSet training = FeatureSet.of(
                new float[] {0.5f, 0.0625f, 1, 0.125f, 0.25f, 0.1875f, 0.75f, 0.5f, 0.375f, 0.625f},
                1,
                new int[] {0, 0, 1, 0, 0, 0, 1, 0, 0, 0});
        Spy spy = new Spy();

        Ensemble learned = new BalanceCascade(spy, 3, 4).learn(training);

        assertThat(learned.members()).extracting(Ensemble.Member::threshold).containsExactly(0.25, 0.5, 0.5);
        assertThat(learned.threshold()).isCloseTo(1.25 / 3, within(1e-15));
        assertThat(spy.seen).hasSize(3).allSatisfy(rows -> {
            assertThat(rows.counts()).isEqualTo(Map.of(0, 2, 1, 2));
            assertThat(rows.select(rows.rowsOf(1)).features().values()).containsExactly(1, 0.75f);
        });
        assertThat(negatives(spy.seen.get(1))).isSubsetOf(0.375f, 0.5f, 0.625f);
        assertThat(negatives(spy.seen.get(2))).containsExactly(0.5f, 0.625f);
    }

    /** Whatever the scores, the last member is shown the |P| highest, and each threshold leaves the share f. */
    @ParameterizedTest
    @CsvSource({"3, 50, 2, 1", "3, 50, 7, 2", "20, 21, 5, 3", "5, 5, 4, 4", "1, 300, 10, 5", "1, 1, 2, 6"})
    void theLastMemberLearnsFromTheHardestNegatives(int positives, int negatives, int members, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[positives + negatives];
        int[] labels = new int[positives + negatives];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(100) / 100f; // with ties
            labels[i] = i < positives ? 1 : 0;
        }
        float[] hardest = Arrays.copyOfRange(values, positives, values.length);
        Arrays.sort(hardest);
        hardest = Arrays.copyOfRange(hardest, negatives - positives, negatives);
        Spy spy = new Spy();

        Ensemble learned = new BalanceCascade(spy, members, seed).learn(FeatureSet.of(values, 1, labels));

        assertThat(learned.members()).hasSize(members);
        assertThat(negatives(spy.seen.get(members - 1))).containsExactlyInAnyOrderElementsOf(boxed(hardest));
    }

    @Test
    void holdsItsNumbersWhereAllScoresTie() {
        FeatureSet training = FeatureSet.of(new float[10], 1, new int[] {1, 1, 0, 0, 0, 0, 0, 0, 0, 0});
        Spy spy = new Spy();

        Ensemble learned = new BalanceCascade(spy, 3, 1).learn(training);

        assertThat(spy.seen).allSatisfy(rows -> assertThat(rows.counts()).isEqualTo(Map.of(0, 2, 1, 2)));
        assertThat(learned.threshold()).isZero();
    }

    static Stream<List<String>> figures() {
        return Fixture.figures("balance-cascade");
    }

    /** Against the same algorithm in Python over scikit-learn's logistic regression, 20 seeds each. */
    @ParameterizedTest
    @MethodSource("figures")
    void itsRocAreaIsThatOfThePaperWrittenDownInPython(List<String> given) {
        FeatureSet training = Fixture.rows("training");
        FeatureSet test = Fixture.rows("test");
        int members = Integer.parseInt(given.get(1));
        double[] areas = new double[20];
        Arrays.setAll(areas, seed -> {
            Ensemble learned = new BalanceCascade(LogisticRegression.withDefaults(), members, seed).learn(training);
            return Fixture.auc(learned.scores(test.features()), test.labels());
        });

        double deviation = Double.parseDouble(given.get(3));
        assertThat(Arrays.stream(areas).average().orElseThrow())
                .isCloseTo(Double.parseDouble(given.get(2)), within(3 * deviation * Math.sqrt(2.0 / 20)));
    }

    @Test
    void sameSeedSameScoresAnotherSeedOthers() {
        FeatureSet training = Fixture.rows("training");
        FeatureMatrix test = Fixture.rows("test").features();
        Learner learner = LogisticRegression.withDefaults();
        double[] first = new BalanceCascade(learner, 3, 1).learn(training).scores(test);

        assertThat(new BalanceCascade(learner, 3, 1).learn(training).scores(test))
                .containsExactly(first);
        assertThat(new BalanceCascade(learner, 3, 2).learn(training).scores(test))
                .isNotEqualTo(first);
    }

    @Test
    void tellsWhatIsWrongWithRowsAndSettings() {
        assertThatThrownBy(() -> new BalanceCascade(new Spy(), 1, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("members of a cascade must be >= 2, found 1");
        assertThatThrownBy(() ->
                        new BalanceCascade(new Spy(), 2, 1).learn(FeatureSet.of(new float[3], 1, new int[] {0, 3, 0})))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("labels must be 1 (positive) or 0 (negative), found 3 in 1 rows; "
                        + "positives (label 1) must be at least one, found none");
    }

    private static List<Float> negatives(FeatureSet rows) {
        return boxed(rows.select(rows.rowsOf(0)).features().values());
    }

    private static List<Float> boxed(float[] values) {
        List<Float> boxed = new ArrayList<>();
        for (float value : values) {
            boxed.add(value);
        }
        return boxed;
    }
}

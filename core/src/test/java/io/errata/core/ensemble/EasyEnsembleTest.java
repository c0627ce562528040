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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EasyEnsembleTest {

    private static final Learner CHANCE = training -> rows -> new double[rows.size()];

    @Test
    void everyMemberLearnsFromAllPositivesAndAsManyNegatives() {
        FeatureSet training = Fixture.rows("training");
        List<FeatureSet> seen = new ArrayList<>();
        Learner spy = rows -> {
            seen.add(rows);
            return CHANCE.learn(rows);
        };

        Ensemble learned = new EasyEnsemble(spy, 3, 5).learn(training);

        assertThat(learned.members()).hasSize(3);
        assertThat(learned.threshold()).isEqualTo(0.5);
        float[] positives = training.select(training.rowsOf(1)).features().values();
        assertThat(seen).hasSize(3).allSatisfy(rows -> {
            assertThat(rows.counts()).isEqualTo(Map.of(0, 40, 1, 40));
            assertThat(rows.select(rows.rowsOf(1)).features().values()).containsExactly(positives);
        });
        assertThat(seen.get(0).features().values())
                .isNotEqualTo(seen.get(1).features().values());
    }

    @Test
    void theScoreIsTheMeanOfTheMembersScores() {
        Ensemble ensemble = new Ensemble(List.of(
                new Ensemble.Member(rows -> new double[] {0.25, 1}, 0.5),
                new Ensemble.Member(rows -> new double[] {0.75, 0}, 0.25)));

        assertThat(ensemble.scores(FeatureMatrix.of(new float[2], 1))).containsExactly(0.5, 0.5);
        assertThat(ensemble.threshold()).isEqualTo(0.375);
    }

    static Stream<List<String>> figures() {
        return Fixture.figures("easy-ensemble");
    }

    /** Against imbalanced-learn's EasyEnsembleClassifier over logistic regressions, 20 seeds each. */
    @ParameterizedTest
    @MethodSource("figures")
    void itsRocAreaIsThatOfImbalancedLearn(List<String> given) {
        FeatureSet training = Fixture.rows("training");
        FeatureSet test = Fixture.rows("test");
        int members = Integer.parseInt(given.get(1));
        double[] areas = new double[20];
        Arrays.setAll(areas, seed -> {
            Ensemble learned = new EasyEnsemble(LogisticRegression.withDefaults(), members, seed).learn(training);
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
        double[] first = new EasyEnsemble(learner, 3, 1).learn(training).scores(test);

        assertThat(new EasyEnsemble(learner, 3, 1).learn(training).scores(test)).containsExactly(first);
        assertThat(new EasyEnsemble(learner, 3, 2).learn(training).scores(test)).isNotEqualTo(first);
    }

    @Test
    void tellsWhatIsWrongWithRowsAndSettings() {
        FeatureSet rows = FeatureSet.of(new float[3], 1, new int[] {1, 0, 1});

        assertThatThrownBy(() -> new EasyEnsemble(CHANCE, 2, 1).learn(rows))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("positives must be no more than negatives, 1, found 2");
        assertThatThrownBy(() -> new EasyEnsemble(CHANCE, 0, 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("members must be >= 1, found 0");
    }

    @Test
    void refusesScoresThatAreNone() {
        FeatureMatrix rows = FeatureMatrix.of(new float[2], 1);

        assertThatThrownBy(() -> ensemble(0.5).scores(rows))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("a classifier must give one score a row, 2, found 1");
        assertThatThrownBy(() -> ensemble(0.5, Double.NaN).scores(rows))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("scores of a classifier must be in [0, 1], found NaN");
    }

    private static Ensemble ensemble(double... scores) {
        return new Ensemble(List.of(new Ensemble.Member(rows -> scores, 0.5)));
    }
}

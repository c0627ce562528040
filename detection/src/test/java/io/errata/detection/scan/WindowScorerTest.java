package io.errata.detection.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.detection.Corpora;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scorers that are no network: a lambda, and the choice on the host behind it. */
class WindowScorerTest {

    /** 3 × 2 windows on an image of 2 × 4 pixels. */
    private static final Level LEVEL =
            Pyramid.of(Corpora.noise(new Random(1), 2, 4), Corpora.GEOMETRY).level(0);

    @Test
    void aLambdaIsEnough() {
        WindowScorer scorer = level -> new float[] {0.1f, 0.9f, 0.5f, 0.6f, 0.8f, 0.2f};

        byte[] all = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

        ScanHits hits = scorer.hits(List.of(LEVEL, LEVEL), new Selection(0.5, 10, all, new int[] {5, 6}));

        assertThat(hits.found()).isEqualTo(6);
        assertThat(hits.windows()).containsExactly(1, 3, 4, 7, 9, 10);
        assertThat(hits.scores()).containsExactly(0.9f, 0.6f, 0.8f, 0.9f, 0.6f, 0.8f);
        assertThat(hits.offsets()).isEmpty();
        assertThat(hits.tracked()).containsExactly(0.2f, 0.1f);
    }

    @Test
    void ofEachLevelTheHighestComeBack() {
        float[][] scores = {{0.9f, 0.9f, 0.8f, 0.7f, 0.6f, 0.9f}, {0.1f, 0.55f, 0.6f, 0.65f, 0.1f, 0.1f}};
        List<float[]> next = new ArrayList<>(List.of(scores));
        WindowScorer scorer = level -> next.remove(0);

        ScanHits hits = scorer.hits(List.of(LEVEL, LEVEL), Selection.above(0.5, 2));

        assertThat(hits.found()).isEqualTo(9);
        assertThat(hits.windows()).as("ties in the order of the windows").containsExactlyInAnyOrder(0, 1, 9, 8);
    }

    @Test
    void theBestClassDecidesAndAllClassesComeBack() {
        WindowScorer scorer =
                level -> new float[] {0.1f, 0.9f, 0.5f, 0.5f, 0.8f, 0.2f, 0, 0, Float.NaN, 0.9f, 0.51f, 0.52f};

        ScanHits hits = scorer.hits(List.of(LEVEL), Selection.above(0.5, 10));

        assertThat(hits.windows()).as("NaN does not pass").containsExactly(0, 2, 5);
        assertThat(hits.scores()).containsExactly(0.1f, 0.9f, 0.8f, 0.2f, 0.51f, 0.52f);
    }

    @Test
    void windowsNotWantedAreNeitherFoundNorReturned() {
        WindowScorer scorer = level -> new float[] {0.9f, 0.9f, 0.9f, 0.9f, 0.9f, 0.1f};

        ScanHits hits =
                scorer.hits(List.of(LEVEL), new Selection(0.5, 10, new byte[] {1, 0, 0, 1, 0, 1}, new int[] {1}));

        assertThat(hits.found()).isEqualTo(2);
        assertThat(hits.windows()).containsExactly(0, 3);
        assertThat(hits.tracked()).containsExactly(0.9f);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 7, 13})
    void refusesAWrongNumberOfScores(int length) {
        WindowScorer scorer = level -> new float[length];

        assertThatThrownBy(() -> scorer.hits(List.of(LEVEL), Selection.above(0.5, 10)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must return rows × columns × classes scores")
                .hasMessageEndingWith("found " + length);
    }

    @Test
    void refusesLevelsOfDifferentLengths() {
        List<float[]> next = new ArrayList<>(List.of(new float[6], new float[12]));
        WindowScorer scorer = level -> next.remove(0);

        assertThatThrownBy(() -> scorer.hits(List.of(LEVEL, LEVEL), Selection.above(0.5, 10)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("6 here, found 12");
    }

    @Test
    void aScanRefusesAnotherNumberOfClasses() {
        WindowScorer twoClasses = level -> ones(2 * level.grid().windows());
        try (PyramidStore store =
                new PyramidStore(Corpora.dataset(1, new int[] {20, 20}).images(), Corpora.GEOMETRY, 1)) {
            Scan scan = new Scan(twoClasses, store, 3, 1 << 19);

            assertThatThrownBy(() -> scan.run(Candidates.all(), 0.5, 10, image -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("3 scores a window");
        }
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void selectionsAreChecked() {
        assertThatThrownBy(() -> Selection.above(1, 10)).hasMessage("threshold must be in [0, 1), found 1.0");
        assertThatThrownBy(() -> Selection.above(Double.NaN, 10)).hasMessageContaining("found NaN");
        assertThatThrownBy(() -> Selection.above(0.5, 0)).hasMessage("maxPerLevel must be ≥ 1, found 0");
    }
}

package io.errata.mining.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.window.WindowKey;
import io.errata.detection.Corpora;
import io.errata.detection.scan.ScoredWindows;
import io.errata.mining.config.MiningSettings;
import io.errata.mining.config.RunConfig;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies by name and one after the other. */
class MiningPolicyTest {

    private static final Dataset DATASET = Corpora.dataset(1, new int[] {64, 48});
    private static final ScoredWindows WINDOWS = row(new int[] {4, 5, 12, 20}, 0.7f, 0.8f, 0.65f, 0.6f);

    private static ScoredWindows row(int[] columns, float... scores) {
        long[] keys = new long[columns.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = WindowKey.of(0, 0, 5, columns[i]);
        }
        return Corpora.scored(Corpora.corpus(DATASET), keys, scores);
    }

    private static int[] columns(MiningPolicy policy) {
        return LongStream.of(policy.choose(WINDOWS, WindowHistory.none()).keys())
                .mapToInt(WindowKey::column)
                .toArray();
    }

    private static MiningSettings mining(String yaml) {
        return RunConfig.parse("data: {train: a}\nmining: " + yaml, List.of()).mining();
    }

    @Test
    void hardNegativesAreSuppressionThenALimit() {
        MiningPolicy composed =
                MiningPolicy.composed(List.of(new AboveScore(0.62), new WithoutOverlaps(0.5), new TopPerImage(2)));

        assertThat(columns(composed)).containsExactly(5, 12);
        assertThat(columns(HardNegatives.above(0.62).perImage(2))).containsExactly(5, 12);
        assertThat(composed.threshold()).isEqualTo(0.62);
    }

    @Test
    void theOrderOfPoliciesCounts() {
        assertThat(columns(MiningPolicy.composed(List.of(new TopPerImage(2), new WithoutOverlaps(0.5)))))
                .containsExactly(5);
        assertThat(columns(MiningPolicy.composed(List.of(new WithoutOverlaps(0.5), new TopPerImage(2)))))
                .containsExactly(5, 12);
    }

    @Test
    void aConfigurationNamesOneOrSeveral() {
        assertThat(mining("{policy: {type: top_per_image, per_image: 3}}").policy())
                .containsExactly(new TopPerImage(3));
        assertThat(mining("{policy: [without_overlaps, {type: top_per_image}]}").policy())
                .containsExactly(new WithoutOverlaps(0.5), new TopPerImage(20));
        assertThat(mining("{policy: above_score}").policy()).containsExactly(new AboveScore(0.5));
        assertThat(mining("{rounds: 2}").policy()).containsExactly(HardNegatives.withDefaults());
    }

    @Test
    void theRunsThresholdAndCandidatesBoundThePolicy() {
        MiningPolicy policy = mining("{threshold: 0.25, candidates_per_image: 100, policy: {type: top_per_image}}")
                .composedPolicy();

        assertThat(policy.threshold()).isEqualTo(0.25);
        assertThat(policy.candidatesPerImage()).isEqualTo(100);
    }

    @Test
    void aListComesBackFromTheYamlThatItIsWrittenAs() {
        RunConfig config = RunConfig.parse(
                "data: {train: a}\nmining: {policy: [{type: above_score, score: 0.7}, top_per_image]}", List.of());

        assertThat(RunConfig.parse(config.toYaml(), List.of())).isEqualTo(config);
    }

    @Test
    void onePolicyCanBeChangedByAnOverride() {
        RunConfig config = RunConfig.parse("data: {train: a}", List.of());

        assertThat(config.with("mining.policy.per_image=5").mining().policy())
                .containsExactly(new HardNegatives(0, 5, 0.5));
        assertThat(config.with("mining.policy.type=top_per_image").mining().policy())
                .containsExactly(new TopPerImage(20));
        assertThat(config.with("mining.policy=[above_score, without_overlaps]")
                        .mining()
                        .policy())
                .containsExactly(new AboveScore(0.5), new WithoutOverlaps(0.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{policy: hard_negative} | 2: mining.policy: must be one of hard_negatives, above_score, without_overlaps,"
                        + " top_per_image, found hard_negative; did you mean hard_negatives?",
                "{policy: [{type: top}]} | 2: mining.policy[0].type: must be one of hard_negatives, above_score,"
                        + " without_overlaps, top_per_image, found top",
                "{policy: [above_score, {type: top_per_image, per_imge: 3}]} | 2: mining.policy[1].per_imge: unknown key;"
                        + " did you mean mining.policy[1].per_image?",
                "{policy: [hard_negatives, top_per_image]} | 2: mining.policy: must have at most one policy that limits the"
                        + " windows of an image, found hard_negatives and top_per_image",
                "{policy: []} | 2: mining.policy: must name at least one policy, such as hard_negatives, found []",
                "{policy: [[above_score]]} | 2: mining.policy[0]: must be a section of keys, found [\"above_score\"]",
                "{policy: {score: 1}} | 2: mining.policy.score: unknown key; known here: threshold, per_image, nms_iou, type",
                "{policy: {type: above_score, score: 1}} | 2: mining.policy.score: must be in [0, 1), found 1.0",
                "{candidates_per_image: 10} | 2: mining.candidates_per_image: must be ≥ the policy's per_image (20), found 10",
                "{per_image: 10} | 2: mining.per_image: is mining.policy.per_image now; rename it",
                "{nms_iou: 0.3} | 2: mining.nms_iou: is mining.policy.nms_iou now; rename it"
            })
    void whatCannotWorkIsToldWithItsLine(String yaml, String problem) {
        InvalidInputException thrown = catchThrowableOfType(InvalidInputException.class, () -> mining(yaml));

        assertThat(thrown.problems())
                .extracting(one -> one.line() + ": " + one.toString())
                .containsExactly(problem);
    }

    @Test
    void oldKeysAndListsInOverridesAreTold() {
        assertThatThrownBy(() -> RunConfig.parse(
                        "data: {train: a}\nmining: {policy: [above_score, top_per_image]}",
                        List.of("mining.policy.per_image=3", "loss.box.type=giou")))
                .hasMessageContaining(
                        "--set: mining.policy.per_image: must be set as a whole, as there are several: write the list")
                .hasMessageContaining("--set: loss.box.type: is box_loss now; rename it");
    }

    @Test
    void twoLimitsInJavaAreAnIllegalArgument() {
        assertThatThrownBy(() -> MiningPolicy.composed(List.of(HardNegatives.above(0.5), new TopPerImage(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policies must limit the windows of an image once, found [hard_negatives, top_per_image]");
    }
}

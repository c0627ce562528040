package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.errata.core.problem.ArgumentChecks;
import io.errata.mining.policy.HardNegatives;
import io.errata.mining.policy.MiningPolicy;
import io.errata.mining.policy.NamedPolicy;
import java.util.List;

/**
 * How hard negatives are found and trained on: section {@code mining} of a configuration.
 *
 * @param strategy where a round's negatives come from; default {@code rounds}
 * @param rounds how often the network is trained, at least 1; default 3. Held-out negatives are scored after each
 * @param threshold negatives scored above this probability are hard, in [0, 1); default 0.5. A policy sees no others
 * @param candidatesPerImage the highest scored windows of an image that a policy sees at most, at least its own limit; default 4000
 * @param policy which of the hard negatives are trained on next: one policy, or a list of them, each choosing among what the one before
 *     left; default {@code hard_negatives}
 * @param hardShare the share of a batch's negatives that are mined ones, the others being fresh random ones, in [0, 1]; default 0.5
 * @param ohemCandidates with {@code ohem}, the candidates that are scored for each negative trained on, in [1, 1000]; default 4
 * @param patience rounds without an improvement on validation after which the run stops, at least 1; default 2
 */
public record MiningSettings(
        MiningStrategy strategy,
        int rounds,
        double threshold,
        int candidatesPerImage,

        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<NamedPolicy> policy,

        double hardShare,
        int ohemCandidates,
        int patience) {

    public MiningSettings {
        policy = List.copyOf(policy);
        List<String> limits = NamedPolicy.limits(policy);
        int limit = policy.stream()
                .mapToInt(one -> one.limitPerImage().orElse(1))
                .max()
                .orElse(1);
        new ArgumentChecks()
                .require(rounds >= 1, "rounds", "must be ≥ 1", rounds)
                .require(threshold >= 0 && threshold < 1, "threshold", "must be in [0, 1)", threshold)
                .require(
                        candidatesPerImage >= limit,
                        "candidatesPerImage",
                        "must be ≥ the policy's per_image (" + limit + ")",
                        candidatesPerImage)
                .require(!policy.isEmpty(), "policy", "must name at least one policy, such as hard_negatives", policy)
                .require(
                        limits.size() < 2,
                        "policy",
                        "must have at most one policy that limits the windows of an image",
                        String.join(" and ", limits))
                .require(hardShare >= 0 && hardShare <= 1, "hardShare", "must be in [0, 1]", hardShare)
                .require(
                        ohemCandidates >= 1 && ohemCandidates <= 1000,
                        "ohemCandidates",
                        "must be in [1, 1000]",
                        ohemCandidates)
                .require(patience >= 1, "patience", "must be ≥ 1 round", patience)
                .verify();
    }

    /** Three rounds; negatives above 0.5, at most 20 an image. */
    public static MiningSettings withDefaults() {
        return new MiningSettings(
                MiningStrategy.ROUNDS, 3, 0.5, 4000, List.of(HardNegatives.withDefaults()), 0.5, 4, 2);
    }

    /** The same with so many rounds at most. */
    public MiningSettings withRounds(int newRounds) {
        return new MiningSettings(
                strategy, newRounds, threshold, candidatesPerImage, policy, hardShare, ohemCandidates, patience);
    }

    /** All of the policies as one, within the threshold and the limit of candidates. */
    public MiningPolicy composedPolicy() {
        return MiningPolicy.composed(policy).within(threshold, candidatesPerImage);
    }
}

package io.errata.core.ensemble;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureSet;
import io.errata.core.resampling.RandomUnderSampler;
import io.errata.core.resampling.SamplingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Members that learn independently of each other, each from all positives and as many negatives, drawn without
 * replacement. Their scores are averaged, their thresholds are ½. Liu, Wu, Zhou 2009, figure 1, with the learner in
 * place of AdaBoost; see the package.
 *
 * @param learner of each member
 * @param members T, how many
 * @param seed of the draws
 */
public record EasyEnsemble(Learner learner, int members, long seed) implements Learner {

    /** @throws IllegalArgumentException if {@code members} is below 1 */
    public EasyEnsemble {
        requireNonNull(learner, "learner");
        ArgumentChecks.check(members >= 1, "members", "must be >= 1", members);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if there are more positives than negatives
     */
    @Override
    public Ensemble learn(FeatureSet training) {
        BinaryLabels.requireRarePositives(training);
        SplittableRandom random = new SplittableRandom(seed);
        List<Ensemble.Member> learned = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            FeatureSet balanced = new RandomUnderSampler(SamplingTarget.balanced(), random.nextLong())
                    .resample(training)
                    .rows();
            learned.add(new Ensemble.Member(learner.learn(balanced), 0.5));
        }
        return new Ensemble(learned);
    }
}

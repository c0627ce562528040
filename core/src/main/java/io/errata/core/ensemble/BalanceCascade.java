package io.errata.core.ensemble;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureSet;
import io.errata.core.resampling.RandomUnderSampler;
import io.errata.core.resampling.SamplingTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Members that learn one after the other, each from all positives and as many of the negatives that are left. After
 * each, its threshold is set so that it calls the share {@code f = (|P| / |N|)^(1/(T − 1))} of the negatives left
 * positive, and those it calls negative are removed: later members do not learn from them. So after i members |N|·fⁱ
 * negatives are left, and the last member learns from exactly the |P| hardest. Liu, Wu, Zhou 2009, figure 2, with the
 * learner in place of AdaBoost; see the package.
 *
 * <p>As in the paper it is the latest member that removes, not the ensemble so far, and the ensemble's threshold is
 * the mean of all the members'. Numbers of negatives are rounded to the nearest. The threshold is the highest score
 * removed; of negatives with exactly that score, the first in the training set stay, so that the numbers do not depend
 * on ties.
 *
 * @param learner of each member
 * @param members T, how many
 * @param seed of the draws
 */
public record BalanceCascade(Learner learner, int members, long seed) implements Learner {

    /** @throws IllegalArgumentException if {@code members} is below 2 */
    public BalanceCascade {
        requireNonNull(learner, "learner");
        ArgumentChecks.check(members >= 2, "members of a cascade", "must be >= 2", members);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if there are more positives than negatives, or a member gives scores that
     *     are not one a row, or not in [0, 1]
     */
    @Override
    public Ensemble learn(FeatureSet training) {
        BinaryLabels.requireRarePositives(training);
        SplittableRandom random = new SplittableRandom(seed);
        int[] positives = training.rowsOf(BinaryLabels.POSITIVE);
        int[] negatives = training.rowsOf(BinaryLabels.NEGATIVE);
        int all = negatives.length;
        double rate = Math.pow((double) positives.length / all, 1.0 / (members - 1));
        List<Ensemble.Member> learned = new ArrayList<>();
        for (int i = 1; i <= members; i++) {
            FeatureSet left = training.select(concatenated(positives, negatives));
            Classifier member = learner.learn(balanced(left, random.nextLong()));
            double[] scores = Ensemble.scores(member, training.select(negatives).features());
            int kept = (int) Math.round(all * Math.pow(rate, i));
            double threshold = threshold(scores, kept);
            learned.add(new Ensemble.Member(member, threshold));
            negatives = hardest(negatives, scores, kept, threshold);
        }
        return new Ensemble(learned);
    }

    private static FeatureSet balanced(FeatureSet left, long seed) {
        return new RandomUnderSampler(SamplingTarget.balanced(), seed)
                .resample(left)
                .rows();
    }

    /** The highest score that is not among the {@code kept} highest; 0 where all are kept. */
    private static double threshold(double[] scores, int kept) {
        if (kept == scores.length) {
            return 0;
        }
        double[] rising = scores.clone();
        Arrays.sort(rising);
        return rising[scores.length - kept - 1];
    }

    /** The {@code kept} negatives that score highest, in their order; of those that score the threshold, the first. */
    private static int[] hardest(int[] negatives, double[] scores, int kept, double threshold) {
        long above = Arrays.stream(scores).filter(score -> score > threshold).count();
        long ties = kept - above;
        int[] hardest = new int[kept];
        int next = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > threshold || (scores[i] == threshold && ties-- > 0)) {
                hardest[next++] = negatives[i];
            }
        }
        return hardest;
    }

    private static int[] concatenated(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}

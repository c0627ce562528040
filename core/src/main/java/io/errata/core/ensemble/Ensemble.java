package io.errata.core.ensemble;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureMatrix;
import java.util.List;

/**
 * Classifiers whose scores are averaged. The score of a row is the mean of the members' scores, and the row is
 * positive where it is above {@link #threshold}, the mean of the members' thresholds: the sign of Σ scores − Σ
 * thresholds, as in the paper.
 *
 * <p>The members were trained on as many negatives as positives, so scores rank rows; they are probabilities only for
 * balanced data.
 *
 * @param members at least one
 */
public record Ensemble(List<Member> members) implements Classifier {

    /** @throws IllegalArgumentException if there is no member */
    public Ensemble {
        members = List.copyOf(members);
        ArgumentChecks.check(!members.isEmpty(), "members", "must be at least one", "none");
    }

    /**
     * A classifier and its threshold.
     *
     * @param classifier gives scores
     * @param threshold in [0, 1]; scores above it are positive
     */
    public record Member(Classifier classifier, double threshold) {

        /** @throws IllegalArgumentException if {@code threshold} is not in [0, 1] */
        public Member {
            requireNonNull(classifier, "classifier");
            ArgumentChecks.check(threshold >= 0 && threshold <= 1, "threshold", "must be in [0, 1]", threshold);
        }
    }

    /** Above this mean score a row is positive. */
    public double threshold() {
        return members.stream().mapToDouble(Member::threshold).sum() / members.size();
    }

    /**
     * {@inheritDoc} This is the mean of the members' scores.
     *
     * @throws IllegalArgumentException also if a member gives scores that are not one a row, or not in [0, 1]
     */
    @Override
    public double[] scores(FeatureMatrix rows) {
        double[] means = new double[rows.size()];
        for (Member member : members) {
            double[] scores = scores(member.classifier, rows);
            for (int row = 0; row < means.length; row++) {
                means[row] += scores[row] / members.size();
            }
        }
        return means;
    }

    /**
     * The scores of any classifier, checked: its author may not have kept the promise of {@link Classifier#scores}.
     *
     * @throws IllegalArgumentException if they are not one a row, or not in [0, 1]
     */
    static double[] scores(Classifier classifier, FeatureMatrix rows) {
        double[] scores = classifier.scores(rows);
        ArgumentChecks.check(
                scores.length == rows.size(),
                "a classifier",
                "must give one score a row, " + rows.size(),
                scores.length);
        for (double score : scores) {
            if (!(score >= 0 && score <= 1)) {
                throw ArgumentChecks.failure("scores of a classifier", "must be in [0, 1]", score);
            }
        }
        return scores;
    }
}

package io.errata.core.ensemble;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.resampling.FeatureMatrix;
import io.errata.core.resampling.FeatureSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What this package asks of rows and scores. */
final class Binary {

    static final int POSITIVE = 1;
    static final int NEGATIVE = 0;

    private Binary() {}

    /** @throws InvalidInputException with every problem, if labels are other than 0 and 1 or one of them is missing */
    static void requireBothClasses(FeatureSet training) {
        List<Problem> problems = problems(training.counts());
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** @throws InvalidInputException also if there are more positives than negatives */
    static void requireRarePositives(FeatureSet training) {
        SortedMap<Integer, Integer> counts = training.counts();
        List<Problem> problems = problems(counts);
        int positives = counts.getOrDefault(POSITIVE, 0);
        int negatives = counts.getOrDefault(NEGATIVE, 0);
        if (positives > negatives) {
            problems.add(broken("positives must be no more than negatives, " + negatives + ", found " + positives));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static List<Problem> problems(SortedMap<Integer, Integer> counts) {
        List<Problem> problems = new ArrayList<>();
        counts.forEach((label, count) -> {
            if (label != POSITIVE && label != NEGATIVE) {
                problems.add(broken(
                        "labels must be 1 (positive) or 0 (negative), found " + label + " in " + count + " rows"));
            }
        });
        if (!counts.containsKey(POSITIVE)) {
            problems.add(broken("positives (label 1) must be at least one, found none"));
        }
        if (!counts.containsKey(NEGATIVE)) {
            problems.add(broken("negatives (label 0) must be at least one, found none"));
        }
        return problems;
    }

    static void require(boolean kept, String problem) {
        if (!kept) {
            throw new InvalidInputException(broken(problem));
        }
    }

    /** The scores, if they keep the promise of {@link Classifier#scores}: a classifier may be anybody's. */
    static double[] scores(Classifier classifier, FeatureMatrix rows) {
        double[] scores = classifier.scores(rows);
        require(
                scores.length == rows.size(),
                "a classifier must give one score a row, " + rows.size() + ", found " + scores.length);
        for (double score : scores) {
            require(score >= 0 && score <= 1, "scores of a classifier must be in [0, 1], found " + score);
        }
        return scores;
    }

    private static Problem broken(String problem) {
        return Problem.of("ensemble", problem);
    }
}

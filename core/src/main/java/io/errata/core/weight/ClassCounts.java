package io.errata.core.weight;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * The number of training examples of each class, in the order of the network's outputs. Count the patches that the
 * network is trained on, after sampling, not the objects in the dataset. A class without examples is refused: leave it
 * out, or count it as 1.
 *
 * @param counts one a class, each > 0
 */
public record ClassCounts(List<Long> counts) {

    /** @throws IllegalArgumentException if there is no class, or a count is not above 0; every one of them is named */
    public ClassCounts {
        counts = List.copyOf(counts);
        ArgumentChecks checks =
                new ArgumentChecks().require(!counts.isEmpty(), "counts", "must be one a class", "none");
        for (int c = 0; c < counts.size(); c++) {
            if (counts.get(c) <= 0) {
                checks.require(false, "count of class " + c, "must be > 0", counts.get(c));
            }
        }
        checks.verify();
    }

    /**
     * The counts of the classes in their order.
     *
     * @throws IllegalArgumentException if there is no class, or a count is not above 0; every one of them is named
     */
    public static ClassCounts of(long... counts) {
        return new ClassCounts(Arrays.stream(counts).boxed().toList());
    }

    /** The number of classes. */
    public int classes() {
        return counts.size();
    }

    /**
     * Margins that are wider the rarer the class: {@code C/n_c^¼}, with C such that the rarest class has
     * {@code largest}. Cao et al. 2019, arXiv 1906.07413.
     *
     * @param largest the margin of the rarest class, > 0, in the units of the logits; the paper's code has 0.5
     * @throws IllegalArgumentException if there is only one class, or {@code largest} is not a finite number above 0
     */
    public double[] margins(double largest) {
        requireSeveral("margins");
        ArgumentChecks.check(
                largest > 0 && largest < Double.POSITIVE_INFINITY, "largest margin", "must be > 0 and finite", largest);
        double rarest = counts.stream().mapToLong(n -> n).min().orElseThrow();
        return each(n -> largest * Math.sqrt(Math.sqrt(rarest / n)));
    }

    /**
     * {@code log π_c} with {@code π_c = n_c/Σn}, the share of the class among exclusive classes; below 0. Menon et al.
     * 2020, arXiv 2007.07314.
     *
     * @throws IllegalArgumentException if there is only one class
     */
    public double[] logPriors() {
        requireSeveral("log priors");
        double total = total();
        return each(n -> -Math.log1p((total - n) / n)); // keeps its digits where a class is nearly all
    }

    /**
     * {@code log(π_c/(1 − π_c))} with {@code π_c = n_c/examples}, for independent classes (a sigmoid each), such as
     * multi-label examples or objects against background. One class is enough.
     *
     * @param examples how many examples there are in all, of any class or none; more than there are of each class
     * @throws IllegalArgumentException if a class has as many examples as there are, or more
     */
    public double[] logOdds(long examples) {
        requireOthers(examples);
        return each(n -> Math.log(n / (double) (examples - n)));
    }

    /**
     * {@code (examples − n_c)/n_c}, negatives a positive: the positive weight with which both sides of each class
     * weigh the same in binary cross-entropy. One class is enough.
     *
     * @param examples how many examples there are in all, of any class or none; more than there are of each class
     * @throws IllegalArgumentException if a class has as many examples as there are, or more
     */
    public double[] negativesPerPositive(long examples) {
        requireOthers(examples);
        return each(n -> (examples - n) / (double) n);
    }

    /** In double precision, so that it cannot overflow. */
    double total() {
        return counts.stream().mapToDouble(n -> n).sum();
    }

    double[] each(LongToDoubleFunction formula) {
        return counts.stream().mapToLong(n -> n).mapToDouble(formula).toArray();
    }

    void requireSeveral(String name) {
        if (classes() < 2) {
            String rule = "compare classes with each other and need at least 2";
            throw ArgumentChecks.failure(name, rule, classes());
        }
    }

    private void requireOthers(long examples) {
        ArgumentChecks checks = new ArgumentChecks();
        for (int c = 0; c < classes(); c++) {
            if (counts.get(c) >= examples) {
                String rule = "must be more than the count of class " + c + ", " + counts.get(c);
                checks.require(false, "examples", rule, examples);
            }
        }
        checks.verify();
    }
}

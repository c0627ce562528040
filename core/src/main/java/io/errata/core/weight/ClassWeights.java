package io.errata.core.weight;

import io.errata.core.problem.ArgumentChecks;
import java.util.Arrays;
import java.util.List;

/**
 * The weight of each class in a loss, in the order of the network's outputs: given, or computed from counts by one of
 * four formulas. They differ in how much they favour rare classes and in how they are scaled. The scale matters, as
 * weights scale the gradient and thus the effective learning rate:
 *
 * <table>
 * <caption>n_c examples of class c, n in all, K classes</caption>
 * <tr><th>formula</th><th>weight of class c</th><th>scaled so that</th></tr>
 * <tr><td>{@link #inverseFrequency}</td><td>∝ 1/n_c</td><td>the mean over classes is 1</td></tr>
 * <tr><td>{@link #balanced}</td><td>n/(K·n_c)</td><td>the mean over examples is 1</td></tr>
 * <tr><td>{@link #medianFrequency}</td><td>median(n)/n_c</td><td>the median class has 1</td></tr>
 * <tr><td>{@link #effectiveNumber}</td><td>∝ (1 − β)/(1 − β^n_c)</td><td>the mean over classes is 1</td></tr>
 * </table>
 *
 * The first three differ by a factor only. The last levels off: beyond about 1/(1 − β) examples, more of them change
 * little.
 *
 * @param weights one a class, each > 0 and finite
 */
public record ClassWeights(List<Double> weights) {

    /**
     * @throws IllegalArgumentException if there is none, or one is not a finite number above 0; every one of them is
     *     named
     */
    public ClassWeights {
        weights = List.copyOf(weights);
        ArgumentChecks checks =
                new ArgumentChecks().require(!weights.isEmpty(), "weights", "must be one a class", "none");
        for (int c = 0; c < weights.size(); c++) {
            if (!(weights.get(c) > 0 && weights.get(c) < Double.POSITIVE_INFINITY)) {
                checks.require(false, "weight of class " + c, "must be > 0 and finite", weights.get(c));
            }
        }
        checks.verify();
    }

    /**
     * Weights as they are, of the classes in their order.
     *
     * @throws IllegalArgumentException if there is none, or one is not a finite number above 0; every one of them is
     *     named
     */
    public static ClassWeights of(double... weights) {
        return new ClassWeights(Arrays.stream(weights).boxed().toList());
    }

    /**
     * {@code 1/n_c}, scaled to a mean of 1 over the classes.
     *
     * @throws IllegalArgumentException if there is only one class
     */
    public static ClassWeights inverseFrequency(ClassCounts counts) {
        counts.requireSeveral("class weights");
        return meanOne(counts.each(n -> 1.0 / n));
    }

    /**
     * {@code n/(K·n_c)}: every class has the same part in the sum over all examples, and the mean weight of an example
     * is 1. The same as scikit-learn's {@code class_weight="balanced"}.
     *
     * @throws IllegalArgumentException if there is only one class
     */
    public static ClassWeights balanced(ClassCounts counts) {
        counts.requireSeveral("class weights");
        double share = counts.total() / counts.classes();
        return of(counts.each(n -> share / n));
    }

    /**
     * {@code median(n)/n_c}: the class in the middle keeps weight 1; of an even number of classes, the middle is
     * halfway between two. Eigen and Fergus 2015, arXiv 1411.4734, where a class is counted only in images that show
     * it.
     *
     * @throws IllegalArgumentException if there is only one class
     */
    public static ClassWeights medianFrequency(ClassCounts counts) {
        counts.requireSeveral("class weights");
        double[] sorted = counts.each(n -> n);
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return of(counts.each(n -> median / n));
    }

    /**
     * {@code (1 − β)/(1 − β^n_c)}, one over the effective number of examples, scaled to a mean of 1 over the classes.
     * Cui et al. 2019, arXiv 1901.05555.
     *
     * @param beta in [0, 1): 0 weighs all classes alike, towards 1 it becomes {@link #inverseFrequency}. The paper's
     *     choices are 0.9 to 0.9999
     * @throws IllegalArgumentException if there is only one class, or {@code beta} is out of range
     */
    public static ClassWeights effectiveNumber(ClassCounts counts, double beta) {
        counts.requireSeveral("class weights");
        ArgumentChecks.check(beta >= 0 && beta < 1, "beta", "must be in [0, 1)", beta);
        double log = Math.log1p(beta - 1); // β^n = exp(n·log β); of 1 − β^n neither part loses digits
        return meanOne(counts.each(n -> (1 - beta) / -Math.expm1(n * log)));
    }

    /** The number of classes. */
    public int classes() {
        return weights.size();
    }

    /** A new array of the weights. */
    public double[] toArray() {
        return weights.stream().mapToDouble(w -> w).toArray();
    }

    private static ClassWeights meanOne(double[] weights) {
        double mean = Arrays.stream(weights).sum() / weights.length;
        return of(Arrays.stream(weights).map(w -> w / mean).toArray());
    }
}

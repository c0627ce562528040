package io.errata.core.mixing;

import java.util.SplittableRandom;

/**
 * Beta(α, α), drawn as X / (X + Y) of two Gamma(α) variates by the method of Marsaglia and Tsang 2000 (ACM TOMS 26,
 * 363–372). Computed from the difference of their logarithms: for small α both underflow, and their quotient would be
 * no number.
 *
 * @param alpha α &gt; 0, finite
 */
record SymmetricBeta(double alpha) {

    /** The larger of λ and 1 − λ: in [0.5, 1]. */
    double drawLarger(SplittableRandom random) {
        double lambda = draw(random);
        return Math.max(lambda, 1 - lambda);
    }

    /** λ, in [0, 1]. */
    double draw(SplittableRandom random) {
        double x = logGamma(random);
        double y = logGamma(random);
        if (alpha >= 1) {
            return 1 / (1 + Math.exp(y - x));
        }
        double u = logUniform(random); // Gamma(α) = Gamma(α + 1) · U^(1/α)
        double v = logUniform(random);
        return 1 / (1 + Math.exp(y - x + (v - u) / alpha));
    }

    /** The logarithm of a Gamma variate of shape α, or α + 1 where α is below 1, but for a constant. */
    private double logGamma(SplittableRandom random) {
        double d = (alpha < 1 ? alpha + 1 : alpha) - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double root = 1 + c * z;
            if (root > 0) {
                double log = 3 * Math.log(root);
                if (logUniform(random) < 0.5 * z * z + d * (1 - root * root * root + log)) {
                    return log;
                }
            }
        }
    }

    private static double logUniform(SplittableRandom random) {
        return Math.log(1 - random.nextDouble()); // never the logarithm of 0
    }
}

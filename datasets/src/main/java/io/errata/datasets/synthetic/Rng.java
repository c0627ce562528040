package io.errata.datasets.synthetic;

import java.util.SplittableRandom;

/**
 * Seeded random numbers for one scene. Built on {@link SplittableRandom#nextLong} and {@link SplittableRandom#split} alone, because how the
 * library makes bounded numbers out of them has changed between Java versions. Not safe to use from several threads.
 */
record Rng(SplittableRandom source) {

    /** The generator of image {@code index} of a data set. It depends on nothing else, so a longer data set starts with the shorter one. */
    static Rng of(long seed, int index) {
        return new Rng(new SplittableRandom(new SplittableRandom(seed).nextLong() + index));
    }

    /** An independent generator: draws from one do not shift draws from the other. */
    Rng split() {
        return new Rng(source.split());
    }

    long bits() {
        return source.nextLong();
    }

    /** Uniform in {@code [from, to)}. */
    double between(double from, double to) {
        return from + (to - from) * ((source.nextLong() >>> 11) * 0x1p-53);
    }

    /** Uniform in {@code 0 … bound − 1}. */
    int below(int bound) {
        return (int) between(0, bound);
    }

    boolean chance(double probability) {
        return between(0, 1) < probability;
    }

    double angle() {
        return between(0, 2 * Math.PI);
    }

    /** A Poisson count, for means up to some hundreds (Knuth, The Art of Computer Programming, vol. 2, 3.4.1). */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = between(0, 1); product > limit; product *= between(0, 1)) {
            count++;
        }
        return count;
    }
}

package io.errata.mining.config;

/** Where a round's negatives come from. All strategies take the same number of gradient steps. */
public enum MiningStrategy {
    /** Hard ones, found by scoring every held-out negative after each round, and random ones. */
    ROUNDS,
    /** Random ones only: what mining must beat. */
    RANDOM,
    /** In each step the hardest of a few random candidates (Shrivastava et al. 2016, arXiv 1604.03540). */
    OHEM
}

package io.errata.mining.config;

/**
 * Section {@code mining}: how hard negatives are found and trained on.
 *
 * @param strategy where a round's negatives come from; default {@code rounds}
 * @param rounds how often the network is trained, at least 1; default 3. Held-out negatives are scored after each
 * @param threshold negatives scored above this probability are hard, in [0, 1); default 0.5
 * @param perImage hard negatives taken from an image in a round at most, at least 1; default 20, so that one confusing image does not
 *     fill the training set
 * @param nmsIou of hard negatives that overlap by more than this IoU only the highest scored one is taken, in (0, 1]; default 0.5
 * @param candidatesPerImage the highest scored windows of an image that are looked at, before suppression, at least {@code perImage};
 *     default 4000
 * @param hardShare the share of a batch's negatives that are mined ones, the others being fresh random ones, in [0, 1]; default 0.5
 * @param ohemCandidates with {@code ohem}, the candidates that are scored for each negative trained on, in [1, 1000]; default 4
 * @param patience rounds without an improvement on validation after which the run stops, at least 1; default 2
 */
public record MiningSettings(
        MiningStrategy strategy,
        int rounds,
        double threshold,
        int perImage,
        double nmsIou,
        int candidatesPerImage,
        double hardShare,
        int ohemCandidates,
        int patience) {

    public MiningSettings {
        new Rules()
                .require(rounds >= 1, "rounds", "must be ≥ 1", rounds)
                .require(threshold >= 0 && threshold < 1, "threshold", "must be in [0, 1)", threshold)
                .require(perImage >= 1, "perImage", "must be ≥ 1", perImage)
                .require(nmsIou > 0 && nmsIou <= 1, "nmsIou", "must be in (0, 1]", nmsIou)
                .require(
                        candidatesPerImage >= perImage,
                        "candidatesPerImage",
                        "must be ≥ per_image (" + perImage + ")",
                        candidatesPerImage)
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
    public static MiningSettings defaults() {
        return new MiningSettings(MiningStrategy.ROUNDS, 3, 0.5, 20, 0.5, 4000, 0.5, 4, 2);
    }
}

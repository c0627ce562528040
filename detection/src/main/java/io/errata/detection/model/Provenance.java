package io.errata.detection.model;

/**
 * Where a model comes from.
 *
 * @param errata the version of Errata
 * @param engine the engine and its version
 * @param java the version of the Java runtime
 * @param device it was trained on
 * @param seed every random choice followed from
 * @param threads the engine's
 * @param round the round it was taken from
 * @param dataSha256 of all images' names, sizes and annotations, those of training first
 * @param trainingImages how many
 * @param validationImages how many chose the round
 * @param ap50 on them; NaN where there were none
 */
public record Provenance(
        String errata,
        String engine,
        String java,
        String device,
        long seed,
        int threads,
        int round,
        String dataSha256,
        int trainingImages,
        int validationImages,
        double ap50) {}

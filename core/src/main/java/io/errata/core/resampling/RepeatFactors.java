package io.errata.core.resampling;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.random.Shuffle;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Repeat-factor sampling: how often each image is used in an epoch, so that rare classes are used more. With f the
 * share of images that show a class, the class has the factor {@code max(1, √(t/f))}, and an image the largest of its
 * classes' factors; an image without objects has 1. Gupta, Dollár, Girshick, LVIS, 2019, arXiv 1908.03195, appendix
 * B.2; as in Detectron2.
 *
 * <p>Immutable and thread-safe.
 */
public final class RepeatFactors {

    private final SortedMap<Integer, Double> ofClasses;
    private final double[] ofImages;

    private RepeatFactors(SortedMap<Integer, Double> ofClasses, double[] ofImages) {
        this.ofClasses = ofClasses;
        this.ofImages = ofImages;
    }

    /**
     * The factors of a set of images.
     *
     * @param classes the classes each image shows, however often; none for an image without objects
     * @param threshold t, in (0, 1]: a class that a smaller share of the images shows is repeated. 0.001 in LVIS,
     *     which has 1,200 classes; with a few classes, near the share you would like each to have
     * @throws IllegalArgumentException if there is no image, or {@code threshold} is out of range
     */
    public static RepeatFactors of(List<? extends Set<Integer>> classes, double threshold) {
        new ArgumentChecks()
                .require(!classes.isEmpty(), "images", "must be at least one", "none")
                .require(threshold > 0 && threshold <= 1, "threshold", "must be in (0, 1]", threshold)
                .verify();
        SortedMap<Integer, Double> ofClasses = ofClasses(classes, threshold);
        double[] ofImages = classes.stream()
                .mapToDouble(image -> image.stream()
                        .mapToDouble(label -> ofClasses.getOrDefault(label, 1.0))
                        .max()
                        .orElse(1))
                .toArray();
        return new RepeatFactors(ofClasses, ofImages);
    }

    private static SortedMap<Integer, Double> ofClasses(Collection<? extends Set<Integer>> classes, double threshold) {
        SortedMap<Integer, Double> factors = new TreeMap<>();
        classes.forEach(image -> image.forEach(label -> factors.merge(label, 1.0, Double::sum)));
        factors.replaceAll((label, images) -> Math.max(1, Math.sqrt(threshold / (images / classes.size()))));
        return Collections.unmodifiableSortedMap(factors);
    }

    /** The factor of each class that an image shows, ≥ 1, by rising class. */
    public SortedMap<Integer, Double> ofClasses() {
        return ofClasses;
    }

    /** A copy of the factors of all images, ≥ 1: how often each is in an epoch on average. */
    public double[] ofImages() {
        return ofImages.clone();
    }

    /**
     * An epoch: images by index, in random order. An image of factor r is in it ⌊r⌋ or ⌊r⌋ + 1 times, so that the
     * average over epochs is r.
     *
     * @param random decides on the rounding and the order; use another one for each epoch
     */
    public int[] epoch(SplittableRandom random) {
        int[] repeats = new int[ofImages.length];
        int length = 0;
        for (int image = 0; image < repeats.length; image++) {
            double whole = Math.floor(ofImages[image]);
            repeats[image] = (int) whole + (random.nextDouble() < ofImages[image] - whole ? 1 : 0);
            length = Math.addExact(length, repeats[image]);
        }
        int[] epoch = new int[length];
        for (int image = 0, next = 0; image < repeats.length; image++) {
            for (int i = 0; i < repeats[image]; i++) {
                epoch[next++] = image;
            }
        }
        return Shuffle.all(epoch, random);
    }
}

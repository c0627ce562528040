package io.errata.datasets.synthetic;

import io.errata.core.problem.ArgumentChecks;

/**
 * Settings of {@code synthetic:smear}. The numbers of things are means over the images; each image has its own number (Poisson
 * distributed), less what finds no room. A thing's size in pixels does not depend on the image's size.
 *
 * @param images how many images, 1 to 10000; 60 by default
 * @param width in pixels, 96 to 4096; 480 by default
 * @param height in pixels, 96 to 4096; 360 by default
 * @param seed of all randomness; 1 by default
 * @param cells red cells per image, 0 to 400; 40 by default
 * @param leukocytes white cells per image, 0 to 10; 0.3 by default
 * @param targets parasites per image, 0 to 40; 1.5 by default
 * @param confusers things per image that resemble a parasite, 0 to 200; 12 by default
 * @param debris specks of dust and stain per image, 0 to 200; 8 by default
 * @param noise standard deviation of the sensor's noise in grey levels, 0 to 40; 3 by default
 */
public record SmearSettings(
        int images,
        int width,
        int height,
        long seed,
        double cells,
        double leukocytes,
        double targets,
        double confusers,
        double debris,
        double noise) {

    /** @throws IllegalArgumentException with every setting that is out of its range */
    public SmearSettings {
        ArgumentChecks checks = new ArgumentChecks();
        require(checks, "images", images, 1, 10_000);
        require(checks, "width", width, 96, 4096);
        require(checks, "height", height, 96, 4096);
        require(checks, "cells", cells, 0, 400);
        require(checks, "leukocytes", leukocytes, 0, 10);
        require(checks, "targets", targets, 0, 40);
        require(checks, "confusers", confusers, 0, 200);
        require(checks, "debris", debris, 0, 200);
        require(checks, "noise", noise, 0, 40);
        checks.verify();
    }

    /** What the quickstart uses. */
    public static SmearSettings withDefaults() {
        return new SmearSettings(60, 480, 360, 1, 40, 0.3, 1.5, 12, 8, 3);
    }

    /** The same settings for so many images. A larger data set begins with the images of the smaller one. */
    public SmearSettings withImages(int count) {
        return new SmearSettings(count, width, height, seed, cells, leukocytes, targets, confusers, debris, noise);
    }

    /** The same settings for images of this size. */
    public SmearSettings withSize(int newWidth, int newHeight) {
        return new SmearSettings(
                images, newWidth, newHeight, seed, cells, leukocytes, targets, confusers, debris, noise);
    }

    /** The same settings for other images. */
    public SmearSettings withSeed(long other) {
        return new SmearSettings(images, width, height, other, cells, leukocytes, targets, confusers, debris, noise);
    }

    /** The same settings with so many red cells per image. */
    public SmearSettings withCells(double mean) {
        return new SmearSettings(images, width, height, seed, mean, leukocytes, targets, confusers, debris, noise);
    }

    /** The same settings with so many white cells per image. */
    public SmearSettings withLeukocytes(double mean) {
        return new SmearSettings(images, width, height, seed, cells, mean, targets, confusers, debris, noise);
    }

    /** The same settings with so many parasites per image. */
    public SmearSettings withTargets(double mean) {
        return new SmearSettings(images, width, height, seed, cells, leukocytes, mean, confusers, debris, noise);
    }

    /** The same settings with so many things per image that resemble a parasite. */
    public SmearSettings withConfusers(double mean) {
        return new SmearSettings(images, width, height, seed, cells, leukocytes, targets, mean, debris, noise);
    }

    /** The same settings with so many specks per image. */
    public SmearSettings withDebris(double mean) {
        return new SmearSettings(images, width, height, seed, cells, leukocytes, targets, confusers, mean, noise);
    }

    /** The same settings with this standard deviation of the noise; 0 for none. */
    public SmearSettings withNoise(double greyLevels) {
        return new SmearSettings(
                images, width, height, seed, cells, leukocytes, targets, confusers, debris, greyLevels);
    }

    private static void require(ArgumentChecks checks, String name, Number value, int min, int max) {
        double number = value.doubleValue();
        checks.require(number >= min && number <= max, name, "must be from " + min + " to " + max, value);
    }
}

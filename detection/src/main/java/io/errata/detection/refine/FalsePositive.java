package io.errata.detection.refine;

import io.errata.core.geometry.Box;

/**
 * A box of a training image that the first stage took for an object and that is none.
 *
 * @param image its index among the training images
 * @param classIndex of the class that it was taken for
 * @param box in pixels of the image
 * @param maxIou the largest IoU with an object
 * @param firstScore of the first stage alone, in [0, 1]
 * @param score of both stages, in [0, 1]
 */
public record FalsePositive(int image, int classIndex, Box box, double maxIou, double firstScore, double score) {}

package io.errata.datasets.statistics;

/**
 * The objects of one class.
 *
 * @param label the class name
 * @param images images with at least one object of it that can be learned
 * @param objects objects that can be learned: neither difficult nor ignored
 * @param difficult objects marked difficult, which are left out of training and of the VOC metrics
 * @param ignored crowds, regions to be ignored and boxes without an area
 * @param sizes roots of the areas of the objects' boxes, in pixels
 * @param aspects their widths over their heights
 */
public record ClassStatistics(
        String label, int images, int objects, int difficult, int ignored, Distribution sizes, Distribution aspects) {}

package io.errata.detection.refine;

import io.errata.datasets.image.DecodedImage;
import io.errata.detection.scan.ScoredBoxes;

/**
 * Looks again at boxes that something proposed, such as the first stage's scan or a network of one's own: scores them anew and moves
 * them. Used from several threads at once. Close it.
 */
public interface BoxRefiner extends AutoCloseable {

    /**
     * Looks at boxes of an image.
     *
     * @param image its pixels, which stay the caller's
     * @param proposals any number of boxes within the image, none included
     * @return the boxes as this refiner sees them, in any number and order; overlapping ones are suppressed afterwards
     */
    ScoredBoxes refine(DecodedImage image, ScoredBoxes proposals);

    @Override
    void close();
}

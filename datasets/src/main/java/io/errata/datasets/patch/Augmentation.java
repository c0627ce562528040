package io.errata.datasets.patch;

import io.errata.core.problem.ArgumentChecks;
import java.util.SplittableRandom;

/**
 * Random changes to patches that leave their label as it is.
 *
 * @param flip whether half of the patches are mirrored left to right; default true
 * @param flipVertical whether half of the patches are mirrored top to bottom, for images without an up and a down, as under a
 *     microscope; default false
 * @param colorJitter by how much brightness and contrast vary, as a share, in [0, 1); default 0.2
 */
public record Augmentation(boolean flip, boolean flipVertical, double colorJitter) {

    public Augmentation {
        ArgumentChecks.check(colorJitter >= 0 && colorJitter < 1, "colorJitter", "must be in [0, 1)", colorJitter);
    }

    /** Mirrored left to right by half, 0.2 of colour jitter. */
    public static Augmentation withDefaults() {
        return new Augmentation(true, false, 0.2);
    }

    /** Draws how a patch is mirrored. */
    public Flip drawFlip(SplittableRandom random) {
        return new Flip(flip && random.nextBoolean(), flipVertical && random.nextBoolean());
    }

    /** Draws brightness and contrast: gain about 1 for the whole patch; a shift in normalised units, half common to the channels and half each one's own. */
    public void drawPhotometric(PatchBatch batch, int index, SplittableRandom random) {
        if (colorJitter == 0) {
            batch.setPhotometric(index, 1, 0, 0, 0);
            return;
        }
        double gain = 1 + jitter(random);
        double red = jitter(random);
        double green = jitter(random);
        double blue = jitter(random);
        double half = (red + green + blue) / 6;
        batch.setPhotometric(index, gain, half + red / 2, half + green / 2, half + blue / 2);
    }

    private double jitter(SplittableRandom random) {
        return random.nextDouble(-colorJitter, colorJitter);
    }
}

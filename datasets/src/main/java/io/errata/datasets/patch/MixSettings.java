package io.errata.datasets.patch;

import io.errata.core.mixing.CutMix;
import io.errata.core.mixing.MixUp;
import io.errata.core.mixing.Mixing;
import io.errata.core.problem.ArgumentChecks;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowGeometry;

/**
 * How training patches are mixed in pairs.
 *
 * @param mix {@code none}, {@code mixup} or {@code cutmix}; default none
 * @param mixAlpha α of the Beta(α, α) that the shares of a mixed patch are drawn from, in (0, 100]: towards 0 one of the two is nearly
 *     all, at 1 the shares are uniform. Default 0.2, from MixUp's paper; CutMix's has 1
 * @param mixShare the chance of each patch of a batch to be mixed, in [0, 1]; default 0.5, so that half of them are as they are when
 *     scanned
 */
public record MixSettings(MixMethod mix, double mixAlpha, double mixShare) {

    public MixSettings {
        new ArgumentChecks()
                .require(mixAlpha > 0 && mixAlpha <= 100, "mixAlpha", "must be in (0, 100]", mixAlpha)
                .require(mixShare >= 0 && mixShare <= 1, "mixShare", "must be in [0, 1]", mixShare)
                .verify();
    }

    /** No mixing. */
    public static MixSettings withDefaults() {
        return new MixSettings(MixMethod.NONE, 0.2, 0.5);
    }

    /** Mixing of patches of this geometry, labelled by this rule. */
    public Mixing mixing(WindowGeometry geometry, Labelling labelling) {
        double frame = geometry.patch() / geometry.context();
        return switch (mix) {
            case NONE -> Mixing.none();
            case MIXUP -> new MixUp(mixAlpha, mixShare);
            case CUTMIX ->
                new CutMix(
                        mixAlpha, mixShare, geometry.patch(), frame, labelling.negativeIou(), labelling.positiveIou());
        };
    }
}

package io.errata.mining.config;

import io.errata.detection.evaluation.Figures;

/** The validation metric that chooses the best round. */
public enum BestBy {
    /** Average precision at IoU 0.5, mean over the classes; higher is better. */
    AP50 {
        @Override
        public double quality(Figures figures) {
            return figures.ap50();
        }
    },
    /** Average precision, mean over IoU 0.5 to 0.95 and the classes; higher is better. */
    AP {
        @Override
        public double quality(Figures figures) {
            return figures.ap();
        }
    },
    /** Log-average miss rate at IoU 0.5; lower is better. */
    LAMR {
        @Override
        public double quality(Figures figures) {
            return -figures.lamr();
        }
    };

    /** The figure that decides; larger is better, NaN where the validation images hold no object. */
    public abstract double quality(Figures figures);

    /** Whether one detector is worse than another; one of which nothing is known is not. */
    public boolean isWorse(Figures figures, Figures than) {
        return quality(figures) < quality(than);
    }
}

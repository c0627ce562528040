package io.errata.core.clustering;

import io.errata.core.resampling.FeatureMatrix;
import org.apache.commons.math3.ml.distance.DistanceMeasure;
import org.apache.commons.math3.ml.distance.EuclideanDistance;

/** How far apart two embeddings are. */
public enum Distance {

    /** The length of their difference. */
    EUCLIDEAN {
        @Override
        double[][] points(FeatureMatrix embeddings) {
            return Points.of(embeddings);
        }

        @Override
        DistanceMeasure measure() {
            return new EuclideanDistance();
        }
    },

    /**
     * 1 − the cosine of the angle between them, in [0, 2]. Rows are scaled to length 1 first; a row of zeros has no
     * angle and is refused.
     */
    COSINE {
        @Override
        double[][] points(FeatureMatrix embeddings) {
            return Points.ofUnitLength(embeddings);
        }

        @Override
        DistanceMeasure measure() {
            return Distance::cosineDistance;
        }
    };

    /** The rows prepared for {@link #measure}. */
    abstract double[][] points(FeatureMatrix embeddings);

    /** Between two rows that {@link #points} returned. */
    abstract DistanceMeasure measure();

    private static double cosineDistance(double[] a, double[] b) {
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return Math.min(Math.max(1 - product, 0), 2);
    }
}

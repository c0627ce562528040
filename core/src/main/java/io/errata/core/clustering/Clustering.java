package io.errata.core.clustering;

import io.errata.core.resampling.FeatureMatrix;

/** A way to find clusters. The same settings and rows give the same clusters. */
public sealed interface Clustering permits KMeansPlusPlus, Dbscan {

    /**
     * Finds the clusters of the rows.
     *
     * @param embeddings {@code [n, d]}; only read
     * @throws IllegalArgumentException if they cannot be clustered with these settings
     */
    Clusters cluster(FeatureMatrix embeddings);
}

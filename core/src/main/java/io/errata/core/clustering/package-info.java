/**
 * Clusters of embeddings: what a class consists of, and how to keep one confusing texture from filling the set of hard
 * negatives.
 *
 * <p>A {@link io.errata.core.resampling.FeatureMatrix} flows in, {@link io.errata.core.clustering.Clusters} out of a
 * {@link io.errata.core.clustering.Clustering}: {@link io.errata.core.clustering.KMeansPlusPlus} or
 * {@link io.errata.core.clustering.Dbscan}. {@link io.errata.core.clustering.Silhouette} measures how well clusters
 * are separated without knowing any classes, {@link io.errata.core.clustering.ClassDistribution} how they agree with
 * classes; {@link io.errata.core.clustering.ClusterQuota} chooses the best rows with a limit for each cluster.
 *
 * <p>The clusterers are those of Apache Commons Math, which work on one object a row and on one thread. That suits
 * some ten thousand rows between rounds, but not every batch. All types are immutable and safe for any number of
 * threads, and the same seed gives the same clusters.
 */
@NullMarked
package io.errata.core.clustering;

import org.jspecify.annotations.NullMarked;

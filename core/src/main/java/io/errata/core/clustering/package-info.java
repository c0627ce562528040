/**
 * Clusters of embeddings: what a class consists of, and how to keep one confusing texture from filling the book of mistakes.
 *
 * <p>{@link io.errata.core.resampling.FeatureMatrix} flow in, {@link io.errata.core.clustering.Clusters} out of a
 * {@link io.errata.core.clustering.Clustering}: {@link io.errata.core.clustering.KMeansPlusPlus} or
 * {@link io.errata.core.clustering.Dbscan}. {@link io.errata.core.clustering.Silhouette} tells how well clusters hold together without
 * knowing any classes, {@link io.errata.core.clustering.ClassDistribution} how they agree with classes;
 * {@link io.errata.core.clustering.ClusterQuota} chooses the best rows with so many of each cluster at most.
 *
 * <p>The clusterers are those of Apache Commons Math, which work on one object a row and on one thread. That suits some ten thousand rows
 * between rounds; it is nothing to call on every batch. All types are immutable and safe for any number of threads, and the same seed
 * gives the same clusters.
 */
@NullMarked
package io.errata.core.clustering;

import org.jspecify.annotations.NullMarked;

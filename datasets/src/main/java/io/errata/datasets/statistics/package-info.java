/**
 * What is in a data set, counted. A {@link io.errata.datasets.Dataset} flows in,
 * {@link io.errata.datasets.statistics.DatasetStatistics} flow out: objects and sizes of each class, each a
 * {@link io.errata.datasets.statistics.Distribution}. {@link io.errata.datasets.statistics.WindowStatistics} say the same of the
 * windows that Errata would train on. No image is decoded.
 */
@NullMarked
package io.errata.datasets.statistics;

import org.jspecify.annotations.NullMarked;

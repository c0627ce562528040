/**
 * Windows as points: what a trained network knows of each before its last layer decides. A detector (or a network) and windows flow in,
 * one row of numbers a window flows out, with the class that it frames and its key: to cluster objects or mined negatives, to find
 * neighbours, to draw maps. Read {@link io.errata.detection.embedding.Embeddings} first.
 */
@NullMarked
package io.errata.detection.embedding;

import org.jspecify.annotations.NullMarked;

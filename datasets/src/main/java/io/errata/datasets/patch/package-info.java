/**
 * Patches: what the network is trained on. {@link io.errata.datasets.patch.PatchBatch} holds a batch in direct buffers that are used
 * again and again; {@link io.errata.datasets.patch.PatchCutter} copies windows out of levels into it;
 * {@link io.errata.datasets.patch.PositiveSampler} draws the positives, from the grid and as jittered ground truth.
 */
@NullMarked
package io.errata.datasets.patch;

import org.jspecify.annotations.NullMarked;

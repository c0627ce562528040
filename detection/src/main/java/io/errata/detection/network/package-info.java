/**
 * The network that looks at windows. {@link io.errata.detection.network.Architecture} is its plan, from which receptive field and
 * stride follow; {@link io.errata.detection.network.Network} is the thing itself, with parameters on a device;
 * {@link io.errata.detection.network.FoldedNetwork} is the same function made fast for scanning.
 */
@NullMarked
package io.errata.detection.network;

import org.jspecify.annotations.NullMarked;

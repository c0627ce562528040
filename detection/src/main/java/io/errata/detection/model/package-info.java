/** A trained detector on disk: {@link io.errata.detection.model.ModelFolder}. */
@NullMarked
package io.errata.detection.model;

import org.jspecify.annotations.NullMarked;

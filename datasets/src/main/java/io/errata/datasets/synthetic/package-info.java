/** Drawn scenes with exact annotations. */
@NullMarked
package io.errata.datasets.synthetic;

import org.jspecify.annotations.NullMarked;

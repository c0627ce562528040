/** Files that are never half written: aside first, then renamed. And the one way in which Errata writes JSON. */
@NullMarked
package io.errata.detection.files;

import org.jspecify.annotations.NullMarked;

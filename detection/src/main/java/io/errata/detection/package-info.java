/** Object detectors trained by rounds of hard-negative mining. */
@NullMarked
package io.errata.detection;

import org.jspecify.annotations.NullMarked;

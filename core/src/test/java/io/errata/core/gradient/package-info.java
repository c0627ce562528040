/** The rule that keeps gradients right, for the tests of every module that computes some. */
@NullMarked
package io.errata.core.gradient;

import org.jspecify.annotations.NullMarked;

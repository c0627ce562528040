/**
 * What is wrong with something a user gave us. Readers and settings collect {@link io.errata.core.problem.Problem}s and throw
 * one {@link io.errata.core.problem.InvalidInputException} with all of them, so that everything can be mended at once.
 */
@NullMarked
package io.errata.core.problem;

import org.jspecify.annotations.NullMarked;

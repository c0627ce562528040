/**
 * What is wrong with what somebody gave us. Readers collect {@link io.errata.core.problem.Problem}s of files and settings and throw one
 * {@link io.errata.core.problem.InvalidInputException} with all of them. A wrong argument in Java is an
 * {@link io.errata.core.problem.InvalidArgumentException}, an {@code IllegalArgumentException}, thrown by
 * {@link io.errata.core.problem.ArgumentChecks}.
 */
@NullMarked
package io.errata.core.problem;

import org.jspecify.annotations.NullMarked;

/**
 * The command line. Arguments flow in, the exit status flows out: 0 done; 2 the user's mistake, told in a few lines; 1 anything else.
 * What was asked for goes to stdout, everything else to stderr. Commands check what they can before the engine is loaded, and leave
 * the work to {@code io.errata.mining} and {@code io.errata.detection}. Read {@code Errata}, then {@code TrainCommand}, then {@code Doctor}.
 */
@NullMarked
package io.errata.cli;

import org.jspecify.annotations.NullMarked;

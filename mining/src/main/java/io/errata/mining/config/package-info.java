/**
 * The configuration of a run. YAML text and {@code key=value} overrides flow in, a {@link io.errata.mining.config.RunConfig}
 * flows out: one immutable record for each section, every value checked. What is wrong is collected and thrown as one
 * {@link io.errata.core.problem.InvalidInputException}. Keys are {@code snake_case} in YAML and {@code camelCase} in Java. Read
 * {@code RunConfig}, then {@code SamplingSettings} for what a section looks like, then {@code SettingsBinder}.
 */
@NullMarked
package io.errata.mining.config;

import org.jspecify.annotations.NullMarked;

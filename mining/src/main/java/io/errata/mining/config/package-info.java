/**
 * The configuration of a run. YAML text and {@code key=value} overrides flow in, a {@link io.errata.mining.config.RunConfig} flows out:
 * one immutable record for each section, every value checked. A section's record lives with what it configures, such as
 * {@code io.errata.detection.training.SamplingSettings}; those of the loop itself are here. What is wrong is collected and thrown as one
 * {@link io.errata.core.problem.InvalidInputException}. Keys are {@code snake_case} in YAML and {@code camelCase} in Java. Read
 * {@code RunConfig}, then {@code MiningSettings} for what a section looks like, then {@code SettingsBinder}.
 */
@NullMarked
package io.errata.mining.config;

import org.jspecify.annotations.NullMarked;

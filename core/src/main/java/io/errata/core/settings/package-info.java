/**
 * Settings that are chosen by name: a record that implements {@link io.errata.core.settings.TypedSettings} carries its own name, and
 * {@link io.errata.core.settings.SettingsTypes} lists the built-in ones and finds a user's own.
 */
@NullMarked
package io.errata.core.settings;

import org.jspecify.annotations.NullMarked;

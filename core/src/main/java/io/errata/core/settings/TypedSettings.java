package io.errata.core.settings;

import java.util.List;

/**
 * Settings of one of several types, chosen by name, as in {@code loss: {type: focal, gamma: 1.5}}. Implementations are records; the
 * components are the other keys.
 */
public interface TypedSettings {

    /** The name that chooses this type, in {@code snake_case}: the key {@code type} in YAML. Not a record component. */
    String type();

    /** All that can be chosen in this one's place, itself included, each with its default values. */
    List<? extends TypedSettings> alternatives();
}

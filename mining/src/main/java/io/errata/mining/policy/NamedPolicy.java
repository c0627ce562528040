package io.errata.mining.policy;

import io.errata.core.settings.SettingsTypes;
import io.errata.core.settings.TypedSettings;
import java.util.List;
import java.util.OptionalInt;

/**
 * A policy that can be chosen by name: key {@code mining.policy} of a configuration. To add one, write a record that implements this
 * interface and add it to the list below; a record of a user's own is found by {@link java.util.ServiceLoader}.
 */
public interface NamedPolicy extends MiningPolicy, TypedSettings {

    /** How many windows of an image it takes at most; empty where it has no such limit. Of several policies in a row one may have one. */
    default OptionalInt limitPerImage() {
        return OptionalInt.empty();
    }

    @Override
    default List<NamedPolicy> alternatives() {
        return SettingsTypes.withOwn(
                NamedPolicy.class,
                List.of(
                        HardNegatives.withDefaults(),
                        AboveScore.withDefaults(),
                        WithoutOverlaps.withDefaults(),
                        TopPerImage.withDefaults()));
    }

    /** The names of those policies that limit how many windows an image gives. */
    static List<String> limits(List<? extends MiningPolicy> policies) {
        return policies.stream()
                .filter(NamedPolicy.class::isInstance)
                .map(NamedPolicy.class::cast)
                .filter(policy -> policy.limitPerImage().isPresent())
                .map(NamedPolicy::type)
                .toList();
    }
}

package io.errata.core.loss;

import io.errata.core.settings.SettingsTypes;
import io.errata.core.settings.TypedSettings;
import java.util.List;

/**
 * The loss of the positives' boxes, chosen by name: section {@code box_loss} of a configuration. The key {@code type} names it; the
 * default is {@code smooth_l1}. To add one, write a record that implements this interface and add it to the list below; a record of a
 * user's own is found by {@link java.util.ServiceLoader}.
 */
public interface BoxLossSettings extends TypedSettings {

    /** Its weight; that of the classes' loss is 1. */
    double weight();

    /** The loss. One that keeps counts of its own is a new one at each call. */
    RegressionLoss regression();

    /** Whether it compares boxes (corners, in frames of the window) and not box offsets. */
    default boolean comparesBoxes() {
        return false;
    }

    @Override
    default List<BoxLossSettings> alternatives() {
        return SettingsTypes.withOwn(
                BoxLossSettings.class,
                List.of(SmoothL1Settings.withDefaults(), GiouSettings.withDefaults(), GhmBoxSettings.withDefaults()));
    }

    /** Smooth L1 of box offsets. */
    static BoxLossSettings withDefaults() {
        return SmoothL1Settings.withDefaults();
    }
}

package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.errata.core.loss.RegressionLoss;

/** Section {@code loss.box}: the loss of the positives' boxes. Its key {@code type} names the case, {@code smooth_l1} by default. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SmoothL1Settings.class, name = "smooth_l1"),
    @JsonSubTypes.Type(value = GiouSettings.class, name = "giou"),
    @JsonSubTypes.Type(value = GhmBoxSettings.class, name = "ghm")
})
public sealed interface BoxLossSettings permits SmoothL1Settings, GiouSettings, GhmBoxSettings {

    /** Its weight beside 1 for the classes. */
    double weight();

    /** The loss that these settings describe. One that keeps counts of its own is a new one at each call. */
    RegressionLoss regression();

    /** Whether it compares boxes (corners, in frames of the window) and not box offsets. */
    default boolean comparesBoxes() {
        return false;
    }

    /** Smooth L1 of box offsets. */
    static BoxLossSettings defaults() {
        return SmoothL1Settings.defaults();
    }
}

package io.errata.detection.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.errata.core.loss.ClassificationLoss;

/** Section {@code loss}: what training minimises. Its key {@code type} ({@code focal}, the default, or {@code bce}) names the case. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FocalSettings.class, name = "focal"),
    @JsonSubTypes.Type(value = BceSettings.class, name = "bce")
})
public sealed interface LossSettings permits FocalSettings, BceSettings {

    /** The box regression's share of the loss, beside 1 for the classification. */
    double boxWeight();

    /** The loss of the class logits that these settings describe. */
    ClassificationLoss classification();

    /** Focal loss with α 0.25 and γ 2. */
    static LossSettings defaults() {
        return FocalSettings.defaults();
    }
}

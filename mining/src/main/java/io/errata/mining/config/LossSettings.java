package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.errata.core.loss.ClassificationLoss;
import java.util.Optional;

/**
 * Section {@code loss}: what training minimises. Its key {@code type} names the loss of the classes, {@code focal} by default, and
 * {@code box} is a section of its own, that of the boxes.
 *
 * <p>The network has one output a class and none for background. Losses of exclusive classes ({@code cross_entropy},
 * {@code softmax_focal}, {@code ldam}) therefore take background for one more class whose logit is 0: a detector's score is then the
 * probability of the class against background alone.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FocalSettings.class, name = "focal"),
    @JsonSubTypes.Type(value = BceSettings.class, name = "bce"),
    @JsonSubTypes.Type(value = CrossEntropySettings.class, name = "cross_entropy"),
    @JsonSubTypes.Type(value = SoftmaxFocalSettings.class, name = "softmax_focal"),
    @JsonSubTypes.Type(value = GhmSettings.class, name = "ghm"),
    @JsonSubTypes.Type(value = DiceSettings.class, name = "dice"),
    @JsonSubTypes.Type(value = SelfAdjustingDiceSettings.class, name = "dsc"),
    @JsonSubTypes.Type(value = LdamSettings.class, name = "ldam"),
    @JsonSubTypes.Type(value = LogitAdjustedSettings.class, name = "logit_adjusted"),
    @JsonSubTypes.Type(value = QualityFocalSettings.class, name = "quality_focal"),
    @JsonSubTypes.Type(value = VarifocalSettings.class, name = "varifocal")
})
public sealed interface LossSettings
        permits FocalSettings,
                BceSettings,
                CrossEntropySettings,
                SoftmaxFocalSettings,
                GhmSettings,
                DiceSettings,
                SelfAdjustingDiceSettings,
                LdamSettings,
                LogitAdjustedSettings,
                QualityFocalSettings,
                VarifocalSettings {

    /** The loss of the boxes, added to that of the classes. */
    BoxLossSettings box();

    /**
     * The loss of the class logits that these settings describe. One that keeps counts of its own is a new one at each call.
     *
     * @param seen what the network will be trained on
     */
    ClassificationLoss classification(SeenCounts seen);

    /** The loss in the last part of the training, if it is another one, else empty; see {@link LdamSettings}. */
    default Optional<Later> later(SeenCounts seen) {
        return Optional.empty();
    }

    /** Whether a positive's label is the IoU of its window with the object, instead of 1. */
    default boolean qualityLabels() {
        return false;
    }

    /**
     * A loss that takes over.
     *
     * @param loss from then on
     * @param from the share of all steps after which it does, in [0, 1]
     */
    record Later(ClassificationLoss loss, double from) {}

    /** Focal loss with α 0.25 and γ 2. */
    static LossSettings defaults() {
        return FocalSettings.defaults();
    }
}

package io.errata.core.loss;

import io.errata.core.settings.SettingsTypes;
import io.errata.core.settings.TypedSettings;
import io.errata.core.weight.SampledClassCounts;
import java.util.List;
import java.util.Optional;

/**
 * The loss of the classes, chosen by name: section {@code loss} of a configuration. The key {@code type} names it; the default is
 * {@code focal}. To add one, write a record that implements this interface and add it to the list below; a record of a user's own is
 * found by {@link java.util.ServiceLoader}.
 *
 * <p>The network has one output a class and none for background. Losses of exclusive classes ({@code cross_entropy},
 * {@code softmax_focal}, {@code ldam}) therefore take background for one more class whose logit is 0: a detector's score is then the
 * probability of the class against background alone.
 */
public interface LossSettings extends TypedSettings {

    /**
     * The loss of the class logits. A loss that keeps counts of its own is a new one at each call.
     *
     * @param counts how often training shows each class
     */
    ClassificationLoss classification(SampledClassCounts counts);

    /** The loss in the last part of the training, if it is another one, else empty; see {@link LdamSettings}. */
    default Optional<Later> later(SampledClassCounts counts) {
        return Optional.empty();
    }

    /**
     * A loss that takes over.
     *
     * @param loss from then on
     * @param from the share of all steps after which it does, in [0, 1]
     */
    record Later(ClassificationLoss loss, double from) {}

    @Override
    default List<LossSettings> alternatives() {
        return SettingsTypes.withOwn(
                LossSettings.class,
                List.of(
                        FocalSettings.withDefaults(),
                        BceSettings.withDefaults(),
                        CrossEntropySettings.withDefaults(),
                        SoftmaxFocalSettings.withDefaults(),
                        GhmSettings.withDefaults(),
                        DiceSettings.withDefaults(),
                        SelfAdjustingDiceSettings.withDefaults(),
                        LdamSettings.withDefaults(),
                        LogitAdjustedSettings.withDefaults(),
                        QualityFocalSettings.withDefaults(),
                        VarifocalSettings.withDefaults()));
    }

    /** Focal loss with α 0.25 and γ 2. */
    static LossSettings withDefaults() {
        return FocalSettings.withDefaults();
    }
}

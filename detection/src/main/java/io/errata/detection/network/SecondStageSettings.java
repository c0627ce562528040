package io.errata.detection.network;

import io.errata.core.settings.TypedSettings;
import java.util.List;

/**
 * What looks again at the boxes that the first stage found: key {@code second_stage} of section {@code network}. The key {@code type}
 * names it, or the name stands alone.
 */
public interface SecondStageSettings extends TypedSettings {

    @Override
    default List<SecondStageSettings> alternatives() {
        return List.of(new NoSecondStage(), ResidualStage.withDefaults());
    }

    /** The residual one. */
    static SecondStageSettings withDefaults() {
        return ResidualStage.withDefaults();
    }
}

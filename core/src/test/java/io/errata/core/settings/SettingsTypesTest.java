package io.errata.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.loss.BoxLossSettings;
import io.errata.core.loss.FocalSettings;
import io.errata.core.loss.LossSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTypesTest {

    @Test
    void findsALossOfAUsersOwnBehindTheBuiltInOnes() {
        List<? extends TypedSettings> alternatives = LossSettings.withDefaults().alternatives();

        assertThat(alternatives).first().isEqualTo(FocalSettings.withDefaults());
        assertThat(alternatives).last().isEqualTo(new OwnLossSettings(3));
    }

    @Test
    void everyNameIsThereOnce() {
        assertThat(LossSettings.withDefaults().alternatives())
                .extracting(TypedSettings::type)
                .doesNotHaveDuplicates()
                .contains("focal", "own");
        assertThat(BoxLossSettings.withDefaults().alternatives())
                .extracting(TypedSettings::type)
                .doesNotHaveDuplicates()
                .contains("smooth_l1");
    }

    @Test
    void refusesANameThatIsTaken() {
        List<LossSettings> taken = List.of(new OwnLossSettings(1));

        assertThatThrownBy(() -> SettingsTypes.withOwn(LossSettings.class, taken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a type must have a name of its own, found own again in " + OwnLossSettings.class);
    }
}

package io.errata.detection.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {

    /** ½(1 + cos(π/4)) = 0.853553 and ½(1 + cos(3π/4)) = 0.146447. */
    @Test
    void fallsByHalfACosine() {
        CosineSchedule schedule = new CosineSchedule(0.5, 0, 8);

        assertThat(schedule.at(0)).isEqualTo(0.5);
        assertThat(schedule.at(2)).isCloseTo(0.5 * 0.853553, offset(1e-6));
        assertThat(schedule.at(4)).isCloseTo(0.25, offset(1e-12));
        assertThat(schedule.at(6)).isCloseTo(0.5 * 0.146447, offset(1e-6));
        assertThat(schedule.share(8)).isZero();
    }

    @Test
    void risesLinearlyAtFirst() {
        CosineSchedule schedule = new CosineSchedule(1, 4, 1_000_000);

        assertThat(schedule.at(0)).isCloseTo(0.25, offset(1e-6));
        assertThat(schedule.at(1)).isCloseTo(0.5, offset(1e-6));
        assertThat(schedule.at(3)).isCloseTo(1, offset(1e-6));
        assertThat(schedule.at(4)).isCloseTo(1, offset(1e-6));
    }

    @Test
    void neverStandsStill() {
        CosineSchedule schedule = new CosineSchedule(1, 0, 10);

        assertThat(schedule.at(10)).isEqualTo(0.002);
        assertThat(schedule.at(1000)).isEqualTo(0.002);
    }

    @Test
    void refusesWhatIsNoSchedule() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CosineSchedule(0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CosineSchedule(Double.NaN, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CosineSchedule(1, -1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CosineSchedule(1, 0, 0))
                .withMessage("totalSteps must be ≥ 1, found 0");
    }
}

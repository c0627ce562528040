package io.errata.datasets.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    @Test
    void mirrorsHalfOrNone() {
        SplittableRandom random = new SplittableRandom(2);
        int flips = 0;
        int upsideDown = 0;
        for (int i = 0; i < 10_000; i++) {
            flips += Augmentation.withDefaults().drawFlip(random).horizontal() ? 1 : 0;
            assertThat(new Augmentation(false, false, 0.2).drawFlip(random)).isEqualTo(new Flip(false, false));
            upsideDown += new Augmentation(false, true, 0).drawFlip(random).vertical() ? 1 : 0;
        }
        // deviation 50
        assertThat(flips).isBetween(4_800, 5_200);
        assertThat(upsideDown).isBetween(4_800, 5_200);
    }

    @Test
    void keepsGainAndShiftsWithinTheirRange() {
        int draws = 2_000;
        PatchBatch batch = new PatchBatch(draws, 0, 1, 1);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < draws; i++) {
            new Augmentation(true, false, 0.2).drawPhotometric(batch, i, random);
        }
        float least = 2;
        float most = 0;
        for (float gain : PatchBatchTest.floats(batch.gains())) {
            least = Math.min(least, gain);
            most = Math.max(most, gain);
        }
        assertThat(least).isBetween(0.8f, 0.81f);
        assertThat(most).isBetween(1.19f, 1.2f);
        float[] shifts = PatchBatchTest.floats(batch.shifts());
        double sum = 0;
        int alike = 0;
        for (int i = 0; i < draws; i++) {
            for (int c = 0; c < 3; c++) {
                assertThat(shifts[3 * i + c]).isBetween(-0.2f, 0.2f);
                sum += shifts[3 * i + c];
            }
            alike += shifts[3 * i] * shifts[3 * i + 1] > 0 ? 1 : 0;
        }
        assertThat(sum / shifts.length).isBetween(-0.01, 0.01);
        // the channels share half of their shift, so that their signs agree more often than not
        assertThat(alike).isGreaterThan(draws * 6 / 10);
    }

    @Test
    void changesNothingWithoutJitter() {
        PatchBatch batch = new PatchBatch(1, 0, 1, 1);
        new Augmentation(false, false, 0).drawPhotometric(batch, 0, new SplittableRandom(1));

        assertThat(PatchBatchTest.floats(batch.gains())).containsExactly(1);
        assertThat(PatchBatchTest.floats(batch.shifts())).containsExactly(0, 0, 0);
    }

    @Test
    void refusesJitterOutOfRange() {
        assertThatThrownBy(() -> new Augmentation(true, false, 1))
                .hasMessage("colorJitter must be in [0, 1), found 1.0");
        assertThatThrownBy(() -> new Augmentation(true, false, -0.1)).hasMessageContaining("found -0.1");
        assertThatThrownBy(() -> new Augmentation(true, false, Double.NaN)).hasMessageContaining("found NaN");
    }
}

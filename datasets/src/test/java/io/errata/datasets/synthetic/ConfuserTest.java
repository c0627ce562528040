package io.errata.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfuserTest {

    @Test
    void isHeavyTailed() {
        Rng rng = new Rng(new SplittableRandom(5));
        Map<Confuser, Integer> counts = new EnumMap<>(Confuser.class);
        for (int i = 0; i < 10_000; i++) {
            counts.merge(Confuser.random(rng), 1, Integer::sum);
        }

        assertThat(counts.get(Confuser.STAIN_BLOB)).isBetween(2850, 3150);
        assertThat(counts.get(Confuser.OPEN_RING)).isBetween(150, 250);
        assertThat(counts).hasSize(Confuser.values().length);
    }

    @Test
    void keepsADotBesideARingClearOfIt() {
        Rng rng = new Rng(new SplittableRandom(6));
        for (int i = 0; i < 500; i++) {
            Figure figure = Confuser.DOT_BESIDE_RING.draw(rng, Scene.MIN_SIZE);
            Outline ring = figure.layers().get(0).outline();
            Outline dot = figure.layers().get(1).outline();
            double distance = StrictMath.hypot(ring.x() - dot.x(), ring.y() - dot.y());

            assertThat(distance - ring.radius() - dot.radius()).isGreaterThan(1.2);
        }
    }

    @Test
    void isAsLargeAsAsked() {
        Rng rng = new Rng(new SplittableRandom(7));

        Box box = Confuser.CAPPED_DISC.draw(rng, 20).bounds();

        assertThat(Math.max(box.width(), box.height())).isEqualTo(20, within(1e-9));
    }

    @Test
    void touchesParasitesOnlyWhereItIsShapeless() {
        assertThat(Arrays.stream(Confuser.values()).filter(Confuser::touching))
                .containsExactly(Confuser.STAIN_BLOB, Confuser.PLATELETS);
    }
}

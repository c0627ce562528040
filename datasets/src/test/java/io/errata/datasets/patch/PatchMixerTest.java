package io.errata.datasets.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.errata.core.geometry.Box;
import io.errata.core.mixing.CutMix;
import io.errata.core.mixing.Mix;
import io.errata.core.mixing.MixUp;
import io.errata.core.mixing.Mixing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches whose patch i is all of one value. */
class PatchMixerTest {

    private static final int SIDE = 8;
    private static final int BYTES = SIDE * SIDE * 3;

    @Test
    void blendsToTheNearestByteAndKeepsBothLabels() {
        PatchBatch batch = batch(2, 200, 100, 11);

        apply(batch, new Mix(0, 1, 0.75, null, true), new Mix(2, 0, 0.5, null, true));

        assertThat(patch(batch, 0)).containsOnly(175);
        assertThat(patch(batch, 1)).containsOnly(100);
        assertThat(patch(batch, 2)).containsOnly(106); // 105.5, of the 200 that patch 0 was
        assertThat(floats(batch.targets())).containsExactly(1, 0, 0, 1, 0, 0);
        assertThat(floats(batch.partnerTargets())).containsExactly(0, 1, 0, 1, 1, 0);
        assertThat(floats(batch.lambdas())).containsExactly(0.75f, 1, 0.5f);
    }

    @Test
    void pastesTheCutOfWhatTheGiverWas() {
        PatchBatch batch = batch(1, 10, 20, 30);

        apply(
                batch,
                new Mix(0, 1, 1 - 6 / 64.0, new Box(5, 1, 8, 3), true),
                new Mix(1, 0, 1 - 4 / 64.0, new Box(0, 0, 2, 2), false));

        int[] first = patch(batch, 0);
        for (int i = 0; i < BYTES; i++) {
            int x = i / 3 % SIDE;
            int y = i / 3 / SIDE;
            assertThat(first[i]).isEqualTo(x >= 5 && y >= 1 && y < 3 ? 20 : 10);
        }
        assertThat(Arrays.stream(patch(batch, 1)).filter(value -> value == 10)).hasSize(12);
        assertThat(patch(batch, 2)).containsOnly(30);
        assertThat(floats(batch.lambdas())).containsExactly(1 - 6 / 64f, 1 - 4 / 64f, 1);
    }

    /** Patch 0 is of class 0; where too little of it is seen, its part is background. */
    @Test
    void aHiddenGiverIsBackground() {
        PatchBatch batch = batch(1, 10, 20);
        Box cut = new Box(0, 0, 2, 2);

        apply(batch, new Mix(1, 0, 0.9375, cut, false));
        assertThat(floats(batch.partnerTargets())).containsExactly(1, 0, 0, 0);

        apply(batch, new Mix(1, 0, 0.9375, cut, true));
        assertThat(floats(batch.partnerTargets())).containsExactly(1, 0, 1, 0);
    }

    @Test
    void leavesOffsetsGainsAndShiftsAlone() {
        PatchBatch batch = batch(1, 10, 20);
        batch.setOffsets(0, 1, 2, 3, 4);
        batch.setPhotometric(0, 1.5, 0.1, 0.2, 0.3);

        apply(batch, new Mix(0, 1, 0.5, null, true));

        assertThat(floats(batch.offsets())).containsExactly(1, 2, 3, 4);
        assertThat(floats(batch.gains())).containsExactly(1.5f, 0);
        assertThat(floats(batch.shifts())).containsExactly(0.1f, 0.2f, 0.3f, 0, 0, 0);
    }

    @Test
    void aPatchDescribedAnewIsItsOwnAlone() {
        PatchBatch batch = batch(1, 10, 20);
        assertThat(batch.isMixed()).isFalse();
        apply(batch, new Mix(0, 1, 0.5, null, true), new Mix(1, 0, 0.5, null, true));
        assertThat(batch.isMixed()).isTrue();

        batch.setClass(0, 1);
        batch.setBackground(1);

        assertThat(batch.isMixed()).isFalse();
        assertThat(floats(batch.lambdas())).containsExactly(1, 1);
        assertThat(floats(batch.targets())).containsExactly(0, 1, 0, 0);
        assertThat(floats(batch.partnerTargets())).containsExactly(0, 1, 0, 0);
    }

    /** Every patch has its own value, so what is kept of it can be counted. */
    @Test
    void cutMixesLambdaIsTheShareOfPixelsKept() {
        PatchBatch batch = numbered(64, 16);
        new PatchMixer(new CutMix(1, 1, SIDE, SIDE / 1.5, 0.3, 0.5)).mix(batch, new SplittableRandom(3));

        float[] lambdas = floats(batch.lambdas());
        assertThat(batch.isMixed()).isTrue();
        for (int i = 0; i < 64; i++) {
            int own = 3 * i + 1;
            long kept =
                    Arrays.stream(patch(batch, i)).filter(value -> value == own).count();
            assertThat(lambdas[i]).isEqualTo((float) kept / BYTES);
        }
    }

    /** λ·own + (1 − λ)·other, for one other value that was in the batch, the same over the whole patch. */
    @Test
    void mixUpBlendsWithOneOther() {
        PatchBatch batch = numbered(64, 16);
        new PatchMixer(new MixUp(1, 1)).mix(batch, new SplittableRandom(3));

        float[] lambdas = floats(batch.lambdas());
        for (int i = 0; i < 64; i++) {
            int[] values = patch(batch, i);
            assertThat(values).containsOnly(values[0]);
            if (lambdas[i] < 0.9) {
                double other = (values[0] - lambdas[i] * (3 * i + 1)) / (1 - lambdas[i]);
                assertThat(other).isCloseTo(3 * Math.rint((other - 1) / 3) + 1, offset(0.51 / (1 - lambdas[i])));
            }
        }
    }

    static Stream<Mixing> changingNothing() {
        return Stream.of(Mixing.none(), new MixUp(1e-9, 1), new MixUp(1, 0));
    }

    @ParameterizedTest
    @MethodSource("changingNothing")
    void canLeaveEverythingAsItIs(Mixing mixing) {
        PatchBatch batch = numbered(64, 16);
        new PatchMixer(mixing).mix(batch, new SplittableRandom(3));

        assertThat(batch.isMixed()).isFalse();
        assertThat(batch.pixels()).isEqualTo(numbered(64, 16).pixels());
        assertThat(floats(batch.partnerTargets())).containsExactly(floats(batch.targets()));
    }

    private static void apply(PatchBatch batch, Mix... plan) {
        new PatchMixer(Mixing.none()).apply(batch, List.of(plan));
    }

    /** Of two classes: positive i is of class i mod 2, the others are background. */
    private static PatchBatch batch(int positives, int... values) {
        PatchBatch batch = new PatchBatch(values.length, positives, SIDE, 2);
        for (int i = 0; i < values.length; i++) {
            byte[] pixels = new byte[BYTES];
            Arrays.fill(pixels, (byte) values[i]);
            batch.setPixels(i, pixels);
            if (i < positives) {
                batch.setClass(i, i % 2);
            } else {
                batch.setBackground(i);
            }
        }
        return batch;
    }

    /** Patch i is all of 3·i + 1. */
    private static PatchBatch numbered(int size, int positives) {
        int[] values = new int[size];
        Arrays.setAll(values, i -> 3 * i + 1);
        return batch(positives, values);
    }

    private static int[] patch(PatchBatch batch, int index) {
        byte[] bytes = new byte[BYTES];
        batch.pixels().get(index * BYTES, bytes);
        int[] values = new int[BYTES];
        Arrays.setAll(values, i -> bytes[i] & 0xff);
        return values;
    }

    private static float[] floats(ByteBuffer buffer) {
        return PatchBatchTest.floats(buffer);
    }
}

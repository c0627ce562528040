package io.errata.detection.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.core.mixing.CutMix;
import io.errata.core.mixing.MixUp;
import io.errata.core.mixing.Mixing;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.TinyData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSourceTest {

    private static final Augmentation NONE = new Augmentation(false, false, 0);
    private static TinyData data;

    @BeforeAll
    static void open() {
        data = TinyData.of(3, 16, 4);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    /** 12 places for negatives a step, 60 random ones: five steps see them all, the next five again. */
    @Test
    void goesThroughTheRandomNegativesBeforeAnyComesAgain() {
        WindowSet random = data.negatives(60, 1);
        BatchSource source = data.batches(random, WindowSet.empty(), 0.5, NONE, 3);

        assertThat(negatives(source, random, 0, 5)).containsExactlyInAnyOrderElementsOf(keys(random));
        assertThat(negatives(source, random, 5, 10)).containsExactlyInAnyOrderElementsOf(keys(random));
        assertThat(negatives(source, random, 0, 5)).isNotEqualTo(keys(random));
    }

    /** Half of the 12 places go to mined ones, so that ten steps see 60 random ones once, none of them twice. */
    @Test
    void minedNegativesDoNotDisplaceRandomOnesForGood() {
        WindowSet all = data.negatives(80, 1);
        WindowSet mined = WindowSet.of(Arrays.copyOf(all.toArray(), 20));
        WindowSet random = WindowSet.of(Arrays.copyOfRange(all.toArray(), 20, 80));
        BatchSource source = data.batches(random, mined, 0.5, NONE, 3);

        List<Long> drawn = negatives(source, all, 0, 10);

        assertThat(drawn).filteredOn(mined::contains).hasSize(60);
        assertThat(drawn).filteredOn(random::contains).containsExactlyInAnyOrderElementsOf(keys(random));
    }

    @Test
    void aFewMinedOnesComeAtMostTwiceABatch() {
        WindowSet all = data.negatives(61, 1);
        WindowSet mined = WindowSet.of(all.get(0));
        WindowSet random = WindowSet.of(Arrays.copyOfRange(all.toArray(), 1, 61));
        BatchSource source = data.batches(random, mined, 0.5, NONE, 3);

        for (int step = 0; step < 10; step++) {
            assertThat(negatives(source, all, step, step + 1))
                    .filteredOn(mined::contains)
                    .hasSize(2);
        }
    }

    @Test
    void withoutRandomNegativesAllAreMinedOnes() {
        WindowSet mined = data.negatives(3, 1);
        BatchSource source = data.batches(WindowSet.empty(), mined, 0.5, NONE, 3);

        assertThat(negatives(source, mined, 0, 2)).hasSize(24).allMatch(mined::contains);
    }

    @Test
    void sameSeedSameBytesWhateverWasFilledBefore() {
        PatchBatch one = batch();
        PatchBatch other = batch();
        BatchSource source = data.batches();
        data.fill(source, one, 7, true);

        BatchSource again = data.batches();
        data.fill(again, other, 3, true);
        assertThat(bytes(other)).isNotEqualTo(bytes(one));
        data.fill(again, other, 7, true);
        assertThat(bytes(other)).isEqualTo(bytes(one));
    }

    @Test
    void otherStepsAndSeedsGiveOtherBatches() {
        Set<ByteBuffer> seen = new HashSet<>();
        WindowSet random = data.negatives(200, 5);
        for (int seed = 0; seed < 3; seed++) {
            BatchSource source = data.batches(random, WindowSet.empty(), 0, Augmentation.withDefaults(), seed);
            for (int step = 0; step < 5; step++) {
                PatchBatch batch = batch();
                data.fill(source, batch, step, true);
                seen.add(bytes(batch));
            }
        }
        assertThat(seen).hasSize(15);
    }

    @Test
    void positivesStandInFront() {
        PatchBatch batch = batch();
        data.fill(data.batches(), batch, 0, true);

        for (int i = 0; i < batch.size(); i++) {
            assertThat(batch.targets().getFloat(4 * i)).isEqualTo(i < batch.positives() ? 1 : 0);
        }
    }

    @Test
    void candidatesAreTheRandomNegativesInTurn() {
        WindowSet random = data.negatives(60, 1);
        BatchSource source = data.batches(random, WindowSet.empty(), 0, NONE, 3);
        PatchBatch candidates = new PatchBatch(20, 0, 16, 1);
        List<ByteBuffer> seen = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            int now = step;
            data.fill(candidates, patches -> source.fillCandidates(patches, candidates, now));
            IntStream.range(0, 20).forEach(i -> seen.add(patch(candidates, i)));
        }
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        keys(random).stream().map(BatchSourceTest::patch).toList());
    }

    @Test
    void chosenCandidatesStandBehindThePositives() {
        PatchBatch batch = batch();
        PatchBatch candidates = new PatchBatch(20, 0, 16, 1);
        BatchSource source = data.batches(data.negatives(60, 1), WindowSet.empty(), 0, NONE, 3);
        data.fill(source, batch, 1, false);
        data.fill(candidates, patches -> source.fillCandidates(patches, candidates, 1));
        int[] chosen = {3, 19, 0, 7, 8, 1, 2, 11, 12, 4, 5, 6};

        data.fill(batch, patches -> source.replaceNegatives(place -> patches, batch, chosen, 20, 1));

        for (int i = 0; i < 12; i++) {
            assertThat(patch(batch, 4 + i)).isEqualTo(patch(candidates, chosen[i]));
        }
    }

    /** What is drawn does not depend on the mixing; only what is mixed changes. */
    @Test
    void mixesLast() {
        PatchBatch plain = batch();
        PatchBatch mixed = batch();
        data.fill(data.batches(), plain, 3, true);
        data.fill(data.batches(new MixUp(1, 0.5)), mixed, 3, true);

        assertThat(plain.isMixed()).isFalse();
        assertThat(mixed.isMixed()).isTrue();
        assertThat(mixed.targets()).isEqualTo(plain.targets());
        assertThat(mixed.offsets()).isEqualTo(plain.offsets());
        assertThat(mixed.gains()).isEqualTo(plain.gains());
        for (int i = 0; i < 16; i++) {
            if (mixed.lambdas().getFloat(4 * i) == 1) {
                assertThat(patch(mixed, i)).isEqualTo(patch(plain, i));
            } else {
                assertThat(patch(mixed, i)).isNotEqualTo(patch(plain, i));
            }
        }
    }

    @Test
    void mixesOnlyWholeBatches() {
        PatchBatch batch = batch();
        BatchSource source = data.batches(new MixUp(1, 1));

        data.fill(source, batch, 0, true);
        data.fill(source, batch, 1, false);
        for (int i = 0; i < batch.positives(); i++) {
            assertThat(batch.lambdas().getFloat(4 * i)).isEqualTo(1);
        }
        int[] chosen = IntStream.range(0, 12).toArray();
        data.fill(batch, patches -> source.replaceNegatives(place -> patches, batch, chosen, 20, 1));
        assertThat(batch.lambdas().getFloat(0)).isLessThan(1);

        PatchBatch candidates = new PatchBatch(20, 0, 16, 1);
        data.fill(candidates, patches -> source.fillCandidates(patches, candidates, 0));
        assertThat(candidates.isMixed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sameSeedSameMixture(boolean cut) {
        Mixing mixing = cut ? new CutMix(1, 1, 16, 16 / 1.5, 0.3, 0.5) : new MixUp(1, 1);
        PatchBatch one = batch();
        PatchBatch other = batch();
        data.fill(data.batches(mixing), one, 5, true);
        data.fill(data.batches(mixing), other, 5, true);

        assertThat(one.isMixed()).isTrue();
        assertThat(bytes(other)).isEqualTo(bytes(one));
        assertThat(other.lambdas()).isEqualTo(one.lambdas());
        assertThat(other.partnerTargets()).isEqualTo(one.partnerTargets());
    }

    private static PatchBatch batch() {
        return new PatchBatch(16, 4, 16, 1);
    }

    /** The keys of the negatives of some steps' batches, found by their pixels. */
    private static List<Long> negatives(BatchSource source, WindowSet of, int from, int to) {
        Map<ByteBuffer, Long> known = new HashMap<>();
        keys(of).forEach(key -> known.put(patch(key), key));
        assertThat(known).hasSize(of.size());
        List<Long> keys = new ArrayList<>();
        PatchBatch batch = batch();
        for (int step = from; step < to; step++) {
            data.fill(source, batch, step, true);
            for (int i = batch.positives(); i < batch.size(); i++) {
                keys.add(known.get(patch(batch, i)));
            }
        }
        assertThat(keys).doesNotContainNull();
        return keys;
    }

    private static ByteBuffer patch(long key) {
        return ByteBuffer.wrap(data.window(key));
    }

    private static ByteBuffer patch(PatchBatch batch, int place) {
        byte[] bytes = new byte[16 * 16 * 3];
        batch.pixels().get(place * bytes.length, bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** A copy of everything in a batch. */
    private static ByteBuffer bytes(PatchBatch batch) {
        ByteBuffer copy = ByteBuffer.allocate(20_000);
        copy.put(batch.pixels()).put(batch.targets()).put(batch.offsets());
        return copy.put(batch.gains()).put(batch.shifts()).flip();
    }

    private static List<Long> keys(WindowSet set) {
        return Arrays.stream(set.toArray()).boxed().toList();
    }
}

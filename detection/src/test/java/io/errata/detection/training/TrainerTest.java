package io.errata.detection.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.loss.FocalLoss;
import io.errata.datasets.patch.PatchBatch;
import io.errata.detection.ChildJvm;
import io.errata.detection.TinyData;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private static final Architecture PLAN = new Architecture(16, 4, List.of(4, 5, 6, 7, 8), true, true);
    private static final Path PROCESS = Path.of("/proc/self/statm");

    @Test
    void learnsABatchByHeart() {
        try (Tiny tiny = new Tiny()) {
            double first = tiny.step(0);
            for (int step = 1; step < 60; step++) {
                tiny.step(0);
            }
            assertThat(tiny.step(0)).isLessThan(first / 2);
        }
    }

    @Test
    void givesNoLossWhereNoneIsWanted() {
        try (Tiny tiny = new Tiny()) {
            assertThat(tiny.trainer.step(tiny.batch, 0.01, false)).isNaN();
        }
    }

    @Test
    void aStepLeavesNothingNativeBehind() {
        try (Tiny tiny = new Tiny()) {
            tiny.step(0);
            BaseNDManager manager = (BaseNDManager) tiny.network.manager();
            int arrays = manager.getManagedArrays().size();
            for (int step = 1; step <= 50; step++) {
                tiny.step(step);
                tiny.trainer.network().hardest(tiny.batch, 3);
            }
            assertThat(manager.getManagedArrays()).hasSize(arrays);
        }
    }

    /** In a process of its own, whose heap neither grows nor shrinks and whose compiler stays small. */
    @Test
    void memoryStaysFlat() throws IOException, InterruptedException {
        assumeTrue(Files.exists(PROCESS), "needs Linux's /proc");

        Process child = ChildJvm.of(
                        StepMemory.class, "-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1")
                .start();
        String[] told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("resident "))
                .findFirst()
                .orElseThrow()
                .split(" ");

        System.out.printf("Resident pages after 200 steps %s, after 2,000 steps %s%n", told[1], told[2]);
        assertThat(child.waitFor()).isZero();
        assertThat(Double.parseDouble(told[2])).isLessThan(1.05 * Double.parseDouble(told[1]));
    }

    /** Of each candidate's score alone, sorted. */
    @Test
    void theHardestAreThoseOfTheHighestScore() {
        try (Tiny tiny = new Tiny()) {
            for (int step = 0; step < 5; step++) {
                tiny.step(step);
            }
            PatchBatch candidates = new PatchBatch(40, 0, 16, 1);
            BatchSource source = tiny.data.batches();
            tiny.data.fill(candidates, patches -> source.fillCandidates(patches, candidates, 0));
            float[] scores = scores(candidates, tiny.network);
            int[] byScore = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                    .limit(7)
                    .mapToInt(i -> i)
                    .toArray();

            assertThat(tiny.trainer.network().hardest(candidates, 7)).isEqualTo(byScore);
        }
    }

    private static float[] scores(PatchBatch candidates, Network network) {
        float[] scores = new float[candidates.size()];
        byte[] patch = new byte[16 * 16 * 3];
        try (FoldedNetwork folded = network.fold();
                NDManager scratch = folded.manager().newSubManager()) {
            for (int i = 0; i < scores.length; i++) {
                candidates.pixels().get(i * patch.length, patch);
                NDArray image = scratch.create(ByteBuffer.wrap(patch), new Shape(1, 16, 16, 3), DataType.UINT8);
                scores[i] = folded.infer(image).toFloatArray()[0];
            }
        }
        return scores;
    }

    /** Told by a child process: resident pages after 200 and after 2,000 steps. */
    static final class StepMemory {

        private StepMemory() {}

        public static void main(String... arguments) throws IOException {
            try (Tiny tiny = new Tiny()) {
                long[] resident = new long[2];
                for (int step = 1; step <= 2_000; step++) {
                    tiny.step(step);
                    if (step == 200 || step == 2_000) {
                        resident[step / 2_000] = residentPages();
                    }
                }
                System.out.println("resident " + resident[0] + " " + resident[1]);
            }
        }

        private static long residentPages() throws IOException {
            return Long.parseLong(Files.readString(PROCESS).split(" ")[1]);
        }
    }

    /** A small network that learns from two small images. */
    private static final class Tiny implements AutoCloseable {
        private final TinyData data = TinyData.of(2, 16, 4);
        private final Network network = Network.create(PLAN, 1, 3, Device.cpu());
        private final Trainer<Network> trainer = new Trainer<>(
                network, OptimizerSettings.withDefaults(), Objective.of(FocalLoss.of(0.25, 2), BoxLoss.smoothL1(1)));
        private final PatchBatch batch = new PatchBatch(16, 4, 16, 1);
        private final BatchSource source = data.batches();

        double step(int step) {
            data.fill(source, batch, step, true);
            return trainer.step(batch, 0.01, true);
        }

        @Override
        public void close() {
            trainer.close();
            network.close();
            data.close();
        }
    }
}

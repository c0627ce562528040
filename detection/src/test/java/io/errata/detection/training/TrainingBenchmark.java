package io.errata.detection.training;

import ai.djl.Device;
import io.errata.core.loss.FocalLoss;
import io.errata.core.mixing.Mixing;
import io.errata.datasets.Dataset;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.NegativeCutter;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchPack;
import io.errata.datasets.patch.PatchRequests;
import io.errata.datasets.patch.PatchSource;
import io.errata.datasets.patch.PositiveSampler;
import io.errata.datasets.patch.PositiveSampling;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.synthetic.SmearScenes;
import io.errata.datasets.synthetic.SmearSettings;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.Network;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast the network learns. Run it with {@code mvn -pl detection -am test -Dtest=TrainingBenchmark
 * -Derrata.excludedGroups=none -Derrata.threads=2 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("benchmark")
class TrainingBenchmark {

    private static final int STEPS = 100;
    private static final int REPEATS = 5;

    @Test
    void tellsTheTimeOfAStep() {
        Dataset dataset =
                SmearScenes.of(SmearSettings.withDefaults().withImages(20)).dataset();
        WindowGeometry geometry = WindowGeometry.fit(dataset);
        WindowCorpus corpus = WindowCorpus.of(dataset, geometry, Labelling.withDefaults());
        Augmentation augmentation = Augmentation.withDefaults();
        try (PyramidStore pyramids = new PyramidStore(dataset.images(), geometry, 2);
                Network network = Network.create(Architecture.withDefaults(), 1, 1, Device.cpu());
                Trainer<Network> trainer = new Trainer<>(
                        network,
                        OptimizerSettings.withDefaults(),
                        Objective.of(FocalLoss.of(0.25, 2), BoxLoss.smoothL1(0.25)))) {
            WindowSet random = corpus.drawNegatives(5000, WindowSet.empty(), new SplittableRandom(1));
            BatchSource source = new BatchSource(
                    new PositiveSampler(corpus, augmentation, PositiveSampling.withDefaults(), false),
                    new NegativeCutter(augmentation),
                    Mixing.none(),
                    new TrainingSet(corpus, random, WindowSet.empty()),
                    0.5,
                    0.5,
                    1);
            PatchBatch batch = new PatchBatch(128, 32, geometry.patch(), 1);
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                long start = System.nanoTime();
                PatchRequests requests = new PatchRequests(geometry.patch());
                for (int step = 0; step < STEPS; step++) {
                    source.fill(requests, batch, step, true);
                }
                long filling = 0;
                long learning = 0;
                long cutting;
                try (PatchPack pack = PatchPack.cut(requests, pyramids, Long.MAX_VALUE, Path.of("unused"))) {
                    cutting = System.nanoTime() - start;
                    PatchSource patches = pack.reader();
                    for (int step = 0; step < STEPS; step++) {
                        long begin = System.nanoTime();
                        source.fill(patches, batch, step, true);
                        long filled = System.nanoTime();
                        trainer.step(batch, 1e-3, step % 10 == 0);
                        filling += filled - begin;
                        learning += System.nanoTime() - filled;
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "%,.0f samples/s; of a batch of 128 cutting takes %.2f ms, filling %.2f ms, learning %.2f ms%n",
                        128.0 * STEPS / (learning / 1e9),
                        cutting / 1e6 / STEPS,
                        filling / 1e6 / STEPS,
                        learning / 1e6 / STEPS);
            }
        }
    }
}

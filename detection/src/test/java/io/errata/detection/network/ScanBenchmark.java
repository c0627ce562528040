package io.errata.detection.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.datasets.Dataset;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.synthetic.SmearScenes;
import io.errata.datasets.synthetic.SmearSettings;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.detector.Detector;
import io.errata.mining.scan.Candidates;
import io.errata.mining.scan.DenseScorer;
import io.errata.mining.scan.PatchScorer;
import io.errata.mining.scan.Scan;
import io.errata.mining.scan.WindowNetwork;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast held-out windows are scored, densely and patch by patch, and how much of it is convolution. Run it with
 * {@code mvn -pl detection -am test -Dtest=ScanBenchmark -Derrata.excludedGroups=none -Derrata.threads=2
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("benchmark")
class ScanBenchmark {

    private static final int IMAGES = 24;
    private static final int REPEATS = 5;

    private final Dataset dataset = SmearScenes.of(
                    SmearSettings.withDefaults().withSize(640, 480).withImages(IMAGES))
            .dataset();
    private final WindowGeometry geometry = WindowGeometry.fit(dataset);
    private final WindowCorpus corpus = WindowCorpus.of(dataset, geometry, Labelling.withDefaults());

    @Test
    void comparesDenseScanningWithPatches() {
        try (Network network = Network.create(Architecture.withDefaults(), 1, 1, Device.cpu());
                FoldedNetwork folded = network.fold();
                WindowNetwork scanning = network.forScanning();
                PyramidStore pyramids = new PyramidStore(dataset.images(), geometry, 1L << 30, 2)) {
            pyramids.preload();
            DenseScorer dense = new DenseScorer(scanning);
            Scan scan = new Scan(dense, pyramids, 1, Detector.BATCH_PIXELS);
            Scan slower = new Scan(new DenseScorer(folded), pyramids, 1, Detector.BATCH_PIXELS);
            Candidates candidates = Candidates.heldOut(corpus, WindowSet.empty(), WindowSet.empty());
            double most = 0;
            for (int i = 0; i < REPEATS; i++) {
                double speed = corpus.windows()
                        / scan.run(candidates, 0.5, 4000, scores -> {}).seconds();
                double engineSpeed = corpus.windows()
                        / slower.run(candidates, 0.5, 4000, scores -> {}).seconds();
                double convolving = corpus.windows() / secondsOfInference(scanning, pyramids);
                Level level = pyramids.get(i).level(geometry.levels() - 1);
                double patchSpeed = patchesPerSecond(scanning, level);
                double enginePatchSpeed = patchesPerSecond(folded, level);
                float[] one = new PatchScorer(folded, 128).score(level);
                float[] other = dense.score(level);
                for (int w = 0; w < one.length; w++) {
                    most = Math.max(most, Math.abs(one[w] - other[w]));
                }
                System.out.printf(
                        Locale.ROOT,
                        "windows/s: dense %,.0f (in the engine %,.0f), patch by patch %,.0f (in the engine %,.0f): %.0f times (%.0f); largest difference %.1e; convolution %.0f%% of the scan%n",
                        speed,
                        engineSpeed,
                        patchSpeed,
                        enginePatchSpeed,
                        speed / patchSpeed,
                        engineSpeed / enginePatchSpeed,
                        most,
                        100 * speed / convolving);
            }
            assertThat(most).isLessThan(1e-4);
        }
    }

    private static double patchesPerSecond(WindowNetwork network, Level level) {
        long start = System.nanoTime();
        float[] scores = new PatchScorer(network, 128).score(level);
        return scores.length / ((System.nanoTime() - start) / 1e9);
    }

    /** The time that the forward pass alone takes on all levels of all images, one image at a time. */
    private static double secondsOfInference(WindowNetwork network, PyramidStore pyramids) {
        long nanos = 0;
        for (int image = 0; image < IMAGES; image++) {
            for (Level level : pyramids.get(image).levels()) {
                try (NDManager step = network.manager().newSubManager()) {
                    ByteBuffer pixels = ByteBuffer.allocateDirect(level.pixels().length);
                    pixels.put(level.pixels()).flip();
                    Shape shape = new Shape(
                            1, level.grid().paddedHeight(), level.grid().paddedWidth(), 3);
                    NDArray images = step.create(pixels, shape, DataType.UINT8);
                    long start = System.nanoTime();
                    network.infer(images);
                    nanos += System.nanoTime() - start;
                }
            }
        }
        return nanos / 1e9;
    }
}

package io.errata.detection.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.errata.datasets.Dataset;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.synthetic.SmearScenes;
import io.errata.datasets.synthetic.SmearSettings;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.detector.Detector;
import io.errata.detection.scan.Candidates;
import io.errata.detection.scan.DenseScorer;
import io.errata.detection.scan.PatchScorer;
import io.errata.detection.scan.Scan;
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
                PyramidStore pyramids = new PyramidStore(dataset.images(), geometry, 2)) {
            DenseScorer dense = new DenseScorer(folded);
            PatchScorer patches = new PatchScorer(folded, 128);
            Scan scan = new Scan(dense, pyramids, 1, Detector.BATCH_PIXELS);
            Candidates candidates = Candidates.heldOut(corpus, WindowSet.empty(), WindowSet.empty());
            double most = 0;
            for (int i = 0; i < REPEATS; i++) {
                Scan.Report report = scan.run(candidates, 0.5, 4000, scores -> {});
                double convolving = secondsOfConvolution(folded, pyramids);
                Level level = level(pyramids, i, geometry.levels() - 1);
                long start = System.nanoTime();
                float[] one = patches.score(level);
                double patchSeconds = (System.nanoTime() - start) / 1e9;
                float[] other = dense.score(level);
                for (int w = 0; w < one.length; w++) {
                    most = Math.max(most, Math.abs(one[w] - other[w]));
                }
                double patchSpeed = one.length / patchSeconds;
                System.out.printf(
                        Locale.ROOT,
                        "dense %,.0f windows/s, patch by patch %,.0f windows/s: %.0f times; largest difference %.1e; convolution %.0f%% of the scan%n",
                        corpus.windows() / report.seconds(),
                        patchSpeed,
                        corpus.windows() / report.seconds() / patchSpeed,
                        most,
                        100 * convolving / report.seconds());
            }
            assertThat(most).isLessThan(1e-4);
        }
    }

    private static Level level(PyramidStore pyramids, int image, int index) {
        try (Pyramid pyramid = pyramids.open(image)) {
            return pyramid.level(index);
        }
    }

    /** The time that the convolutions alone take on all levels of all images, one image at a time. */
    private double secondsOfConvolution(FoldedNetwork folded, PyramidStore pyramids) {
        long nanos = 0;
        for (int image = 0; image < IMAGES; image++) {
            for (int index = 0; index < geometry.levels(); index++) {
                Level level = level(pyramids, image, index);
                try (NDManager step = folded.manager().newSubManager()) {
                    ByteBuffer pixels = ByteBuffer.allocateDirect(level.pixels().length);
                    pixels.put(level.pixels()).flip();
                    Shape shape = new Shape(
                            1, level.grid().paddedHeight(), level.grid().paddedWidth(), 3);
                    NDArray values = Normalization.channelsFirst(step.create(pixels, shape, DataType.UINT8));
                    for (FoldedLayer layer : folded.layers()) {
                        long start = System.nanoTime();
                        Shape stride = new Shape(layer.stride(), layer.stride());
                        values = Conv2d.conv2d(values, layer.weight(), layer.bias(), stride)
                                .singletonOrThrow();
                        nanos += System.nanoTime() - start;
                        values = values.getNDArrayInternal().relu();
                    }
                }
            }
        }
        return nanos / 1e9;
    }
}

package io.errata.detection.scan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowSet;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image larger than a batch, of which one level grows, one keeps its size and one shrinks. */
class TiledScanTest {

    private static final WindowGeometry GEOMETRY = new WindowGeometry(
            32, 4, 1.5, List.of(new WindowShape(18, 18), new WindowShape(32 / 1.5, 32 / 1.5), new WindowShape(50, 40)));

    private final Dataset dataset = Dataset.of(List.of(new AnnotatedImage(
            "large", TiledScanTest::pixels, 1_203, 771, List.of(GroundTruth.of("a", new Box(400, 300, 420, 320))))));
    private final WindowCorpus corpus = WindowCorpus.of(dataset, GEOMETRY, Labelling.withDefaults());
    private final WindowSet tracked = corpus.drawNegatives(300, WindowSet.empty(), new SplittableRandom(1));

    @ParameterizedTest
    @CsvSource({"100000, 1", "300000, 2", "524288, 3"})
    void tilesAndThreadsChangeNoBitOfAScore(long batchPixels, int threads) {
        try (Network network = Network.create(Architecture.withDefaults(), 2, 1, Device.cpu());
                FoldedNetwork folded = network.fold()) {
            ImageScores whole = scan(folded, Long.MAX_VALUE, 1, 3_000);
            ImageScores tiled = scan(folded, batchPixels, threads, 3_000);

            assertThat(whole.keys()).hasSize(3_000);
            assertThat(tiled.keys()).isEqualTo(whole.keys());
            assertThat(tiled.scores()).isEqualTo(whole.scores());
            assertThat(tiled.offsets()).isEqualTo(whole.offsets());
            assertThat(tiled.trackedKeys()).isEqualTo(whole.trackedKeys()).hasSize(300);
            assertThat(tiled.trackedScores()).isEqualTo(whole.trackedScores());
        }
    }

    private ImageScores scan(FoldedNetwork network, long batchPixels, int threads, int most) {
        List<ImageScores> scores = new ArrayList<>();
        try (PyramidStore store = new PyramidStore(dataset.images(), GEOMETRY, threads)) {
            Scan.Report report = new Scan(new DenseScorer(network), store, 2, batchPixels)
                    .run(Candidates.heldOut(corpus, tracked, tracked), 0.001, most, scores::add);
            assertThat(report.windows()).isEqualTo(corpus.negatives() - tracked.size());
            assertThat(store.decoded()).isEqualTo(1);
        }
        return scores.get(0);
    }

    /** A scorer of one's own is asked for tiles, too, one at a time. */
    @Test
    void aScorerOfOnesOwnSeesTilesWithTheirPlaces() {
        WindowScorer right = level -> {
            LevelGrid grid = level.grid();
            float[] scores = new float[grid.windows()];
            for (int w = 0; w < scores.length; w++) {
                scores[w] = grid.box(w / grid.columns(), w % grid.columns()).x1() > 600 ? 0.9f : 0.1f;
            }
            return scores;
        };
        List<ImageScores> scores = new ArrayList<>();
        try (PyramidStore store = new PyramidStore(dataset.images(), GEOMETRY, 2)) {
            new Scan(right, store, 1, 50_000).run(Candidates.all(), 0.5, 1_000_000, scores::add);
        }
        ScoredWindows windows = scores.get(0).windows();
        assertThat(windows.size()).isGreaterThan(10_000);
        for (int i = 0; i < windows.size(); i++) {
            assertThat(windows.box(i).x1()).isGreaterThan(600);
        }
    }

    private static Pixels pixels() {
        byte[] rgb = new byte[3 * 1_203 * 771];
        new Random(5).nextBytes(rgb);
        for (int i = 9; i < rgb.length; i++) {
            rgb[i] = (byte) ((rgb[i] & 0xff) / 4 + (rgb[i - 3] & 0xff) * 3 / 4); // with some structure
        }
        return new Pixels(1_203, 771, rgb);
    }
}

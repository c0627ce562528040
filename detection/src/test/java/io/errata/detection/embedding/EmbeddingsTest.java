package io.errata.detection.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.errata.core.loss.FocalLoss;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchCutter;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.DetectionSettings;
import io.errata.detection.TinyData;
import io.errata.detection.detector.Detector;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.scan.DenseScorer;
import io.errata.detection.scan.PatchScorer;
import io.errata.detection.training.BoxLoss;
import io.errata.detection.training.Objective;
import io.errata.detection.training.OptimizerSettings;
import io.errata.detection.training.Trainer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Windows of three small images under a network of a few steps' training. */
class EmbeddingsTest {

    private static final Architecture PLAN = new Architecture(16, 4, List.of(4, 5, 6, 7, 8), true, true);
    private static TinyData data;
    private static Network network;
    private static FoldedNetwork folded;
    private static Detector detector;
    private static WindowSet windows;

    @BeforeAll
    static void train() {
        data = TinyData.of(3, 16, 4);
        network = Network.create(PLAN, 1, 3, Device.cpu());
        try (Trainer<Network> trainer = new Trainer<>(
                network, OptimizerSettings.withDefaults(), Objective.of(FocalLoss.of(0.25, 2), BoxLoss.smoothL1(1)))) {
            PatchBatch batch = new PatchBatch(16, 4, 16, 1);
            for (int step = 0; step < 8; step++) {
                data.fill(data.batches(), batch, step, true);
                trainer.step(batch, 0.02, false);
            }
        }
        folded = network.fold();
        detector = Detector.of(
                network, data.corpus().geometry(), data.dataset().classes(), DetectionSettings.withDefaults());
        windows = ObjectWindows.of(data.corpus()).union(data.negatives(50, 4));
    }

    @AfterAll
    static void close() {
        detector.close();
        network.close();
        data.close();
    }

    @Test
    void rowsAreWhatTheLastLayerSeesOfEachWindowAlone() {
        Embeddings embeddings = Embeddings.of(detector, data.corpus(), windows);

        assertThat(embeddings.size()).isEqualTo(windows.size()).isGreaterThan(55);
        assertThat(embeddings.dimension()).isEqualTo(8);
        assertThat(embeddings.keys()).containsExactly(windows.toArray());
        assertThat(embeddings.rows()).hasSize(8 * windows.size());
        for (int i = 0; i < embeddings.size(); i++) {
            assertThat(embeddings.row(i)).containsExactly(alone(embeddings.keys()[i]), offset(1e-5f));
        }
    }

    /** The head's weights times a row, plus its bias, is the logit that the dense scan gives the window. */
    @Test
    void theHeadMakesTheScoreOfARow() {
        Embeddings embeddings = Embeddings.of(detector, data.corpus(), windows);
        List<Parameter> parameters = List.copyOf(network.parameters().values());
        float[] weight = parameters.get(parameters.size() - 2).getArray().toFloatArray();
        float bias = parameters.get(parameters.size() - 1).getArray().toFloatArray()[0];

        for (int i = 0; i < embeddings.size(); i++) {
            float[] row = embeddings.row(i);
            double logit = bias
                    + IntStream.range(0, 8).mapToDouble(k -> weight[k] * row[k]).sum();
            assertThat(1 / (1 + Math.exp(-logit))).isCloseTo(scanned(embeddings.keys()[i]), offset(1e-4));
        }
    }

    @Test
    void batchesOfEverySizeGiveTheSameRows() {
        Embeddings one = embed(1);
        for (int batch : new int[] {7, windows.size(), 1000}) {
            Embeddings many = embed(batch);
            assertThat(many.rows()).containsExactly(one.rows(), offset(1e-5f));
            assertThat(many.labels()).containsExactly(one.labels());
            assertThat(many.keys()).containsExactly(one.keys());
        }
    }

    /** By trying all windows of an image for each of its objects. */
    @Test
    void everyObjectIsTheWindowThatFramesItBest() {
        Embeddings objects = Embeddings.of(detector, data.dataset());

        assertThat(objects.size())
                .isEqualTo(
                        data.dataset().objectCount() - data.corpus().unreached().size())
                .isPositive();
        assertThat(objects.labels()).containsOnly(0);
        for (long key : objects.keys()) {
            GroundTruth object = data.dataset().images().get(WindowKey.image(key)).objects().stream()
                    .filter(truth -> truth.box().iou(data.corpus().box(key)) >= 0.5)
                    .findFirst()
                    .orElseThrow();
            double best = IntStream.range(0, data.corpus().positives())
                    .mapToLong(data.corpus()::positive)
                    .filter(other -> WindowKey.image(other) == WindowKey.image(key))
                    .mapToDouble(other -> object.box().iou(data.corpus().box(other)))
                    .max()
                    .orElseThrow();
            assertThat(object.box().iou(data.corpus().box(key))).isEqualTo(best);
        }
    }

    @Test
    void labelsAreClassesOrBackground() {
        Embeddings embeddings = Embeddings.of(detector, data.corpus(), windows);
        WindowSet objects = ObjectWindows.of(data.corpus());

        for (int i = 0; i < embeddings.size(); i++) {
            assertThat(embeddings.labels()[i])
                    .isEqualTo(objects.contains(embeddings.keys()[i]) ? 0 : Embeddings.BACKGROUND);
        }
    }

    @Test
    void ofNoWindowsIsEmpty() {
        Embeddings none = Embeddings.of(detector, data.corpus(), WindowSet.empty());

        assertThat(none.size()).isZero();
        assertThat(none.rows()).isEmpty();
        assertThat(none.dimension()).isEqualTo(8);
    }

    @Test
    void leavesNothingNativeBehind() {
        BaseNDManager manager = (BaseNDManager) folded.manager();
        embed(7);
        int arrays = manager.getManagedArrays().size();
        embed(7);
        embed(3);
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @Test
    void refusesWindowsThatAreNotOfTheCorpus() {
        WindowSet strange =
                WindowSet.of(WindowKey.of(0, 0, 1, 1), WindowKey.of(0, 0, 60_000, 0), WindowKey.of(3, 0, 0, 0), -1);
        InvalidInputException thrown = catchThrowableOfType(
                InvalidInputException.class, () -> Embeddings.of(detector, data.corpus(), strange));

        assertThat(thrown.problems())
                .extracting(Problem::problem)
                .singleElement()
                .asString()
                .startsWith("windows must be of the corpus (image/level/row/column), found 3 that are not, the first ");
    }

    @Test
    void tellsAllThatDoesNotFitTheDetector() {
        Dataset others = new Dataset(List.of("other"), List.of());
        WindowGeometry geometry =
                new WindowGeometry(16, 4, 2, data.corpus().geometry().shapes());
        WindowCorpus corpus = WindowCorpus.of(others, geometry, Labelling.withDefaults());
        try (Detector bare = Detector.of(
                new PatchScorer(folded, 8),
                data.corpus().geometry(),
                data.dataset().classes(),
                DetectionSettings.withDefaults())) {
            InvalidInputException thrown = catchThrowableOfType(
                    InvalidInputException.class, () -> Embeddings.of(bare, corpus, WindowSet.empty()));

            assertThat(thrown.problems())
                    .extracting(Problem::kind)
                    .containsExactly("no-network", "geometry", "classes");
        }
    }

    @Test
    void refusesACorpusOfAnotherPatch() {
        WindowGeometry geometry =
                new WindowGeometry(20, 4, 1.5, data.corpus().geometry().shapes());
        WindowCorpus corpus = WindowCorpus.of(data.dataset(), geometry, Labelling.withDefaults());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowEmbedder(folded, 4).embed(corpus, data.pyramids(), WindowSet.empty()))
                .withMessageContaining("16 and 4, found 20 and 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowEmbedder(folded, 0))
                .withMessageContaining("found 0");
    }

    private static Embeddings embed(int batch) {
        return new WindowEmbedder(folded, batch).embed(data.corpus(), data.pyramids(), windows);
    }

    private static Level level(long key) {
        return data.level(WindowKey.image(key), WindowKey.level(key));
    }

    private static float[] alone(long key) {
        byte[] patch = new PatchCutter(16).cut(level(key), WindowKey.row(key), WindowKey.column(key));
        try (NDManager scratch = folded.manager().newSubManager()) {
            return folded.features(scratch.create(ByteBuffer.wrap(patch), new Shape(1, 16, 16, 3), DataType.UINT8))
                    .toFloatArray();
        }
    }

    private static double scanned(long key) {
        Level level = level(key);
        return new DenseScorer(folded)
                .score(level)[WindowKey.row(key) * level.grid().columns() + WindowKey.column(key)];
    }
}

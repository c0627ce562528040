package io.errata.detection.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.patch.PatchCutter;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.network.FoldedNetwork;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends windows through a network, a batch of patches at a time, whatever images they are of. What is native is freed after each batch.
 * Rows do not depend on the size of a batch but for the last digits. Not safe to use from several threads.
 */
public final class WindowEmbedder {

    /** The largest array of the JVM. */
    private static final int MAX_NUMBERS = Integer.MAX_VALUE - 8;

    private final FoldedNetwork network;
    private final int batch;
    private final ByteBuffer pixels;

    /**
     * @param network stays the caller's
     * @param batch patches sent together, at least 1
     */
    public WindowEmbedder(FoldedNetwork network, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be ≥ 1, found " + batch);
        }
        this.network = network;
        this.batch = batch;
        this.pixels = ByteBuffer.allocateDirect(Math.multiplyExact(batch, network.patch() * network.patch() * 3));
    }

    /**
     * Embeds windows of a corpus.
     *
     * @param corpus of the network's patch and stride
     * @param pyramids of the corpus's images
     * @param windows keys of the corpus, whatever their label
     * @throws InvalidInputException if a window is not of the corpus, the rows would not fit into an array, or an image cannot be read
     * @throws IllegalArgumentException if patch or stride of network and corpus differ
     */
    public Embeddings embed(WindowCorpus corpus, PyramidStore pyramids, WindowSet windows) {
        long[] keys = windows.toArray();
        requireWindows(corpus, keys);
        float[] rows = new float[keys.length * network.featureCount()];
        int[] images = Arrays.stream(keys).mapToInt(WindowKey::image).distinct().toArray();
        Filling filling = new Filling(windows, rows);
        pixels.clear();
        pyramids.forEach(images, (image, pyramid) -> filling.cut(image, pyramid), filling::add);
        filling.flush();
        return new Embeddings(rows, network.featureCount(), labels(corpus, keys), keys);
    }

    private void requireWindows(WindowCorpus corpus, long[] keys) {
        WindowGeometry geometry = corpus.geometry();
        if (network.patch() != geometry.patch() || network.stride() != geometry.stride()) {
            throw new IllegalArgumentException("a corpus must have the network's patch and stride, " + network.patch()
                    + " and " + network.stride() + ", found " + geometry.patch() + " and " + geometry.stride());
        }
        List<Problem> problems = new ArrayList<>();
        long[] strange = Arrays.stream(keys).filter(key -> !corpus.has(key)).toArray();
        if (strange.length > 0) {
            problems.add(Problem.of(
                    "unknown-window",
                    "windows must be of the corpus (image/level/row/column), found " + strange.length
                            + " that are not, the first " + WindowKey.toString(strange[0])));
        }
        int most = MAX_NUMBERS / network.featureCount();
        if (keys.length > most) {
            problems.add(Problem.of(
                    "too-many-windows", "windows must be at most " + most + " at a time, found " + keys.length));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** The class of the object that each window is positive for, or background. */
    private static int[] labels(WindowCorpus corpus, long[] keys) {
        Map<Long, Integer> classes = new HashMap<>();
        for (int i = 0; i < corpus.positives(); i++) {
            long key = corpus.positive(i);
            String label = corpus.dataset()
                    .images()
                    .get(WindowKey.image(key))
                    .objects()
                    .get(corpus.positiveObject(i))
                    .label();
            classes.put(key, corpus.dataset().classes().indexOf(label));
        }
        return Arrays.stream(keys)
                .mapToInt(key -> classes.getOrDefault(key, Embeddings.BACKGROUND))
                .toArray();
    }

    /** Goes through the keys in their order: {@code cut} of them are in the buffer or done, {@code done} of them are in the rows. */
    private final class Filling {

        private final WindowSet windows;
        private final float[] rows;
        private int cut;
        private int done;

        Filling(WindowSet windows, float[] rows) {
            this.windows = windows;
            this.rows = rows;
        }

        /** The patches of an image's windows, one after the other; called from several threads. */
        byte[] cut(int image, Pyramid pyramid) {
            return new PatchCutter(network.patch()).windows(pyramid, windows.ofImage(image));
        }

        void add(byte[] patches) {
            int patchBytes = network.patch() * network.patch() * 3;
            for (int from = 0; from < patches.length; from += patchBytes) {
                pixels.put(patches, from, patchBytes);
                cut++;
                if (cut - done == batch) {
                    flush();
                }
            }
        }

        void flush() {
            int count = cut - done;
            if (count == 0) {
                return;
            }
            try (NDManager step = network.manager().newSubManager()) {
                Shape shape = new Shape(count, network.patch(), network.patch(), 3);
                NDArray features = network.features(step.create(pixels.flip(), shape, DataType.UINT8));
                float[] values = features.toFloatArray();
                System.arraycopy(values, 0, rows, done * network.featureCount(), values.length);
            }
            pixels.clear();
            done = cut;
        }
    }
}

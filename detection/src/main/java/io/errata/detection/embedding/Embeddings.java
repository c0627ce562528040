package io.errata.detection.embedding;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.resampling.FeatureMatrix;
import io.errata.datasets.Dataset;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowSet;
import io.errata.detection.detector.Detector;
import io.errata.detection.engine.EngineEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Windows as points: of each the activations that the network's last layer sees, in the order of the windows' keys. Plain Java arrays;
 * nothing native.
 */
public final class Embeddings {

    /** The label of a window that frames no object. */
    public static final int BACKGROUND = -1;

    private static final int BATCH = 256;

    private final float[] rows;
    private final int dimension;
    private final int[] labels;
    private final long[] keys;

    Embeddings(float[] rows, int dimension, int[] labels, long[] keys) {
        this.rows = rows;
        this.dimension = dimension;
        this.labels = labels;
        this.keys = keys;
    }

    /**
     * The objects of a data set, one row each: of the windows that frame an object at IoU ≥ 0.5 the one that does so best. An object
     * without such a window has no row, nor have crowd and difficult ones.
     *
     * @param dataset whose classes are the detector's, in the same order
     * @throws InvalidInputException if they are not, if the detector has no network, or if an image cannot be read
     */
    public static Embeddings of(Detector detector, Dataset dataset) {
        WindowCorpus corpus = WindowCorpus.of(dataset, detector.geometry(), Labelling.withDefaults());
        return of(detector, corpus, ObjectWindows.of(corpus));
    }

    /**
     * These windows, such as mined negatives, one row each. Images are decoded one after the other, a few ahead.
     *
     * @param corpus of the detector's geometry, and of its classes in the same order
     * @param windows keys of the corpus, whatever their label
     * @throws InvalidInputException if the corpus is another's or lacks one of the windows, if the detector has no network, or if an
     *     image cannot be read
     */
    public static Embeddings of(Detector detector, WindowCorpus corpus, WindowSet windows) {
        requireFit(detector, corpus);
        int threads = EngineEnvironment.threads(0);
        try (PyramidStore pyramids = new PyramidStore(corpus.dataset().images(), corpus.geometry(), threads)) {
            return new WindowEmbedder(detector.network().orElseThrow(), BATCH).embed(corpus, pyramids, windows);
        }
    }

    private static void requireFit(Detector detector, WindowCorpus corpus) {
        List<Problem> problems = new ArrayList<>();
        if (detector.network().isEmpty()) {
            problems.add(
                    Problem.of("no-network", "a detector must have a network to embed windows, found one without"));
        }
        if (!corpus.geometry().equals(detector.geometry())) {
            problems.add(Problem.of(
                    "geometry",
                    "windows must be of the detector's geometry, " + detector.geometry() + ", found "
                            + corpus.geometry()));
        }
        if (!corpus.dataset().classes().equals(detector.classes())) {
            problems.add(Problem.of(
                    "classes",
                    "the data must have the detector's classes in the same order, " + detector.classes() + ", found "
                            + corpus.dataset().classes() + "; choose them with Dataset.withClasses"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** How many windows there are. */
    public int size() {
        return keys.length;
    }

    /** How many numbers a window has. */
    public int dimension() {
        return dimension;
    }

    /** All rows one after the other, shape {@code [size, dimension]}; ≥ 0. Shared, not copied. */
    public float[] rows() {
        return rows;
    }

    /** The rows as clustering, resampling and ensembles take them; a copy. */
    public FeatureMatrix features() {
        return FeatureMatrix.of(rows, dimension);
    }

    /** One window's numbers, shape {@code [dimension]}; a copy. */
    public float[] row(int index) {
        return Arrays.copyOfRange(rows, index * dimension, (index + 1) * dimension);
    }

    /**
     * The index of the class that each window frames, or {@link #BACKGROUND} where it is not positive, shape {@code [size]}; shared, not
     * copied.
     */
    public int[] labels() {
        return labels;
    }

    /** The windows' keys, ascending, shape {@code [size]}; shared, not copied. */
    public long[] keys() {
        return keys;
    }
}

package io.errata.datasets.window;

import io.errata.core.geometry.Box;
import io.errata.core.random.Shuffle;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All windows of a data set under one geometry and labelling rule. Holds the positives (a few an object) and one count of negatives a
 * level; negatives themselves are never stored, they are <em>all keys that label negative</em>.
 */
public final class WindowCorpus {

    /** So many windows are labelled at a time. */
    private static final int BAND = 1 << 20;

    private final Dataset dataset;
    private final WindowGeometry geometry;
    private final Labelling labelling;
    /** Negatives before each (image, level), and in all at the end. */
    private final long[] negativesBefore;

    private final long[] positives;
    private final int[] positiveObjects;
    private final GridRecall gridRecall;
    private final List<Unreached> unreached = new ArrayList<>();
    private final long windows;

    private WindowCorpus(Dataset dataset, WindowGeometry geometry, Labelling labelling) {
        this.dataset = dataset;
        this.geometry = geometry;
        this.labelling = labelling;
        if (dataset.images().size() > WindowKey.MAX_IMAGES) {
            throw new IllegalArgumentException("a corpus must have at most " + WindowKey.MAX_IMAGES + " images, found "
                    + dataset.images().size());
        }
        negativesBefore = new long[dataset.images().size() * geometry.levels() + 1];
        PositiveCollector found = new PositiveCollector();
        List<Double> bestIous = new ArrayList<>();
        long all = 0;
        for (int image = 0; image < dataset.images().size(); image++) {
            all += labelImage(image, found, bestIous);
        }
        windows = all;
        positives = Arrays.copyOf(found.keys, found.size);
        positiveObjects = Arrays.copyOf(found.objects, found.size);
        gridRecall = GridRecall.of(bestIous);
    }

    /** Labels every window of the data set once, to count and to find the positives. Boxes are cut off at the edges of their images. */
    public static WindowCorpus of(Dataset dataset, WindowGeometry geometry, Labelling labelling) {
        return new WindowCorpus(dataset.clipped(), geometry, labelling);
    }

    private long labelImage(int index, PositiveCollector found, List<Double> bestIous) {
        AnnotatedImage image = dataset.images().get(index);
        double[] best = new double[image.objects().size()];
        long all = 0;
        for (int level = 0; level < geometry.levels(); level++) {
            int at = index * geometry.levels() + level;
            negativesBefore[at + 1] = negativesBefore[at];
            for (LevelGrid band : grid(index, level).bands(BAND)) {
                WindowLabels labels = WindowLabels.of(band, image.objects(), labelling);
                negativesBefore[at + 1] += labels.negatives();
                all += band.windows();
                found.addAll(index, band, labels);
                double[] ofBand = labels.bestIou();
                Arrays.setAll(best, i -> Math.max(best[i], ofBand[i]));
            }
        }
        for (int i = 0; i < best.length; i++) {
            GroundTruth object = image.objects().get(i);
            if (!object.ignored() && !object.box().isEmpty()) {
                bestIous.add(best[i]);
                if (best[i] < labelling.positiveIou()) {
                    unreached.add(new Unreached(index, i));
                }
            }
        }
        return all;
    }

    public Dataset dataset() {
        return dataset;
    }

    public WindowGeometry geometry() {
        return geometry;
    }

    /** The rule that the windows are labelled by. */
    public Labelling labelling() {
        return labelling;
    }

    /** The grid of one level of one image. */
    public LevelGrid grid(int image, int level) {
        AnnotatedImage annotated = dataset.images().get(image);
        return geometry.grid(level, annotated.width(), annotated.height());
    }

    /** The labels of windows of an image, computed anew; they take 13 bytes each. */
    public WindowLabels labels(int image, LevelGrid grid) {
        return WindowLabels.of(grid, dataset.images().get(image).objects(), labelling);
    }

    /** All windows, whatever their label. */
    public long windows() {
        return windows;
    }

    /** All windows labelled negative. */
    public long negatives() {
        return negativesBefore[negativesBefore.length - 1];
    }

    /** How many windows are labelled positive. */
    public int positives() {
        return positives.length;
    }

    /** The key of a positive window, {@code 0 ≤ index < positives()}; ascending. */
    public long positive(int index) {
        return positives[index];
    }

    /** The object, in its image's list, that a positive window frames. */
    public int positiveObject(int index) {
        return positiveObjects[index];
    }

    /** What share of the objects the grid of windows can reach. */
    public GridRecall gridRecall() {
        return gridRecall;
    }

    /** The objects that no window of the grid frames closely enough to be positive. */
    public List<Unreached> unreached() {
        return List.copyOf(unreached);
    }

    /**
     * An object out of the grid's reach.
     *
     * @param image its image's index
     * @param object its index there
     */
    public record Unreached(int image, int object) {}

    /** Whether a key is one of a window of the corpus. */
    public boolean has(long key) {
        if (key < 0 || WindowKey.image(key) >= dataset.images().size() || WindowKey.level(key) >= geometry.levels()) {
            return false;
        }
        LevelGrid grid = grid(WindowKey.image(key), WindowKey.level(key));
        return WindowKey.row(key) < grid.rows() && WindowKey.column(key) < grid.columns();
    }

    /** The object that a window frames, clipped to its image. */
    public Box box(long key) {
        return grid(WindowKey.image(key), WindowKey.level(key)).box(WindowKey.row(key), WindowKey.column(key));
    }

    /** The largest IoU of a window with an object of its image that is not to be ignored; 0 where there is none. */
    public double maxIou(long key) {
        Box box = box(key);
        return dataset.images().get(WindowKey.image(key)).objects().stream()
                .filter(object -> !object.ignored())
                .mapToDouble(object -> object.box().iou(box))
                .max()
                .orElse(0);
    }

    /** Whether a window is labelled negative; as {@link WindowLabels}, for one window. */
    public boolean isNegative(long key) {
        Box box = box(key);
        for (GroundTruth object : dataset.images().get(WindowKey.image(key)).objects()) {
            double iou = object.box().iou(box);
            double intersection = object.box().intersection(box);
            if (object.ignored() ? labelling.ignores(iou, intersection, box.area()) : iou >= labelling.negativeIou()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Draws distinct negative windows, each with equal chance, without those of a set.
     *
     * @param count how many are wanted, ≥ 0; fewer come where there are not as many
     * @param excluded windows that are not drawn, whatever their label
     */
    public WindowSet drawNegatives(long count, WindowSet excluded, SplittableRandom random) {
        if (count < 0) {
            throw new IllegalArgumentException("count must be ≥ 0, found " + count);
        }
        long atLeast = negatives() - excluded.size();
        if (count >= atLeast - count) {
            return drawFromAll(count, excluded, random);
        }
        WindowSet drawn = WindowSet.empty();
        while (drawn.size() < count) {
            long[] more = new long[(int) (count - drawn.size())];
            for (int i = 0; i < more.length; i++) {
                long key = randomNegative(random);
                while (excluded.contains(key)) {
                    key = randomNegative(random);
                }
                more[i] = key;
            }
            drawn = drawn.union(WindowSet.of(more));
        }
        return drawn;
    }

    /** One negative window, each with equal chance. */
    private long randomNegative(SplittableRandom random) {
        int at = levelOf(random.nextLong(negatives()));
        int image = at / geometry.levels();
        int level = at % geometry.levels();
        LevelGrid grid = grid(image, level);
        while (true) {
            long key = WindowKey.of(image, level, random.nextInt(grid.rows()), random.nextInt(grid.columns()));
            if (isNegative(key)) {
                return key;
            }
        }
    }

    /** Lists every negative and draws from the list: for corpora hardly larger than what is wanted. */
    private WindowSet drawFromAll(long count, WindowSet excluded, SplittableRandom random) {
        long[] all = new long[Math.toIntExact(negatives())];
        int n = 0;
        for (int at = 0; at + 1 < negativesBefore.length; at++) {
            int image = at / geometry.levels();
            int level = at % geometry.levels();
            for (LevelGrid band : grid(image, level).bands(BAND)) {
                byte[] labels = labels(image, band).labels();
                for (int w = 0; w < labels.length; w++) {
                    long key = band.key(image, w);
                    if (labels[w] == WindowLabels.NEGATIVE && !excluded.contains(key)) {
                        all[n++] = key;
                    }
                }
            }
        }
        int wanted = (int) Math.min(count, n);
        Shuffle.front(all, wanted, n, random);
        return WindowSet.of(Arrays.copyOf(all, wanted));
    }

    private int levelOf(long negative) {
        int at = Arrays.binarySearch(negativesBefore, negative);
        if (at < 0) {
            return -at - 2;
        }
        while (negativesBefore[at + 1] == negative) {
            at++;
        }
        return at;
    }

    /** Growing arrays of the positives found so far. */
    private static final class PositiveCollector {
        private long[] keys = new long[1024];
        private int[] objects = new int[1024];
        private int size;

        void addAll(int image, LevelGrid grid, WindowLabels labels) {
            byte[] values = labels.labels();
            for (int w = 0; w < values.length; w++) {
                if (values[w] == WindowLabels.POSITIVE) {
                    if (size == keys.length) {
                        keys = Arrays.copyOf(keys, 2 * size);
                        objects = Arrays.copyOf(objects, 2 * size);
                    }
                    keys[size] = grid.key(image, w);
                    objects[size++] = labels.objectOf(w);
                }
            }
        }
    }
}

package io.errata.datasets.patch;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.resampling.RepeatFactors;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws the positives of a batch: windows of the grid that frame an object, and ground truth framed anew at a random shift and scale.
 * Every object has the same weight among those of its class, however many windows frame it; classes are weighted by
 * {@code n^−classBalance} and images by their repeat factors. Not safe to use from several threads.
 */
public final class PositiveSampler {

    /** How far a jittered window's centre lies from the object's, at most, in window frames. */
    private static final double SHIFT = 0.2;
    /** How far the logarithm of its size varies. */
    private static final double ZOOM = 0.25;

    private static final int TRIES = 50;

    private final WindowCorpus corpus;
    private final Augmentation augmentation;
    private final double positiveIou;
    private final boolean qualityLabels;
    private final List<String> classes;
    /** Cumulative weights of the grid's positives. */
    private final double[] windowWeights;
    /** The image and the object's index there of each object that a window of its own size can frame. */
    private final int[][] objects;
    /** Cumulative weights of {@link #objects}. */
    private final double[] objectWeights;

    /**
     * @param qualityLabels whether a patch's label is the IoU of its window with the object, instead of 1
     * @throws InvalidInputException if no object can be framed by a window
     */
    public PositiveSampler(
            WindowCorpus corpus, Augmentation augmentation, PositiveSampling sampling, boolean qualityLabels) {
        this.corpus = corpus;
        this.augmentation = augmentation;
        this.positiveIou = corpus.labelling().positiveIou();
        this.qualityLabels = qualityLabels;
        this.classes = corpus.dataset().classes();
        this.objects = reachableObjects();
        if (objects.length == 0) {
            throw new InvalidInputException(Problem.of(
                    "no-positives",
                    "at least one object of the training images must be framed by a window at IoU ≥ "
                            + positiveIou
                            + ", found none; give windows.shapes more aspect ratios or lower sampling.positive_iou"));
        }
        double[] classWeights = classWeights(sampling.classBalance());
        double[] imageWeights = imageWeights(sampling.repeatThreshold());
        this.objectWeights = new double[objects.length];
        Arrays.setAll(
                objectWeights, i -> classWeights[classOf(objects[i][0], objects[i][1])] * imageWeights[objects[i][0]]);
        this.windowWeights = windowWeights(classWeights, imageWeights);
        accumulate(objectWeights);
        accumulate(windowWeights);
    }

    /** Fills places {@code from} to {@code to} of a batch with windows of the grid. */
    public void drawWindows(PatchSource patches, PatchBatch batch, int from, int to, SplittableRandom random) {
        for (int place = from; place < to; place++) {
            if (windowWeights.length == 0) {
                drawJittered(patches, batch, place, place + 1, random);
                continue;
            }
            int index = draw(windowWeights, random);
            long key = corpus.positive(index);
            int image = WindowKey.image(key);
            int row = WindowKey.row(key);
            int column = WindowKey.column(key);
            LevelGrid grid = corpus.grid(image, WindowKey.level(key));
            Flip flip = augmentation.drawFlip(random);
            batch.setPixels(place, flip.applied(patches.window(key), batch.patch()));
            describe(
                    batch,
                    place,
                    image,
                    corpus.positiveObject(index),
                    new Frame(grid.centreX(column), grid.centreY(row), grid.frameWidth(), grid.frameHeight()),
                    grid,
                    flip);
            augmentation.drawPhotometric(batch, place, random);
        }
    }

    /** Fills places {@code from} to {@code to} of a batch with ground truth at a random shift and scale. */
    public void drawJittered(PatchSource patches, PatchBatch batch, int from, int to, SplittableRandom random) {
        for (int place = from; place < to; place++) {
            int[] chosen = objects[draw(objectWeights, random)];
            Box box = object(chosen[0], chosen[1]).box();
            int level = corpus.geometry().nearestLevel(box.width(), box.height());
            LevelGrid grid = corpus.grid(chosen[0], level);
            Frame frame = jitter(grid, box, random);
            Flip flip = augmentation.drawFlip(random);
            int border = corpus.geometry().border();
            byte[] pixels = patches.frame(
                    chosen[0],
                    level,
                    frame.x * grid.scaleX() + border,
                    frame.y * grid.scaleY() + border,
                    frame.width / grid.frameWidth());
            batch.setPixels(place, flip.applied(pixels, batch.patch()));
            describe(batch, place, chosen[0], chosen[1], frame, grid, flip);
            augmentation.drawPhotometric(batch, place, random);
        }
    }

    private Frame jitter(LevelGrid grid, Box box, SplittableRandom random) {
        Frame own = ownFrame(grid, box);
        for (int i = 0; i < TRIES; i++) {
            double zoom = Math.exp(random.nextDouble(-ZOOM, ZOOM));
            double width = own.width * zoom;
            double height = own.height * zoom;
            Frame frame = new Frame(
                    own.x + random.nextDouble(-SHIFT, SHIFT) * width,
                    own.y + random.nextDouble(-SHIFT, SHIFT) * height,
                    width,
                    height);
            if (frame.clipped(grid).iou(box) >= positiveIou) {
                return frame;
            }
        }
        return own;
    }

    /** The window of an object's own size and centre, of its level's aspect ratio. */
    private static Frame ownFrame(LevelGrid grid, Box box) {
        double zoom = Math.sqrt(box.area() / (grid.frameWidth() * grid.frameHeight()));
        return new Frame(
                (box.x1() + box.x2()) / 2,
                (box.y1() + box.y2()) / 2,
                grid.frameWidth() * zoom,
                grid.frameHeight() * zoom);
    }

    private void describe(PatchBatch batch, int place, int image, int object, Frame frame, LevelGrid grid, Flip flip) {
        Box box = object(image, object).box();
        double label = qualityLabels ? frame.clipped(grid).iou(box) : 1;
        batch.setClass(place, classOf(image, object), label);
        double dx = ((box.x1() + box.x2()) / 2 - frame.x) / frame.width;
        double dy = ((box.y1() + box.y2()) / 2 - frame.y) / frame.height;
        batch.setOffsets(
                place,
                (flip.horizontal() ? -dx : dx) / BoxOffsets.SCALE,
                (flip.vertical() ? -dy : dy) / BoxOffsets.SCALE,
                Math.log(box.width() / frame.width) / BoxOffsets.SCALE,
                Math.log(box.height() / frame.height) / BoxOffsets.SCALE);
    }

    private int[][] reachableObjects() {
        List<AnnotatedImage> images = corpus.dataset().images();
        return IntStream.range(0, images.size())
                .boxed()
                .flatMap(image -> IntStream.range(0, images.get(image).objects().size())
                        .filter(object -> reachable(image, object))
                        .mapToObj(object -> new int[] {image, object}))
                .toArray(int[][]::new);
    }

    private boolean reachable(int image, int object) {
        GroundTruth truth = object(image, object);
        if (truth.ignored() || truth.box().isEmpty()) {
            return false;
        }
        int level =
                corpus.geometry().nearestLevel(truth.box().width(), truth.box().height());
        LevelGrid grid = corpus.grid(image, level);
        return ownFrame(grid, truth.box()).clipped(grid).iou(truth.box()) >= positiveIou;
    }

    private double[] classWeights(double balance) {
        double[] counts = new double[classes.size()];
        for (int[] object : objects) {
            counts[classOf(object[0], object[1])]++;
        }
        return Arrays.stream(counts)
                .map(n -> Math.pow(Math.max(n, 1), -balance))
                .toArray();
    }

    /** The repeat factor of each image, by the classes of its objects. */
    private double[] imageWeights(double threshold) {
        List<Set<Integer>> classesOfImages = Stream.<Set<Integer>>generate(TreeSet::new)
                .limit(corpus.dataset().images().size())
                .toList();
        for (int[] object : objects) {
            classesOfImages.get(object[0]).add(classOf(object[0], object[1]));
        }
        if (threshold == 0) {
            return classesOfImages.stream().mapToDouble(classesOfImage -> 1).toArray();
        }
        return RepeatFactors.of(classesOfImages, threshold).ofImages();
    }

    private double[] windowWeights(double[] classWeights, double[] imageWeights) {
        double[] weights = new double[corpus.positives()];
        Map<Long, Integer> windowsOfObject = new HashMap<>();
        for (int i = 0; i < weights.length; i++) {
            windowsOfObject.merge(objectKey(i), 1, Integer::sum);
        }
        for (int i = 0; i < weights.length; i++) {
            int image = WindowKey.image(corpus.positive(i));
            weights[i] = classWeights[classOf(image, corpus.positiveObject(i))]
                    * imageWeights[image]
                    / Objects.requireNonNull(windowsOfObject.get(objectKey(i)));
        }
        return weights;
    }

    private long objectKey(int positive) {
        return (long) WindowKey.image(corpus.positive(positive)) << 32 | corpus.positiveObject(positive);
    }

    private GroundTruth object(int image, int object) {
        return corpus.dataset().images().get(image).objects().get(object);
    }

    private int classOf(int image, int object) {
        return classes.indexOf(object(image, object).label());
    }

    private static void accumulate(double[] weights) {
        for (int i = 1; i < weights.length; i++) {
            weights[i] += weights[i - 1];
        }
    }

    private static int draw(double[] cumulative, SplittableRandom random) {
        double place = random.nextDouble() * cumulative[cumulative.length - 1];
        int at = Arrays.binarySearch(cumulative, place);
        return Math.min(at < 0 ? -at - 1 : at + 1, cumulative.length - 1);
    }

    /** What a window frames: centre and extent, in pixels of the image. */
    private record Frame(double x, double y, double width, double height) {

        Box clipped(LevelGrid grid) {
            return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                    .clippedTo(grid.imageWidth(), grid.imageHeight());
        }
    }
}

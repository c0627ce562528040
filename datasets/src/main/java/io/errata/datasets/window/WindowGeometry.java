package io.errata.datasets.window;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Which windows a detector looks at. For each shape an image is resized once, so that an object of that shape fills
 * {@code patch / context} pixels; the level's windows are its patches every {@code stride} pixels.
 *
 * @param patch the side of a patch in pixels of a level
 * @param stride pixels of a level between neighbouring windows
 * @param context how much larger a window is than the object it frames, per side
 * @param shapes the object sizes that are looked for, one level each
 */
public record WindowGeometry(int patch, int stride, double context, List<WindowShape> shapes) {

    public WindowGeometry {
        shapes = List.copyOf(shapes);
        new ArgumentChecks()
                .require(patch >= 1, "patch", "must be ≥ 1", patch)
                .require(stride >= 1, "stride", "must be ≥ 1", stride)
                .require(context >= 1, "context", "must be ≥ 1", context)
                .require(
                        !shapes.isEmpty() && shapes.size() <= WindowKey.MAX_LEVELS,
                        "shapes",
                        "must be 1 to " + WindowKey.MAX_LEVELS,
                        shapes.size())
                .verify();
    }

    /** The geometry for these boxes, with the default settings. */
    public static WindowGeometry fit(Dataset train) {
        return fit(train, WindowSettings.withDefaults(), 0);
    }

    /**
     * Chooses shapes and scales from the boxes of a data set: a geometric ladder of sizes for each aspect ratio.
     *
     * @param seed of the clustering of aspect ratios
     * @throws InvalidInputException if there is no object to choose from, or the settings ask for too many levels
     */
    public static WindowGeometry fit(Dataset train, WindowSettings settings, long seed) {
        List<double[]> objects = sizesAndAspects(train.clipped());
        if (objects.isEmpty()) {
            throw new InvalidInputException(Problem.of(
                    "no-positives",
                    "the training images must hold at least one object of the classes " + train.classes()
                            + ", found none"));
        }
        List<WindowShape> shapes = new ArrayList<>();
        for (List<double[]> cluster : clusters(objects, settings, seed)) {
            double aspect = Math.exp(quantile(cluster, 1, 50));
            double smallest = settings.smallest() == null ? Math.exp(quantile(cluster, 0, 1)) : settings.smallest();
            double largest = settings.largest() == null ? Math.exp(quantile(cluster, 0, 99)) : settings.largest();
            for (double size : ladder(smallest, Math.max(smallest, largest), settings.scalesPerOctave())) {
                shapes.add(WindowShape.of(size, aspect));
            }
        }
        if (shapes.size() > WindowKey.MAX_LEVELS) {
            throw new InvalidInputException(Problem.of(
                    "too-many-levels",
                    "shapes × scales must make at most " + WindowKey.MAX_LEVELS + " levels, found " + shapes.size()
                            + "; lower windows.shapes or windows.scales_per_octave, or bring windows.smallest and"
                            + " windows.largest nearer together"));
        }
        return new WindowGeometry(settings.patch(), settings.stride(), settings.context(), shapes);
    }

    /**
     * The grid of windows of one level on an image of this size.
     *
     * @throws InvalidInputException if the image is too large for objects this small
     */
    public LevelGrid grid(int level, int imageWidth, int imageHeight) {
        return LevelGrid.of(this, level, imageWidth, imageHeight);
    }

    public int levels() {
        return shapes.size();
    }

    /** Pixels of replicated border around a level, so that objects at the image's edge have windows too. */
    public int border() {
        return patch / 2;
    }

    /** The number of windows on an image of this size, all levels together. */
    public long windows(int imageWidth, int imageHeight) {
        long sum = 0;
        for (int level = 0; level < levels(); level++) {
            sum += grid(level, imageWidth, imageHeight).windows();
        }
        return sum;
    }

    /** The level whose shape is nearest to an object's, by the logarithms of size and aspect ratio. */
    public int nearestLevel(double width, double height) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int level = 0; level < levels(); level++) {
            WindowShape shape = shapes.get(level);
            double size = 0.5 * Math.log(width * height / (shape.width() * shape.height()));
            double aspect = Math.log(width / height / shape.aspect());
            double distance = size * size + aspect * aspect;
            if (distance < least) {
                least = distance;
                best = level;
            }
        }
        return best;
    }

    /** Logarithms of size (root of the area) and aspect ratio of every object that can be learned. */
    private static List<double[]> sizesAndAspects(Dataset train) {
        List<double[]> objects = new ArrayList<>();
        for (AnnotatedImage image : train.images()) {
            for (GroundTruth object : image.objects()) {
                if (!object.ignored() && !object.box().isEmpty()) {
                    double w = object.box().width();
                    double h = object.box().height();
                    objects.add(new double[] {0.5 * Math.log(w * h), Math.log(w / h)});
                }
            }
        }
        return objects;
    }

    private static List<List<double[]>> clusters(List<double[]> objects, WindowSettings settings, long seed) {
        long different =
                objects.stream().mapToDouble(object -> object[1]).distinct().count();
        int k = (int) Math.min(settings.shapes(), different);
        if (k == 1) {
            return List.of(objects);
        }
        KMeansPlusPlusClusterer<AspectPoint> clusterer =
                new KMeansPlusPlusClusterer<>(k, 100, new EuclideanDistance(), new Well19937c(seed));
        List<CentroidCluster<AspectPoint>> found =
                clusterer.cluster(objects.stream().map(AspectPoint::new).toList());
        return found.stream()
                .filter(cluster -> !cluster.getPoints().isEmpty())
                .map(cluster -> cluster.getPoints().stream().map(p -> p.object).toList())
                .toList();
    }

    private static double quantile(List<double[]> objects, int column, double percent) {
        double[] values = objects.stream().mapToDouble(o -> o[column]).toArray();
        return new Percentile(percent)
                .withEstimationType(Percentile.EstimationType.R_7)
                .evaluate(values);
    }

    /** Sizes at the centres of equal steps (in the logarithm) from the smallest to the largest. */
    private static double[] ladder(double smallest, double largest, double perOctave) {
        double octaves = Math.log(largest / smallest) / Math.log(2);
        int steps = Math.max(1, (int) Math.ceil(octaves * perOctave - 1e-9));
        double[] sizes = new double[steps];
        Arrays.setAll(sizes, i -> smallest * Math.pow(largest / smallest, (i + 0.5) / steps));
        return sizes;
    }

    private static final class AspectPoint extends DoublePoint {
        private static final long serialVersionUID = 1;
        private final transient double[] object;

        AspectPoint(double[] object) {
            super(new double[] {object[1]});
            this.object = object;
        }
    }
}

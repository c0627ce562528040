package io.errata.datasets.window;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.jspecify.annotations.Nullable;

/** Geometric ladders of window sizes for the boxes of a data set: one for each cluster of aspect ratios. */
final class WindowLadders {

    /** With fewer objects no window size or shape is made for a class or an aspect ratio. */
    static final int ENOUGH_OBJECTS = 10;

    private final List<ObjectShape> objects;
    private final WindowSettings settings;
    private final long seed;

    private WindowLadders(List<ObjectShape> objects, WindowSettings settings, long seed) {
        this.objects = objects;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * Measures the boxes.
     *
     * @param train whose boxes have been cut off at the edges of their images
     * @param seed of the clustering of aspect ratios
     * @throws InvalidInputException if there is no object to measure
     */
    static WindowLadders of(Dataset train, WindowSettings settings, long seed) {
        List<ObjectShape> objects = new ArrayList<>();
        for (AnnotatedImage image : train.images()) {
            for (GroundTruth object : image.objects()) {
                if (!object.ignored() && !object.box().isEmpty()) {
                    objects.add(ObjectShape.of(object));
                }
            }
        }
        if (objects.isEmpty()) {
            throw new InvalidInputException(Problem.of(
                    "no-positives",
                    "the training images must hold at least one object of the classes " + train.classes()
                            + ", found none"));
        }
        return new WindowLadders(objects, settings, seed);
    }

    /**
     * The objects by aspect ratio.
     *
     * @param shapes clusters at most; there are no more than different aspect ratios
     */
    List<Cluster> clusters(int shapes) {
        long different =
                objects.stream().mapToDouble(ObjectShape::logAspect).distinct().count();
        int k = (int) Math.min(shapes, different);
        if (k == 1) {
            return List.of(Cluster.of(objects));
        }
        KMeansPlusPlusClusterer<AspectPoint> clusterer =
                new KMeansPlusPlusClusterer<>(k, 100, new EuclideanDistance(), new Well19937c(seed));
        List<CentroidCluster<AspectPoint>> found =
                clusterer.cluster(objects.stream().map(AspectPoint::new).toList());
        return found.stream()
                .filter(cluster -> !cluster.getPoints().isEmpty())
                .map(cluster -> Cluster.of(
                        cluster.getPoints().stream().map(point -> point.object).toList()))
                .toList();
    }

    /**
     * The ladders of these clusters, one after the other, each ascending.
     *
     * @param smallest where all begin, as the root of the area in pixels; {@code null} for the 1% quantile of each cluster
     */
    List<Rung> rungs(List<Cluster> clusters, @Nullable Double smallest) {
        List<Rung> rungs = new ArrayList<>();
        for (Cluster cluster : clusters) {
            double from = smallest == null ? cluster.smallest() : smallest;
            addLadder(from, Math.max(from, largest(cluster)), cluster.aspect(), rungs);
        }
        return rungs;
    }

    /** The ladders that begin at the 1% quantile of each cluster, and below them rungs for classes of smaller objects. */
    List<Rung> rungsForEveryClass(List<Cluster> clusters) {
        List<Rung> rungs = new ArrayList<>();
        for (Cluster cluster : clusters) {
            if (cluster.smallestOfClasses() < cluster.smallest()) {
                addLadder(cluster.smallestOfClasses(), cluster.smallest(), cluster.aspect(), rungs);
            }
            addLadder(cluster.smallest(), Math.max(cluster.smallest(), largest(cluster)), cluster.aspect(), rungs);
        }
        return rungs;
    }

    private double largest(Cluster cluster) {
        return settings.largest() == null ? cluster.largest() : settings.largest();
    }

    /** Sizes at the centres of equal steps (in the logarithm) from the smallest to the largest. */
    private void addLadder(double smallest, double largest, double aspect, List<Rung> rungs) {
        double octaves = Math.log(largest / smallest) / Math.log(2);
        int steps = Math.max(1, (int) Math.ceil(octaves * settings.scalesPerOctave() - 1e-9));
        for (int i = 0; i < steps; i++) {
            double from = smallest * Math.pow(largest / smallest, (double) i / steps);
            double size = smallest * Math.pow(largest / smallest, (i + 0.5) / steps);
            rungs.add(new Rung(WindowShape.of(size, aspect), from));
        }
    }

    /**
     * The geometry of some rungs.
     *
     * @throws InvalidInputException if there are too many
     */
    WindowGeometry geometry(List<Rung> rungs) {
        if (rungs.size() > WindowKey.MAX_LEVELS) {
            throw new InvalidInputException(Problem.of(
                    "too-many-levels",
                    "shapes × scales must make at most " + WindowKey.MAX_LEVELS + " levels, found " + rungs.size()
                            + "; lower windows.shapes or windows.scales_per_octave, or bring windows.smallest and"
                            + " windows.largest nearer together"));
        }
        List<WindowShape> shapes = rungs.stream().map(Rung::shape).toList();
        return new WindowGeometry(settings.patch(), settings.stride(), settings.context(), shapes);
    }

    /**
     * One level of a ladder.
     *
     * @param shape the object that its windows frame
     * @param from the smallest size that it is for, in pixels; a ladder that begins here has this level first
     */
    record Rung(WindowShape shape, double from) {}

    /**
     * Objects of about one aspect ratio; sizes are roots of areas, in pixels.
     *
     * @param objects how many there are
     * @param aspect their median
     * @param smallest the 1% quantile of their sizes
     * @param smallestOfClasses the smallest 1% quantile of the sizes of a class that has enough objects; infinite where none has
     * @param largest the 99% quantile of their sizes
     */
    record Cluster(int objects, double aspect, double smallest, double smallestOfClasses, double largest) {

        static Cluster of(List<ObjectShape> objects) {
            double[] sizes = sizes(objects);
            double[] aspects =
                    objects.stream().mapToDouble(ObjectShape::logAspect).toArray();
            double smallestOfClasses =
                    objects.stream().collect(Collectors.groupingBy(ObjectShape::label)).values().stream()
                            .filter(ofClass -> ofClass.size() >= ENOUGH_OBJECTS)
                            .mapToDouble(ofClass -> Math.exp(quantile(sizes(ofClass), 1)))
                            .min()
                            .orElse(Double.POSITIVE_INFINITY);
            return new Cluster(
                    sizes.length,
                    Math.exp(quantile(aspects, 50)),
                    Math.exp(quantile(sizes, 1)),
                    smallestOfClasses,
                    Math.exp(quantile(sizes, 99)));
        }

        private static double[] sizes(List<ObjectShape> objects) {
            return objects.stream().mapToDouble(ObjectShape::logSize).toArray();
        }

        private static double quantile(double[] values, double percent) {
            return new Percentile(percent)
                    .withEstimationType(Percentile.EstimationType.R_7)
                    .evaluate(values);
        }
    }

    /** The class of an object that can be learned, and the logarithms of its size (root of the area) and aspect ratio. */
    private record ObjectShape(String label, double logSize, double logAspect) {

        static ObjectShape of(GroundTruth object) {
            double width = object.box().width();
            double height = object.box().height();
            return new ObjectShape(object.label(), 0.5 * Math.log(width * height), Math.log(width / height));
        }
    }

    private static final class AspectPoint extends DoublePoint {
        private static final long serialVersionUID = 1;
        private final transient ObjectShape object;

        AspectPoint(ObjectShape object) {
            super(new double[] {object.logAspect()});
            this.object = object;
        }
    }
}

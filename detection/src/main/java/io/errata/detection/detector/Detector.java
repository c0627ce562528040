package io.errata.detection.detector;

import ai.djl.Device;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.ImageSize;
import io.errata.datasets.image.ImageSource;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.Detection;
import io.errata.detection.DetectionSettings;
import io.errata.detection.engine.DeviceSetting;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.engine.EngineThreads;
import io.errata.detection.evaluation.Evaluation;
import io.errata.detection.model.ModelFolder;
import io.errata.detection.network.FoldedNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.refine.BoxRefiner;
import io.errata.detection.refine.SecondLook;
import io.errata.detection.scan.Candidates;
import io.errata.detection.scan.DenseScorer;
import io.errata.detection.scan.ImageScores;
import io.errata.detection.scan.Scan;
import io.errata.detection.scan.ScoredBoxes;
import io.errata.detection.scan.ScoredWindows;
import io.errata.detection.scan.WindowScorer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds objects in images: scores every window at every scale, moves the boxes to where the network says, and keeps the best of those
 * that overlap. Owns native memory; close it. Used from one thread at a time.
 */
public final class Detector implements AutoCloseable {

    /** Pixels of levels scored together: enough to keep a device busy, little enough for a processor's caches. */
    public static final long BATCH_PIXELS = 1 << 19;
    /** Detections of an image that are looked at before suppression. */
    private static final int CANDIDATES = 1500;
    /** Boxes of an image that are put before a refiner: scored above this, overlapping less than this, at most so many. */
    private static final double PROPOSAL_SCORE = 0.005;

    private static final double PROPOSAL_IOU = 0.7;

    private static final int PROPOSALS = 150;

    private final WindowScorer scorer;
    private final AutoCloseable owned;
    private final @Nullable FoldedNetwork network;
    private final @Nullable BoxRefiner refiner;
    private final WindowGeometry geometry;
    private final List<String> classes;
    private final DetectionSettings settings;

    private Detector(
            WindowScorer scorer,
            AutoCloseable owned,
            @Nullable FoldedNetwork network,
            @Nullable BoxRefiner refiner,
            WindowGeometry geometry,
            List<String> classes,
            DetectionSettings settings) {
        this.scorer = scorer;
        this.owned = owned;
        this.network = network;
        this.refiner = refiner;
        this.geometry = geometry;
        this.classes = List.copyOf(classes);
        this.settings = settings;
    }

    /**
     * A detector of a network as it is now; the network stays the caller's and may go on learning.
     *
     * @throws IllegalArgumentException if patch or stride of network and geometry differ
     */
    public static Detector of(
            Network network, WindowGeometry geometry, List<String> classes, DetectionSettings settings) {
        if (network.patch() != geometry.patch() || network.stride() != geometry.stride()) {
            throw new IllegalArgumentException("a network must have the geometry's patch and stride, "
                    + geometry.patch() + " and " + geometry.stride() + ", found " + network.patch() + " and "
                    + network.stride());
        }
        FoldedNetwork folded = network.fold();
        BoxRefiner refiner = secondLook(folded, geometry, settings);
        return new Detector(new DenseScorer(folded), folded, folded, refiner, geometry, classes, settings);
    }

    /**
     * A detector of a scorer of one's own, which need not be a network. Boxes are those that the windows frame, unless the scorer moves
     * them.
     *
     * @param scorer closed with the detector; scores the levels of this geometry for these classes
     */
    public static Detector of(
            WindowScorer scorer, WindowGeometry geometry, List<String> classes, DetectionSettings settings) {
        return new Detector(scorer, scorer, null, null, geometry, classes, settings);
    }

    /**
     * Loads a trained detector onto a GPU where the engine sees one, else onto the processor.
     *
     * @param runOrModel a run's folder or its {@code model} folder
     * @throws InvalidInputException if there is none, or it cannot be read
     */
    public static Detector load(Path runOrModel) {
        return load(runOrModel, DeviceSetting.auto().onThisMachine());
    }

    /** Loads a trained detector onto a device. */
    public static Detector load(Path runOrModel, Device device) {
        ModelFolder model = ModelFolder.read(runOrModel);
        Network network = model.network(device);
        try {
            FoldedNetwork folded = network.fold();
            WindowGeometry geometry = model.geometry();
            DetectionSettings settings = model.detection();
            BoxRefiner refiner = model.refiner(device).orElseGet(() -> secondLook(folded, geometry, settings));
            return new Detector(new DenseScorer(folded), network, folded, refiner, geometry, model.classes(), settings);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static @Nullable BoxRefiner secondLook(
            FoldedNetwork network, WindowGeometry geometry, DetectionSettings settings) {
        return settings.secondLook() ? SecondLook.with(network, geometry.context()) : null;
    }

    /**
     * This detector with something that looks again at the boxes it finds, instead of what did so before.
     *
     * @param newRefiner closed with the detector, which takes the place of this one
     */
    public Detector withRefiner(BoxRefiner newRefiner) {
        closeRefiner();
        return new Detector(scorer, owned, network, newRefiner, geometry, classes, settings);
    }

    /** The class names, in the order of their indices. */
    public List<String> classes() {
        return classes;
    }

    public WindowGeometry geometry() {
        return geometry;
    }

    /** The network at work, closed with the detector; empty where the scorer is one of the user's own. */
    public Optional<FoldedNetwork> network() {
        return Optional.ofNullable(network);
    }

    /**
     * The objects of an image file, by descending score.
     *
     * @throws InvalidInputException if the file cannot be read as an image
     */
    public List<Detection> detect(Path image) {
        ImageSize size = ImageFile.size(image);
        ImageFile file = new ImageFile(image);
        return detect(new AnnotatedImage(image.toString(), file, size.width(), size.height(), List.of()));
    }

    /** The objects of an image in memory, by descending score. */
    public List<Detection> detect(Pixels pixels) {
        return detect(new AnnotatedImage("image", () -> pixels, pixels.width(), pixels.height(), List.of()));
    }

    /** The objects of a decoded image, by descending score; the image stays the caller's. */
    public List<Detection> detect(DecodedImage image) {
        ImageSource source = new ImageSource() {
            @Override
            public Pixels read() {
                return image.pixels();
            }

            @Override
            public DecodedImage decode() {
                return image.shared();
            }
        };
        return detect(new AnnotatedImage("image", source, image.width(), image.height(), List.of()));
    }

    private List<Detection> detect(AnnotatedImage image) {
        return detectAll(List.of(image)).get(0);
    }

    /** The objects of each image, in the order of the images. */
    public List<List<Detection>> detectAll(List<AnnotatedImage> images) {
        try (PyramidStore pyramids = new PyramidStore(images, geometry, EngineEnvironment.threads(0))) {
            return detectAll(pyramids);
        }
    }

    /** The objects of each image of a store, in the order of its images. */
    public List<List<Detection>> detectAll(PyramidStore pyramids) {
        List<List<Detection>> all = new ArrayList<>(Stream.generate(List::<Detection>of)
                .limit(pyramids.images().size())
                .toList());
        new Scan(scorer, pyramids, classes.size(), BATCH_PIXELS)
                .run(
                        Candidates.all(),
                        scanThreshold(),
                        CANDIDATES,
                        (scores, image) -> new Found(scores.index(), detections(scores, image)),
                        found -> all.set(found.index, found.detections));
        return all;
    }

    /** How good this detector is on a data set whose classes are its own. */
    public Evaluation evaluate(Dataset dataset) {
        return Evaluation.of(dataset, detectAll(dataset.images()));
    }

    /** The first stage's boxes are put before a refiner although their own scores would be too low: it may think more of them. */
    private double scanThreshold() {
        return refiner == null ? settings.scoreThreshold() : Math.min(settings.scoreThreshold(), PROPOSAL_SCORE);
    }

    private List<Detection> detections(ImageScores scores, DecodedImage image) {
        ScoredWindows candidates = scores.detections(scanThreshold()).top(CANDIDATES);
        ScoredBoxes kept = refiner == null
                ? candidates
                        .suppressingPerClass(settings.nmsIou(), settings.maxDetections())
                        .boxes()
                : refined(
                        refiner,
                        image,
                        candidates.suppressingPerClass(PROPOSAL_IOU, PROPOSALS).boxes());
        return IntStream.range(0, kept.size())
                .mapToObj(i -> new Detection(classes.get(kept.classes()[i]), kept.scores()[i], kept.box(i)))
                .toList();
    }

    private ScoredBoxes refined(BoxRefiner refiner, DecodedImage image, ScoredBoxes proposals) {
        EngineThreads.useOne();
        return refiner.refine(image, proposals)
                .above(settings.scoreThreshold())
                .suppressingPerClass(settings.nmsIou(), settings.maxDetections());
    }

    private void closeRefiner() {
        if (refiner != null) {
            refiner.close();
        }
    }

    @Override
    public void close() {
        closeRefiner();
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException("a network must close without an error", e);
        }
    }

    /** What was found on an image. */
    private record Found(int index, List<Detection> detections) {}
}

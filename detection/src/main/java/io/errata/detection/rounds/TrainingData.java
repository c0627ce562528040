package io.errata.detection.rounds;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.PositiveSampler;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.config.RunConfig;
import io.errata.detection.config.SamplingSettings;
import io.errata.detection.config.WindowSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The data of a run, checked and ready: both parts, their pyramids, and all windows of the training part.
 *
 * @param train the images trained on
 * @param validation the images that choose the best round
 * @param corpus the windows of the training images
 * @param trainPyramids their pixels
 * @param validationPyramids the others'
 * @param positives draws the positives among them
 * @param skipped how many problems were left out on purpose
 */
record TrainingData(
        Dataset train,
        Dataset validation,
        WindowCorpus corpus,
        PyramidStore trainPyramids,
        PyramidStore validationPyramids,
        PositiveSampler positives,
        int skipped)
        implements AutoCloseable {

    private static final int MOST_TOLD = 20;

    /**
     * Checks everything that can be wrong with the data before anything is written.
     *
     * @throws InvalidInputException with every problem found
     */
    static TrainingData prepare(
            Dataset train, Dataset validation, WindowGeometry geometry, RunConfig config, int threads, int skipped) {
        requireObjects(train);
        long budget = config.run().cacheMb() * (1L << 20);
        long images = (long) train.images().size() + validation.images().size();
        PyramidStore trainPyramids = new PyramidStore(
                train.images(), geometry, budget * train.images().size() / images, threads);
        PyramidStore validationPyramids = new PyramidStore(
                validation.images(), geometry, budget * validation.images().size() / images, threads);
        List<PyramidStore.Unreadable> unreadable = new ArrayList<>(trainPyramids.preload());
        unreadable.addAll(validationPyramids.preload());
        if (!unreadable.isEmpty()) {
            trainPyramids.close();
            validationPyramids.close();
            return without(unreadable, train, validation, geometry, config, threads, skipped);
        }
        SamplingSettings sampling = config.sampling();
        WindowCorpus corpus = WindowCorpus.of(
                train,
                geometry,
                new Labelling(sampling.positiveIou(), sampling.negativeIou(), sampling.ignoreOverlap()));
        requireReach(corpus, config);
        requireNegatives(corpus);
        PositiveSampler positives = new PositiveSampler(
                corpus,
                trainPyramids,
                new Augmentation(sampling.flip(), sampling.colorJitter()),
                sampling.positiveIou(),
                sampling.classBalance());
        return new TrainingData(train, validation, corpus, trainPyramids, validationPyramids, positives, skipped);
    }

    private static TrainingData without(
            List<PyramidStore.Unreadable> unreadable,
            Dataset train,
            Dataset validation,
            WindowGeometry geometry,
            RunConfig config,
            int threads,
            int skipped) {
        List<Problem> problems =
                unreadable.stream().flatMap(one -> one.problems().stream()).toList();
        if (!config.run().skipBad()) {
            throw new InvalidInputException(problems);
        }
        Set<AnnotatedImage> bad = new HashSet<>(
                unreadable.stream().map(PyramidStore.Unreadable::image).toList());
        Dataset goodTrain = train.keeping(image -> !bad.contains(image));
        Dataset goodValidation = validation.keeping(image -> !bad.contains(image));
        if (goodTrain.images().isEmpty() || goodValidation.images().isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return prepare(goodTrain, goodValidation, geometry, config, threads, skipped + unreadable.size());
    }

    /** Every class must have an object to learn from. */
    private static void requireObjects(Dataset train) {
        Set<String> missing = new TreeSet<>(train.classes());
        train.images().stream()
                .flatMap(image -> image.objects().stream())
                .filter(object -> !object.ignored() && !object.box().isEmpty())
                .map(GroundTruth::label)
                .forEach(missing::remove);
        if (train.classes().isEmpty() || missing.size() == train.classes().size()) {
            throw new InvalidInputException(Problem.of(
                    "no-positives",
                    "the training images must hold at least one object, found none on "
                            + train.images().size() + " images"));
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing.stream()
                    .map(label -> new Problem(
                            null,
                            null,
                            "data.classes",
                            "class " + label + " must have at least one object on the training images, found none",
                            "class-without-objects"))
                    .toList());
        }
    }

    private static void requireNegatives(WindowCorpus corpus) {
        if (corpus.negatives() == 0) {
            throw new InvalidInputException(
                    Problem.of(
                            "no-negatives",
                            "at least one window of the training images must be background, found none; add images that show some"));
        }
    }

    /** Where the user said how small and large objects are, every object must be within reach of a window. */
    private static void requireReach(WindowCorpus corpus, RunConfig config) {
        WindowSettings windows = config.windows();
        if ((windows.smallest() == null && windows.largest() == null)
                || config.run().skipBad()) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        for (WindowCorpus.Unreached object : corpus.unreached()) {
            AnnotatedImage image = corpus.dataset().images().get(object.image());
            GroundTruth truth = image.objects().get(object.object());
            double size = Math.sqrt(truth.box().area());
            boolean small = windows.smallest() != null && size < windows.smallest();
            boolean large = windows.largest() != null && size > windows.largest();
            if ((small || large) && problems.size() < MOST_TOLD) {
                problems.add(Problem.inFile(
                        image.name(),
                        "object-out-of-reach",
                        String.format(
                                "object %s of %.0f × %.0f pixels is %s than the windows reach; change windows.%s or say --skip-bad",
                                truth.label(),
                                truth.box().width(),
                                truth.box().height(),
                                small ? "smaller" : "larger",
                                small ? "smallest" : "largest")));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** A fingerprint of all images' names, sizes and annotations, those of training first. */
    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (AnnotatedImage image : allImages()) {
                String line = image.name() + " " + image.width() + " " + image.height() + " " + image.objects() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private List<AnnotatedImage> allImages() {
        return Stream.of(train, validation)
                .flatMap(dataset -> dataset.images().stream())
                .toList();
    }

    @Override
    public void close() {
        trainPyramids.close();
        validationPyramids.close();
    }
}

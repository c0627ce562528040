package io.errata.mining.run;

import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.DatasetFingerprint;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.patch.PositiveSampler;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowSettings;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.training.SamplingSettings;
import io.errata.mining.config.RunConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
 * @param notes what should be known of how the data were read
 */
record TrainingData(
        Dataset train,
        Dataset validation,
        WindowCorpus corpus,
        PyramidStore trainPyramids,
        PyramidStore validationPyramids,
        PositiveSampler positives,
        int skipped,
        List<Note> notes)
        implements AutoCloseable {

    private static final int MAX_TOLD = 20;
    private static final int MAX_NAMES = 5;
    private static final int MAX_LENGTH = 300;

    /**
     * Checks everything that can be wrong with the data before anything is written.
     *
     * @throws InvalidInputException with every problem found
     */
    static TrainingData prepare(RunImages images, WindowGeometry geometry, RunConfig config, boolean qualityLabels) {
        return prepare(
                images.train().clipped(),
                images.validation(),
                geometry,
                config,
                qualityLabels,
                images.skipped().size(),
                images.notes());
    }

    private static TrainingData prepare(
            Dataset train,
            Dataset validation,
            WindowGeometry geometry,
            RunConfig config,
            boolean qualityLabels,
            int skipped,
            List<Note> notes) {
        requireObjects(train, validation);
        int threads = EngineEnvironment.threads(config.run().threads());
        SamplingSettings sampling = config.sampling();
        WindowCorpus corpus = WindowCorpus.of(train, geometry, sampling.labelling());
        requireNegatives(corpus);
        List<Problem> problems = new ArrayList<>(outOfReach(corpus, config.windows()));
        PyramidStore trainPyramids = new PyramidStore(train.images(), geometry, threads);
        PyramidStore validationPyramids = new PyramidStore(validation.images(), geometry, threads);
        List<PyramidStore.Unreadable> unreadable = new ArrayList<>(trainPyramids.check());
        unreadable.addAll(validationPyramids.check());
        unreadable.forEach(one -> problems.addAll(one.problems()));
        try {
            if (!problems.isEmpty() && !config.run().skipBad()) {
                throw new InvalidInputException(problems);
            }
            PositiveSampler positives =
                    new PositiveSampler(corpus, sampling.augmentation(), sampling.positives(), qualityLabels);
            TrainingData data = new TrainingData(
                    train, validation, corpus, trainPyramids, validationPyramids, positives, skipped, notes);
            return unreadable.isEmpty() ? data : data.without(unreadable, config, qualityLabels);
        } catch (RuntimeException e) {
            trainPyramids.close();
            validationPyramids.close();
            throw e;
        }
    }

    /** The same data without some images; these data are closed. */
    private TrainingData without(List<PyramidStore.Unreadable> unreadable, RunConfig config, boolean qualityLabels) {
        close();
        Set<AnnotatedImage> bad = new HashSet<>(
                unreadable.stream().map(PyramidStore.Unreadable::image).toList());
        Dataset goodTrain = train.filter(image -> !bad.contains(image));
        Dataset goodValidation = validation.filter(image -> !bad.contains(image));
        if (goodTrain.images().isEmpty() || goodValidation.images().isEmpty()) {
            throw new InvalidInputException(
                    unreadable.stream().flatMap(one -> one.problems().stream()).toList());
        }
        return prepare(
                goodTrain,
                goodValidation,
                corpus.geometry(),
                config,
                qualityLabels,
                skipped + unreadable.size(),
                notes);
    }

    /**
     * Every class must have an object to learn from, and there must be one to validate on.
     *
     * @throws InvalidInputException with every class that has none
     */
    static void requireObjects(Dataset train, Dataset validation) {
        Map<String, Long> learned = objectsByClass(train);
        Map<String, Long> validated = objectsByClass(validation);
        if (learned.isEmpty()) {
            throw new InvalidInputException(Problem.of(
                    "no-positives",
                    "the training images must hold at least one object" + ofClasses(train) + ", found none on "
                            + train.images().size() + " images; "
                            + (validated.isEmpty()
                                    ? "annotate some"
                                    : "all are on the validation images: change data.split")));
        }
        List<Problem> problems = new ArrayList<>();
        withoutObjects(train.classes(), learned, validated).ifPresent(problems::add);
        if (validated.isEmpty()) {
            problems.add(Problem.of(
                    "no-positives",
                    "the validation images must hold at least one object" + ofClasses(train) + ", found none on "
                            + validation.images().size()
                            + " images; hold out more by data.split.fraction, or name others in data.validation"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** One problem for all classes that cannot be learned, however many. */
    private static Optional<Problem> withoutObjects(
            List<String> classes, Map<String, Long> learned, Map<String, Long> validated) {
        List<String> missing =
                classes.stream().filter(label -> !learned.containsKey(label)).toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String names = missing.stream().limit(MAX_NAMES).collect(Collectors.joining(", "))
                + (missing.size() > MAX_NAMES ? ", …" : "");
        long held = missing.stream().filter(validated::containsKey).count();
        String advice = held == 0
                ? "annotate some, or leave these classes out by data.drop"
                : held
                        + " of these have objects on the validation images: hold images out by data.split.stratify=true, which"
                        + " leaves every class some to learn from where that can be, or leave these classes out by data.drop";
        return Optional.of(new Problem(
                null,
                null,
                "data.classes",
                "every class must have at least one object on the training images, found " + missing.size() + " of "
                        + classes.size() + " classes without (" + Excerpt.of(names, MAX_LENGTH) + "); " + advice,
                "class-without-objects"));
    }

    private static String ofClasses(Dataset dataset) {
        return dataset.classes().isEmpty() ? "" : " of the classes " + dataset.classes();
    }

    /** How many objects of each class can be learned; no entry for a class without any. In the order of the names. */
    static Map<String, Long> objectsByClass(Dataset dataset) {
        return dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .filter(object -> !object.ignored() && !object.box().isEmpty())
                .collect(Collectors.groupingBy(GroundTruth::label, TreeMap::new, Collectors.counting()));
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
    private static List<Problem> outOfReach(WindowCorpus corpus, WindowSettings windows) {
        List<Problem> problems = new ArrayList<>();
        for (WindowCorpus.Unreached object : corpus.unreached()) {
            AnnotatedImage image = corpus.dataset().images().get(object.image());
            GroundTruth truth = image.objects().get(object.object());
            double size = Math.sqrt(truth.box().area());
            boolean small = windows.smallest() != null && size < windows.smallest();
            boolean large = windows.largest() != null && size > windows.largest();
            if (small || large) {
                problems.add(outOfReach(image, object.object(), small, windows));
            }
        }
        if (problems.size() > MAX_TOLD) {
            Problem rest = Problem.of("object-out-of-reach", "… and " + (problems.size() - MAX_TOLD) + " more objects");
            problems.subList(MAX_TOLD, problems.size()).clear();
            problems.add(rest);
        }
        return problems;
    }

    private static Problem outOfReach(AnnotatedImage image, int index, boolean small, WindowSettings windows) {
        GroundTruth truth = image.objects().get(index);
        return Problem.inFile(
                image.name(),
                "object-out-of-reach",
                String.format(
                        Locale.ROOT,
                        "object %d (%s, at x %.0f, y %.0f) must be within reach of the windows, found %.0f × %.0f pixels, %s than windows.%s=%s; change that, or go on with it by --skip-bad",
                        index + 1,
                        truth.label(),
                        truth.box().x1(),
                        truth.box().y1(),
                        truth.box().width(),
                        truth.box().height(),
                        small ? "smaller" : "larger",
                        small ? "smallest" : "largest",
                        small ? windows.smallest() : windows.largest()));
    }

    /** A fingerprint of the windows and of all images' names, sizes and annotations, those of training first. */
    String sha256() {
        return new DatasetFingerprint()
                .add(corpus.geometry().toString())
                .addImages(train)
                .addImages(validation)
                .sha256();
    }

    @Override
    public void close() {
        trainPyramids.close();
        validationPyramids.close();
    }
}

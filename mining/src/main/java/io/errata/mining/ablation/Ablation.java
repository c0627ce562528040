package io.errata.mining.ablation;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.files.FolderLock;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.RunImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a configuration in several arms at an equal budget, each with the same seeds, and compares them with the first. Immutable:
 * each {@code with} method returns a changed copy.
 *
 * <p>All arms detect the same classes and choose their best round on the same validation images, whatever the seed; how good the chosen
 * detectors are is measured on test images where there are any. Runs go seed by seed, so that what is there early compares already.
 * What was interrupted goes on when it is run again into the same folder, and ends in the same figures.
 */
public final class Ablation {

    private static final int DEFAULT_SEEDS = 3;

    private final RunConfig base;
    private final List<Arm> arms;
    private final RunImages.Source images;
    private final int seeds;
    private final @Nullable TestImages test;
    private final AblationListener listener;

    private Ablation(
            RunConfig base,
            List<Arm> arms,
            RunImages.Source images,
            int seeds,
            @Nullable TestImages test,
            AblationListener listener) {
        this.base = base;
        this.arms = arms;
        this.images = images;
        this.seeds = seeds;
        this.test = test;
        this.listener = listener;
    }

    /**
     * A comparison with three seeds, measured on the validation images.
     *
     * @param base what all arms have in common; its seed is the first
     * @param arms at least one, the baseline first
     * @param images reads the images that a configuration names; asked once for each distinct {@code data} section
     * @throws InvalidInputException with every problem of the arms: settings that are none, names that are not unique, a seed or a budget
     *     of an arm's own
     */
    public static Ablation of(RunConfig base, List<Arm> arms, RunImages.Source images) {
        List<Problem> problems = new ArrayList<>();
        if (arms.isEmpty()) {
            problems.add(Problem.of("bad-arm", "there must be at least one arm, found none"));
        }
        Set<String> names = new HashSet<>();
        Budget budget = null;
        for (Arm arm : arms) {
            if (!names.add(arm.name().toLowerCase(Locale.ROOT))) {
                problems.add(arm.problem("", "must have a name of its own, found it twice", "bad-arm"));
            }
            try {
                RunConfig config = arm.on(base);
                budget = budget == null && arm.equals(arms.get(0)) ? Budget.of(config) : budget;
                problems.addAll(unequal(arm, config, base.run().seed(), budget));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new Ablation(base, List.copyOf(arms), images, DEFAULT_SEEDS, null, AblationListener.none());
    }

    /** What must be equal in all arms; nothing is known of the budget where the baseline's configuration is none. */
    private static List<Problem> unequal(Arm arm, RunConfig config, long seed, @Nullable Budget budget) {
        List<Problem> problems = new ArrayList<>();
        if (config.run().seed() != seed) {
            problems.add(arm.problem(
                    "run.seed",
                    "must be left to the ablation, which gives all arms the same seeds, found "
                            + config.run().seed(),
                    "bad-arm"));
        }
        Budget own = Budget.of(config);
        if (budget != null && !own.equals(budget)) {
            problems.add(arm.problem(
                    "",
                    "must train as long as the baseline, " + budget + ", found " + own
                            + "; mining.rounds times training.steps_per_round must be the same, and training.batch_size",
                    "unequal-budget"));
        }
        return problems;
    }

    /**
     * Trains every arm with so many seeds: the configuration's, one more, and so on.
     *
     * @throws InvalidInputException if {@code count} is not in [1, 1000]
     */
    public Ablation withSeeds(int count) {
        if (count < 1 || count > 1000) {
            throw new InvalidInputException(
                    new Problem(null, null, "seeds", "must be in [1, 1000], found " + count, "bad-value"));
        }
        return new Ablation(base, arms, images, count, test, listener);
    }

    /**
     * Measures on images that choose nothing.
     *
     * @param name what the result calls them
     * @param dataset its objects of classes that are not trained are left out
     */
    public Ablation withTest(String name, Dataset dataset) {
        return new Ablation(base, arms, images, seeds, new TestImages(name, dataset), listener);
    }

    /** Tells this listener how it goes. */
    public Ablation withListener(AblationListener newListener) {
        return new Ablation(base, arms, images, seeds, test, newListener);
    }

    /**
     * Trains what is not trained yet, and compares. Writes every run's folder {@code ARM/seed-N}, {@code ablation.json} after each, and
     * {@code ablation.md} at the end.
     *
     * @param folder absent, empty, or of this very ablation with any number of seeds and any test images
     * @throws InvalidInputException if the folder is another's, another process works there, or the arms' images differ or cannot be
     *     used; nothing is trained then
     */
    public AblationResult run(Path folder) {
        EngineEnvironment.prepare(base.run().threads());
        PreparedArms ready = PreparedArms.read(base, arms, images);
        if (test != null) {
            test.requireUsable(ready);
        }
        long first = base.run().seed();
        List<Long> all = LongStream.range(first, first + seeds).boxed().toList();
        AblationFolder place = new AblationFolder(folder);
        place.requireOwn(ready, all);
        try (FolderLock lock = place.lock()) {
            return new AblationLoop(ready, all, test, place, listener).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

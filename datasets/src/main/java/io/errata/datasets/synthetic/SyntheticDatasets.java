package io.errata.datasets.synthetic;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.problem.Spelling;
import io.errata.datasets.Dataset;
import java.util.List;
import java.util.Map;

/** Data sets by name, as {@code synthetic:smear?images=20&seed=7} names them. */
public final class SyntheticDatasets {

    private static final String SMEAR = "smear";

    private SyntheticDatasets() {}

    /**
     * Makes a data set. Draws no image: that happens when one is read.
     *
     * @param name {@code smear}, see {@link SmearScenes}
     * @param options the settings that differ from the defaults, by the names of {@link SmearSettings}' components
     * @throws InvalidInputException if there is no such data set or option, or a value cannot be read or is out of its range; it
     *     carries all such problems
     */
    public static Dataset create(String name, Map<String, String> options) {
        if (!name.equals(SMEAR)) {
            throw new InvalidInputException(Problem.of(
                    "unknown-dataset",
                    "synthetic data set must be " + SMEAR + ", found " + name + Spelling.hint(name, List.of(SMEAR))));
        }
        return SmearScenes.of(smearSettings(new Options(options))).dataset();
    }

    private static SmearSettings smearSettings(Options options) {
        SmearSettings defaults = SmearSettings.withDefaults();
        int images = options.whole("images", defaults.images());
        int width = options.whole("width", defaults.width());
        int height = options.whole("height", defaults.height());
        long seed = options.whole("seed", defaults.seed());
        double cells = options.number("cells", defaults.cells());
        double leukocytes = options.number("leukocytes", defaults.leukocytes());
        double targets = options.number("targets", defaults.targets());
        double confusers = options.number("confusers", defaults.confusers());
        double debris = options.number("debris", defaults.debris());
        double noise = options.number("noise", defaults.noise());
        return options.into(() ->
                new SmearSettings(images, width, height, seed, cells, leukocytes, targets, confusers, debris, noise));
    }
}

package io.errata.mining.ablation;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.network.Architecture;
import io.errata.mining.config.RunConfig;
import java.util.List;

/**
 * One of the things compared: settings put on top of a configuration.
 *
 * @param name names its folder: a letter or digit, then letters, digits and {@code . _ , = + -}, at most 100 in all; not
 *     {@code ablation.json} or {@code ablation.md}
 * @param sets overrides, each {@code section.key=value}; none for the configuration as it is
 */
public record Arm(String name, List<String> sets) {

    private static final int LONGEST = 100;
    private static final List<String> STRATEGIES = List.of("random", "ohem", "rounds");
    /** Another loss to compare is another word here. */
    private static final List<String> LOSSES = List.of("bce", "focal", "ghm");

    public Arm {
        sets = List.copyOf(sets);
        if (name.length() > LONGEST || !name.matches("[A-Za-z0-9][\\w.,=+-]*") || name.startsWith("ablation.")) {
            throw new InvalidInputException(Problem.of(
                    "bad-arm",
                    "an arm's name must be a letter or digit, then letters, digits and . _ , = + -, at most " + LONGEST
                            + " in all, and no file of the results, found " + name));
        }
    }

    /** An arm named by its settings. */
    public static Arm of(List<String> sets) {
        String name = String.join(",", sets).replaceAll("[^\\w.,=+-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        name = name.isEmpty() ? "unchanged" : name;
        return new Arm(name.substring(0, Math.min(LONGEST, name.length())), sets);
    }

    /** Understands {@code "key=value key=value"}; a blank text changes nothing. A value may hold blanks, such as {@code [4, 8]}. */
    public static Arm parse(String text) {
        return of(text.isBlank() ? List.of() : List.of(text.strip().split("\\s+(?=[\\w.]+=)")));
    }

    /** Every strategy of mining with every loss; random negatives under cross-entropy, the plainest, come first. */
    public static List<Arm> grid() {
        return STRATEGIES.stream()
                .flatMap(strategy -> LOSSES.stream()
                        .map(loss -> new Arm(
                                strategy + "-" + loss, List.of("mining.strategy=" + strategy, "loss.type=" + loss))))
                .toList();
    }

    /**
     * The configuration with this arm's settings.
     *
     * @throws InvalidInputException with every problem of the settings, each with its key
     */
    public RunConfig on(RunConfig base) {
        try {
            RunConfig config = base.with(sets.toArray(String[]::new));
            requireNetwork(config);
            return config;
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem ->
                            problem(problem.key() == null ? "" : problem.key(), problem.problem(), problem.kind()))
                    .toList());
        }
    }

    /** That there is such a network, which else only the run itself would find out. */
    private static void requireNetwork(RunConfig config) {
        Architecture.of(config.windows().patch(), config.windows().stride(), config.network());
    }

    /** A problem of this arm; a blank key for one of the arm as a whole. */
    Problem problem(String key, String problem, String kind) {
        return new Problem("arm " + name, null, key.isEmpty() ? null : key, problem, kind);
    }
}

package io.errata.datasets.synthetic;

import io.errata.core.problem.InvalidArgumentException;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.core.problem.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads options of a data set from text and gathers what is wrong with them. What is asked for is what is known. */
final class Options {

    private final Map<String, String> texts;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Options(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /** The option's value, or {@code otherwise} where it is not given or cannot be read. */
    int whole(String name, int otherwise) {
        return read(name, otherwise, "a whole number", Integer::valueOf);
    }

    /** The option's value, or {@code otherwise} where it is not given or cannot be read. */
    long whole(String name, long otherwise) {
        return read(name, otherwise, "a whole number", Long::valueOf);
    }

    /** The option's value, or {@code otherwise} where it is not given or cannot be read. */
    double number(String name, double otherwise) {
        return read(name, otherwise, "a number", Double::valueOf);
    }

    /**
     * Makes settings of what was read.
     *
     * @throws InvalidInputException with the unknown options, those that could not be read and those the settings refuse
     */
    <T> T into(Supplier<T> settings) {
        texts.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> problems.add(Problem.of(
                        "unknown-option",
                        "option must be one of " + String.join(", ", known) + ", found " + name
                                + Spelling.hint(name, known))));
        try {
            T made = settings.get();
            if (problems.isEmpty()) {
                return made;
            }
        } catch (InvalidArgumentException e) {
            e.problems()
                    .forEach(problem ->
                            problems.add(Problem.of(problem.kind(), problem.key() + " " + problem.problem())));
        }
        throw new InvalidInputException(problems);
    }

    private <T> T read(String name, T otherwise, String rule, Function<String, T> parser) {
        known.add(name);
        String text = texts.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException e) {
            problems.add(Problem.of("unreadable-option", name + " must be " + rule + ", found " + text));
            return otherwise;
        }
    }
}

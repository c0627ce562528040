package io.errata.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Printable;
import io.errata.core.problem.Problem;
import io.errata.datasets.format.DatasetSpec;
import io.errata.datasets.validation.DatasetValidator;
import io.errata.datasets.validation.Validation;
import io.errata.detection.files.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code errata dataset validate}: tells everything that is wrong with data sets. */
@Command(
        name = "validate",
        description =
                "Tells everything that is wrong with data sets: files, boxes, pictures that training and validation share.",
        exitCodeList = {"0:nothing is wrong", "1:failed, for a reason that is not in the data", "2:something is wrong"})
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class DatasetValidateCommand implements Callable<Integer> {

    /** Of pictures shared by the same two parts, so many are shown where people read. */
    private static final int MAX_SHOWN = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SPEC",
            description =
                    "${bundle:spec-forms}, taken as one set; with @LIST.txt at the end only the images named "
                            + "there. Before the list may stand ?outside=allow, max_megapixels=N, max_megabytes=N, bits=N, joined by &.")
    private List<String> sets;

    @Option(
            names = "--against",
            paramLabel = "SPEC",
            description =
                    "Validation data, which must share no picture with the others. Without, the splits of each YOLO or VOC set are"
                            + " compared.")
    private List<String> against = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        Validation validation = validation();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.MAPPER.writeValueAsString(validation));
        } else {
            print(validation, out);
        }
        return validation.problems().isEmpty() ? 0 : 2;
    }

    private Validation validation() {
        InputChecks checks = new InputChecks();
        Optional<List<DatasetSpec>> data = checks.check(() -> parse(sets));
        Optional<List<DatasetSpec>> others = checks.check(() -> parse(against));
        checks.verify();
        DatasetValidator validator = DatasetValidator.read(data.orElseThrow(), others.orElseThrow());
        try (Progress progress = new Progress(
                "images", validator.imageCount(), spec.commandLine().getErr())) {
            return validator.examine(progress::step);
        }
    }

    /** @throws InvalidInputException with every specification that cannot be understood */
    private static List<DatasetSpec> parse(List<String> texts) {
        InputChecks checks = new InputChecks();
        List<DatasetSpec> specs = texts.stream()
                .flatMap(text -> checks.check(() -> DatasetSpec.parse(text)).stream())
                .toList();
        checks.verify();
        return specs;
    }

    /** Ten problems of a kind a line each, but of those between two parts only the first few. */
    private static void print(Validation validation, PrintWriter out) {
        Map<String, Integer> shown = new HashMap<>();
        List<Problem> problems = validation.problems();
        Messages.problems(
                problems.stream()
                        .filter(problem -> !isBetweenParts(problem)
                                || shown.merge(problem.kind() + problem.key(), 1, Integer::sum) <= MAX_SHOWN)
                        .toList(),
                out);
        problems.stream()
                .filter(DatasetValidateCommand::isBetweenParts)
                .collect(Collectors.groupingBy(
                        problem -> problem.key() + ": " + problem.kind(), TreeMap::new, Collectors.counting()))
                .forEach((pair, count) -> out.println(
                        Printable.of(pair) + " in all: " + count + (count > MAX_SHOWN ? " (--json names them)" : "")));
        validation.notes().forEach(note -> out.println("note: " + Printable.of(note.text())));
        String classes = validation.classes().entrySet().stream()
                .map(count -> Printable.of(Excerpt.of(count.getKey())) + " " + count.getValue())
                .collect(Collectors.joining(", "));
        out.printf(
                Locale.ROOT,
                "%d images, %d boxes%s: %s%n",
                validation.images(),
                validation.boxes(),
                classes.isEmpty() ? "" : " (" + classes + ")",
                switch (problems.size()) {
                    case 0 -> "nothing is wrong";
                    case 1 -> "1 problem";
                    default -> problems.size() + " problems";
                });
    }

    private static boolean isBetweenParts(Problem problem) {
        return problem.kind().equals("near-duplicate") || problem.kind().equals("leaked-image");
    }
}

package io.errata.mining.ablation;

import ai.djl.Device;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.image.ImageFile;
import io.errata.detection.detector.Detector;
import io.errata.detection.evaluation.Figures;
import io.errata.detection.files.Json;
import io.errata.detection.files.SafeFiles;
import io.errata.mining.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images that choose nothing. What a run's detector reaches on them is kept in the run's folder as {@code test.json}.
 *
 * @param name what the result calls them
 * @param dataset the images
 */
record TestImages(String name, Dataset dataset) {

    /** What a detector reached, and on which images: others with the same name are measured on anew. */
    private record Kept(String dataSha256, Figures figures) {}

    /** There must be something to find, and nothing that was learned from or chose a round. */
    void requireUsable(PreparedArms arms) {
        boolean any = dataset.withClasses(arms.classes()).images().stream()
                .flatMap(image -> image.objects().stream())
                .anyMatch(object -> !object.ignored());
        if (!any) {
            throw invalid("no-positives", "must hold at least one object of the classes " + arms.classes());
        }
        Set<Path> used = arms.all().stream()
                .flatMap(arm -> Stream.of(arm.images().train(), arm.images().validation()))
                .flatMap(part -> part.images().stream())
                .flatMap(image -> file(image).stream())
                .collect(Collectors.toSet());
        List<String> shared = dataset.images().stream()
                .filter(image -> file(image).filter(used::contains).isPresent())
                .map(AnnotatedImage::name)
                .toList();
        if (!shared.isEmpty()) {
            throw invalid(
                    "test-image-trained-on",
                    "must be images that are neither trained nor validated on, found " + shared.size()
                            + " that are, such as " + shared.get(0));
        }
    }

    private InvalidInputException invalid(String kind, String problem) {
        return new InvalidInputException(new Problem(null, null, "test images " + name, problem, kind));
    }

    private static Optional<Path> file(AnnotatedImage image) {
        return image.source() instanceof ImageFile file
                ? Optional.of(file.path().toAbsolutePath().normalize())
                : Optional.empty();
    }

    /** The figures of a finished run's detector, measured unless they are known. */
    Figures figures(RunFolder run, Device device) throws IOException {
        Path file = run.root().resolve("test.json");
        String sha256 = PreparedArms.fingerprint(List.of(dataset));
        Optional<Kept> kept = read(file);
        if (kept.isPresent() && kept.get().dataSha256().equals(sha256)) {
            return kept.get().figures();
        }
        try (Detector detector = Detector.load(run.root(), device)) {
            Figures figures = Figures.of(detector.evaluate(dataset.withClasses(detector.classes())));
            SafeFiles.replace(file, Json.MAPPER.writeValueAsString(new Kept(sha256, figures)) + "\n");
            return figures;
        }
    }

    private static Optional<Kept> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Json.MAPPER.readValue(file.toFile(), Kept.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // what cannot be read is measured again
        }
    }
}

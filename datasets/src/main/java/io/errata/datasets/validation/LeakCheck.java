package io.errata.datasets.validation;

import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.image.ImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds files of validation that are among those of training, byte by byte. Cheap enough for the beginning of every run: only files of
 * equal length are read. {@link DatasetValidator} also finds images that are nearly the same.
 */
public final class LeakCheck {

    private static final long UNKNOWN = -1;

    private LeakCheck() {}

    /** One problem of kind {@code leaked-image} for each image of {@code validation} that {@code train} has too; drawn images have none. */
    public static List<Problem> between(Dataset train, Dataset validation) {
        Map<Long, List<Path>> byLength = new HashMap<>();
        for (Path file : files(train)) {
            byLength.computeIfAbsent(length(file), length -> new ArrayList<>()).add(file);
        }
        Map<Path, String> hashes = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files(validation)) {
            long length = length(file);
            byLength.getOrDefault(length, List.of()).stream()
                    .filter(other -> length != UNKNOWN && hash(file, hashes).equals(hash(other, hashes)))
                    .findFirst()
                    .ifPresent(other -> problems.add(Problem.inFile(
                            file.toString(),
                            "leaked-image",
                            "an image of validation must not be trained on, found the same bytes in " + other
                                    + "; delete one")));
        }
        return problems;
    }

    private static List<Path> files(Dataset dataset) {
        return dataset.images().stream()
                .map(AnnotatedImage::source)
                .filter(ImageFile.class::isInstance)
                .map(source -> ((ImageFile) source).path())
                .toList();
    }

    private static String hash(Path file, Map<Path, String> known) {
        return known.computeIfAbsent(file, ImageFingerprint::hash);
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return UNKNOWN; // reading it will report why
        }
    }
}

package io.errata.datasets.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds files of equal content. Only files of equal length are read. */
public final class EqualFiles {

    private EqualFiles() {}

    /** The files of which another has the same bytes, in groups of two and more, each in the order given. */
    public static List<List<Path>> among(Collection<Path> files) {
        Map<Long, List<Path>> byLength = new LinkedHashMap<>();
        for (Path file : files) {
            length(file)
                    .ifPresent(length -> byLength.computeIfAbsent(length, key -> new ArrayList<>())
                            .add(file));
        }
        List<List<Path>> equal = new ArrayList<>();
        for (List<Path> sameLength : byLength.values()) {
            if (sameLength.size() > 1) {
                Map<String, List<Path>> byContent = new LinkedHashMap<>();
                for (Path file : sameLength) {
                    sha256(file)
                            .ifPresent(hash -> byContent
                                    .computeIfAbsent(hash, key -> new ArrayList<>())
                                    .add(file));
                }
                byContent.values().stream().filter(same -> same.size() > 1).forEach(equal::add);
            }
        }
        return equal;
    }

    /** The hash of a file's bytes; empty where it cannot be read. */
    public static Optional<String> sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                in.transferTo(out);
            }
            return Optional.of(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            return Optional.empty(); // reading the image will tell why
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Optional<Long> length(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.size(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

package io.errata.datasets.validation;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.EqualFiles;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * By what an image is recognised.
 *
 * @param sha256 of the file's bytes, or of the pixels where there is no file
 * @param hash what it looks like; none where it shows next to nothing
 */
record ImageFingerprint(String sha256, Optional<PerceptualHash> hash) {

    /**
     * Reads an image whole.
     *
     * @throws InvalidInputException if it cannot be read
     */
    static ImageFingerprint of(AnnotatedImage image) {
        Pixels pixels = image.source().read();
        String sha256 = image.source() instanceof ImageFile file ? hash(file.path()) : hash(pixels);
        return new ImageFingerprint(sha256, PerceptualHash.of(pixels));
    }

    /** The hash of a file's bytes; its path, which no other has, where it cannot be read. */
    static String hash(Path file) {
        return EqualFiles.sha256(file).orElse(file.toString());
    }

    private static String hash(Pixels pixels) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((pixels.width() + " ").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(pixels.rgb()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

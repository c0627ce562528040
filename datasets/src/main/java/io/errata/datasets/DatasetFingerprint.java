package io.errata.datasets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether data are those that they were: by the images' names, sizes and annotations, in their order, not by their pixels. Not safe
 * to use from several threads.
 */
public final class DatasetFingerprint {

    private final MessageDigest digest;

    /** A fingerprint of nothing yet. */
    public DatasetFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a text, such as what else must be equal. */
    public DatasetFingerprint add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds the images of a data set; its classes are not in it. */
    public DatasetFingerprint addImages(Dataset dataset) {
        for (AnnotatedImage image : dataset.images()) {
            add(image.name() + " " + image.width() + " " + image.height() + " " + image.objects() + "\n");
        }
        return this;
    }

    /** SHA-256 of all that was added, in hexadecimal. Ends this fingerprint. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}

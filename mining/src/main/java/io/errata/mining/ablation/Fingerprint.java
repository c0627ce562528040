package io.errata.mining.ablation;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells whether images are those that they were: by classes and by the images' names, sizes and annotations, not by pixels. */
final class Fingerprint {

    private Fingerprint() {}

    /** SHA-256 of these sets, in their order, in hexadecimal. */
    static String of(List<Dataset> datasets) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Dataset dataset : datasets) {
                digest.update((dataset.classes() + "\n").getBytes(StandardCharsets.UTF_8));
                for (AnnotatedImage image : dataset.images()) {
                    String line =
                            image.name() + " " + image.width() + " " + image.height() + " " + image.objects() + "\n";
                    digest.update(line.getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.errata.datasets.validation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/**
 * Finds damage in the middle of a JPEG. Decoders fill it with grey and only warn, and OpenCV drops the warnings. So the file is decoded
 * once more by the JDK's decoder, which passes them on.
 */
final class JpegDamage {

    private JpegDamage() {}

    /** The first damage, as the decoder words it; none of a file that is no JPEG, or that this decoder cannot read at all. */
    static Optional<String> of(Path file) {
        List<String> damage = new ArrayList<>();
        try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
            if (in.readUnsignedShort() != 0xFFD8) {
                return Optional.empty();
            }
            in.seek(0);
            read(in, damage);
        } catch (IOException | RuntimeException e) { // such as an unusual colour profile, which OpenCV passes over
            return damage.stream().findFirst();
        }
        return damage.stream().findFirst();
    }

    private static void read(FileImageInputStream in, List<String> damage) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        ImageReader reader = readers.next();
        try {
            reader.addIIOReadWarningListener((source, warning) -> {
                if (isDamage(warning)) {
                    damage.add(warning);
                }
            });
            reader.setInput(in, true, true);
            reader.readRaster(0, null);
        } finally {
            reader.dispose();
        }
    }

    /** Bytes that belong to nothing harm nothing. */
    private static boolean isDamage(String warning) {
        return (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous"))
                || warning.startsWith("Premature end of JPEG");
    }
}

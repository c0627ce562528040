package io.errata.datasets.format;

import io.errata.core.problem.Problem;
import io.errata.datasets.Reading;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Small files for tests of the formats. */
final class Samples {

    private Samples() {}

    /** A black PNG. */
    static Path image(Path file, int width, int height) throws IOException {
        Files.createDirectories(FileTree.folderOf(file));
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return file;
    }

    static Path text(Path file, String text) throws IOException {
        Files.createDirectories(FileTree.folderOf(file));
        return Files.writeString(file, text);
    }

    static List<String> kinds(Reading reading) {
        return reading.problems().stream().map(Problem::kind).toList();
    }
}

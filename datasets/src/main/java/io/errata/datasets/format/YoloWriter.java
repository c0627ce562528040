package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes YOLO labels behind a {@code data.yaml}; an image of background gets an empty file. Fractions have 12 decimals: boxes are exact
 * within 1e-6 pixels on images of up to a million.
 */
final class YoloWriter implements AnnotationWriter {

    private static final int DECIMALS = 12;

    @Override
    public Flags flags() {
        return Flags.NONE;
    }

    @Override
    public boolean needsClasses() {
        return true;
    }

    @Override
    public String losses() {
        return "Difficult objects and crowds are left out, as there is no flag for them. Areas of masks are lost.";
    }

    @Override
    public Path named(Path folder) {
        return folder.resolve("data.yaml");
    }

    @Override
    public void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException {
        List<String> yaml = new ArrayList<>();
        yaml.add("# Images to validate on go into a folder of their own: add its name as val.");
        yaml.add("train: " + imageFolder());
        yaml.add("nc: " + classes.size());
        yaml.add("names:");
        classes.forEach(label -> yaml.add("  - " + OutputText.json(label)));
        Files.write(named(folder), yaml);
        Map<String, Integer> indices = new HashMap<>();
        classes.forEach(label -> indices.put(label, indices.size()));
        for (OutputImage image : images) {
            Path labels = YoloLabels.labelsOf(
                    new FileTree(folder), folder.resolve(imageFolder()).resolve(image.file()));
            Files.createDirectories(FileTree.folderOf(labels));
            Files.write(
                    labels,
                    image.objects().stream()
                            .map(object -> indices.get(object.label()) + place(object.box(), image.image()))
                            .toList());
        }
    }

    private static String place(Box box, AnnotatedImage image) {
        return String.join(
                " ",
                "",
                OutputText.number((box.x1() + box.x2()) / 2 / image.width(), DECIMALS),
                OutputText.number((box.y1() + box.y2()) / 2 / image.height(), DECIMALS),
                OutputText.number(box.width() / image.width(), DECIMALS),
                OutputText.number(box.height() / image.height(), DECIMALS));
    }
}

package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes Pascal VOC: an XML file for each image, and a list of all. Coordinates are continuous and exact, with as many digits as they
 * need; those of the VOC challenges were whole, counted from 1 and inclusive.
 */
final class VocWriter implements AnnotationWriter {

    @Override
    public String imageFolder() {
        return "JPEGImages";
    }

    @Override
    public boolean isFlat() {
        return true;
    }

    @Override
    public Flags flags() {
        return Flags.DIFFICULT;
    }

    @Override
    public String flagName() {
        return "difficult";
    }

    @Override
    public String losses() {
        return "Crowds become difficult, the only flag there is. Areas of masks, classes without objects and the order of classes are lost.";
    }

    @Override
    public Path named(Path folder) {
        return folder;
    }

    @Override
    public void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException {
        Path annotations = Files.createDirectory(folder.resolve("Annotations"));
        for (OutputImage image : images) {
            Files.writeString(annotations.resolve(image.stem() + ".xml"), annotation(image));
        }
        Path lists = Files.createDirectories(folder.resolve("ImageSets").resolve("Main"));
        Files.write(
                lists.resolve("trainval.txt"),
                images.stream().map(OutputImage::stem).toList());
    }

    private String annotation(OutputImage image) {
        StringBuilder xml = new StringBuilder("<annotation>\n");
        xml.append("  <folder>").append(imageFolder()).append("</folder>\n");
        xml.append("  <filename>").append(OutputText.xml(image.file())).append("</filename>\n");
        xml.append("  <size><width>").append(image.image().width());
        xml.append("</width><height>").append(image.image().height());
        xml.append("</height><depth>3</depth></size>\n  <segmented>0</segmented>\n");
        image.objects().forEach(object -> xml.append(object(object)));
        return xml.append("</annotation>\n").toString();
    }

    private static String object(GroundTruth object) {
        Box box = object.box();
        return "  <object>\n    <name>" + OutputText.xml(object.label())
                + "</name>\n    <pose>Unspecified</pose>\n    <truncated>0</truncated>\n    <difficult>"
                + (object.difficult() ? 1 : 0) + "</difficult>\n    <bndbox><xmin>" + OutputText.number(box.x1())
                + "</xmin><ymin>" + OutputText.number(box.y1()) + "</ymin><xmax>" + OutputText.number(box.x2())
                + "</xmax><ymax>" + OutputText.number(box.y2()) + "</ymax></bndbox>\n  </object>\n";
    }
}

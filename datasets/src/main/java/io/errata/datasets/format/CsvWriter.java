package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes an object a line; an image of background has a line without one. Boxes are exact. */
final class CsvWriter implements AnnotationWriter {

    @Override
    public Flags flags() {
        return Flags.NONE;
    }

    @Override
    public String losses() {
        return "Difficult objects and crowds are left out, as there is no flag for them. Areas of masks, classes without objects and the order of"
                + " classes are lost.";
    }

    @Override
    public Path named(Path folder) {
        return folder.resolve("annotations.csv");
    }

    @Override
    public void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(named(folder))) {
            out.write("filename,width,height,class,xmin,ymin,xmax,ymax\n");
            for (OutputImage image : images) {
                String start = OutputText.csv(imageFolder() + "/" + image.file()) + ","
                        + image.image().width() + "," + image.image().height() + ",";
                if (image.objects().isEmpty()) {
                    out.write(start + ",,,,\n");
                }
                for (GroundTruth object : image.objects()) {
                    out.write(start + fields(object) + "\n");
                }
            }
        }
    }

    private static String fields(GroundTruth object) {
        Box box = object.box();
        return String.join(
                ",",
                OutputText.csv(object.label()),
                OutputText.number(box.x1()),
                OutputText.number(box.y1()),
                OutputText.number(box.x2()),
                OutputText.number(box.y2()));
    }
}

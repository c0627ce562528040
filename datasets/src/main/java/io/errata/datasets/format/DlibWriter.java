package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes dlib's image data set XML, with boxes on whole pixels, the only ones that dlib reads. */
final class DlibWriter implements AnnotationWriter {

    @Override
    public Flags flags() {
        return Flags.BOTH;
    }

    @Override
    public String losses() {
        return "Boxes are rounded to whole pixels. Areas of masks, classes without objects and the order of classes are lost.";
    }

    @Override
    public Path named(Path folder) {
        return folder.resolve("annotations.xml");
    }

    @Override
    public void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(named(folder))) {
            out.write("<?xml version='1.0' encoding='UTF-8'?>\n<dataset>\n<images>\n");
            for (OutputImage image : images) {
                out.write("  <image file='" + imageFolder() + "/" + OutputText.xml(image.file()) + "' width='"
                        + image.image().width() + "' height='" + image.image().height() + "'>\n");
                for (GroundTruth object : image.objects()) {
                    out.write(box(object));
                }
                out.write("  </image>\n");
            }
            out.write("</images>\n</dataset>\n");
        }
    }

    private static String box(GroundTruth object) {
        Box box = whole(object.box());
        return "    <box top='" + (long) box.y1() + "' left='" + (long) box.x1() + "' width='" + (long) box.width()
                + "' height='" + (long) box.height() + "'" + (object.difficult() ? " difficult='1'" : "")
                + (object.crowd() ? " ignore='1'" : "") + "><label>" + OutputText.xml(object.label())
                + "</label></box>\n";
    }

    /** The box on whole pixels; one that would vanish takes all it touches. */
    static Box whole(Box box) {
        boolean thin = Math.round(box.x1()) == Math.round(box.x2());
        boolean flat = Math.round(box.y1()) == Math.round(box.y2());
        return new Box(
                thin ? Math.floor(box.x1()) : Math.round(box.x1()),
                flat ? Math.floor(box.y1()) : Math.round(box.y1()),
                thin ? Math.ceil(box.x2()) : Math.round(box.x2()),
                flat ? Math.ceil(box.y2()) : Math.round(box.y2()));
    }
}

package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes XML that CVAT imports as "CVAT for images 1.1". Boxes are exact; the flags are attributes. */
final class CvatWriter implements AnnotationWriter {

    private static final String ATTRIBUTES = Stream.of("difficult", "is_crowd")
            .map(name -> "<attribute><name>" + name + "</name><mutable>False</mutable><input_type>checkbox</input_type>"
                    + "<default_value>false</default_value><values>false</values></attribute>")
            .collect(Collectors.joining("", "<attributes>", "</attributes>"));

    @Override
    public Flags flags() {
        return Flags.BOTH;
    }

    @Override
    public String losses() {
        return "Areas of masks are lost.";
    }

    @Override
    public Path named(Path folder) {
        return folder.resolve("annotations.xml");
    }

    @Override
    public void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(named(folder))) {
            out.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n"
                    + "  <meta>\n    <task>\n      <size>" + images.size() + "</size>\n      <mode>annotation</mode>\n"
                    + "      <labels>\n");
            for (String label : classes) {
                out.write("        <label><name>" + OutputText.xml(label) + "</name><type>rectangle</type>" + ATTRIBUTES
                        + "</label>\n");
            }
            out.write("      </labels>\n    </task>\n  </meta>\n");
            for (int i = 0; i < images.size(); i++) {
                write(out, i, images.get(i));
            }
            out.write("</annotations>\n");
        }
    }

    private static void write(BufferedWriter out, int id, OutputImage image) throws IOException {
        out.write("  <image id=\"" + id + "\" name=\"" + OutputText.xml(image.file()) + "\" width=\""
                + image.image().width() + "\" height=\"" + image.image().height() + "\">\n");
        for (GroundTruth object : image.objects()) {
            Box box = object.box();
            out.write("    <box label=\"" + OutputText.xml(object.label())
                    + "\" source=\"manual\" occluded=\"0\" xtl=\""
                    + OutputText.number(box.x1()) + "\" ytl=\"" + OutputText.number(box.y1()) + "\" xbr=\""
                    + OutputText.number(box.x2()) + "\" ybr=\"" + OutputText.number(box.y2()) + "\" z_order=\"0\">"
                    + attribute("difficult", object.difficult()) + attribute("is_crowd", object.crowd()) + "</box>\n");
        }
        out.write("  </image>\n");
    }

    private static String attribute(String name, boolean flag) {
        return flag ? "<attribute name=\"" + name + "\">true</attribute>" : "";
    }
}

package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes COCO JSON, an element a line. A box is exact where its width and height are, otherwise to the last bit. */
final class CocoWriter implements AnnotationWriter {

    @Override
    public Flags flags() {
        return Flags.CROWD;
    }

    @Override
    public String flagName() {
        return "iscrowd";
    }

    @Override
    public String losses() {
        return "Difficult objects become crowds (iscrowd), the only flag there is.";
    }

    @Override
    public Path named(Path folder) {
        return folder.resolve("annotations.json");
    }

    @Override
    public void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(named(folder))) {
            out.write("{\"info\": {\"description\": \"written by Errata\"},\n\"images\": [");
            for (int i = 0; i < images.size(); i++) {
                separate(out, i);
                out.write(image(i + 1, images.get(i)));
            }
            out.write("],\n\"annotations\": [");
            writeAnnotations(out, classes, images);
            out.write("],\n\"categories\": [");
            for (int i = 0; i < classes.size(); i++) {
                separate(out, i);
                out.write("{\"id\": " + (i + 1) + ", \"name\": " + OutputText.json(classes.get(i)) + "}");
            }
            out.write("]}\n");
        }
    }

    private static void writeAnnotations(BufferedWriter out, List<String> classes, List<OutputImage> images)
            throws IOException {
        Map<String, Integer> categories = new HashMap<>();
        classes.forEach(label -> categories.put(label, categories.size() + 1));
        int count = 0;
        for (int i = 0; i < images.size(); i++) {
            for (GroundTruth object : images.get(i).objects()) {
                separate(out, count);
                count++;
                String ids = "{\"id\": " + count + ", \"image_id\": " + (i + 1) + ", \"category_id\": "
                        + categories.get(object.label());
                out.write(ids + place(object));
            }
        }
    }

    private static void separate(BufferedWriter out, int before) throws IOException {
        out.write(before == 0 ? "\n" : ",\n");
    }

    private static String image(int id, OutputImage image) {
        return "{\"id\": " + id + ", \"file_name\": " + OutputText.json(image.file()) + ", \"width\": "
                + image.image().width() + ", \"height\": " + image.image().height() + "}";
    }

    private static String place(GroundTruth object) {
        Box box = object.box();
        double area = Double.isFinite(object.area()) && object.area() >= 0 ? object.area() : box.area();
        return ", \"bbox\": [" + OutputText.number(box.x1()) + ", " + OutputText.number(box.y1()) + ", "
                + OutputText.number(box.width()) + ", " + OutputText.number(box.height()) + "], \"area\": "
                + OutputText.number(area) + ", \"iscrowd\": " + (object.crowd() ? 1 : 0)
                + ", \"segmentation\": []}";
    }
}

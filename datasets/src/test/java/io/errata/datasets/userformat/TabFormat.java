package io.errata.datasets.userformat;

import io.errata.core.geometry.Box;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Reading;
import io.errata.datasets.format.AnnotationFormat;
import io.errata.datasets.format.AnnotationWriter;
import io.errata.datasets.format.DatasetLocation;
import io.errata.datasets.format.OutputImage;
import io.errata.datasets.format.RawAnnotation;
import io.errata.datasets.format.ReadOptions;
import io.errata.datasets.format.ReadingBuilder;
import io.errata.datasets.format.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object a line, its fields divided by tabs: image, class and corners; an image alone is background. */
public final class TabFormat implements AnnotationFormat {

    @Override
    public String name() {
        return "tab";
    }

    @Override
    public String description() {
        return "lines of image, class, x1, y1, x2 and y2 with tabs between them";
    }

    @Override
    public String target() {
        return "FILE.tab";
    }

    @Override
    public Reading read(DatasetLocation location, ReadOptions options) {
        ReadingBuilder builder = new ReadingBuilder(options);
        Path file = location.path();
        Map<String, List<RawAnnotation>> images = new LinkedHashMap<>();
        int number = 0;
        for (String line : builder.lines(file).orElse(List.of())) {
            String[] fields = line.split("\t");
            SourceLocation place = SourceLocation.of(file, ++number, null);
            List<RawAnnotation> objects = images.computeIfAbsent(fields[0], name -> new ArrayList<>());
            if (fields.length == 6) {
                objects.add(new RawAnnotation(place, GroundTruth.of(fields[1], box(fields)), line));
            } else if (fields.length > 1) {
                builder.report(place, "bad-value", "a line must have 1 or 6 fields, found " + fields.length);
            }
        }
        images.forEach((name, objects) -> {
            Path image = file.resolveSibling(name);
            if (builder.wants(name)) {
                builder.size(SourceLocation.of(file), image, null)
                        .ifPresent(size -> builder.add(SourceLocation.of(file), name, image, size, objects));
            }
        });
        return builder.reading(SourceLocation.of(file));
    }

    private static Box box(String[] fields) {
        return new Box(
                RawAnnotation.number(fields[2]),
                RawAnnotation.number(fields[3]),
                RawAnnotation.number(fields[4]),
                RawAnnotation.number(fields[5]));
    }

    @Override
    public Optional<AnnotationWriter> writer() {
        return Optional.of(new Writer());
    }

    private static final class Writer implements AnnotationWriter {

        @Override
        public Flags flags() {
            return Flags.NONE;
        }

        @Override
        public String losses() {
            return "Difficult objects and crowds are left out.";
        }

        @Override
        public Path named(Path folder) {
            return folder.resolve("objects.tab");
        }

        @Override
        public void write(Path folder, List<String> classes, List<OutputImage> images) throws IOException {
            List<String> lines = new ArrayList<>();
            for (OutputImage image : images) {
                String name = imageFolder() + "/" + image.file();
                if (image.objects().isEmpty()) {
                    lines.add(name);
                }
                for (GroundTruth object : image.objects()) {
                    Box box = object.box();
                    lines.add(String.join(
                            "\t", name, object.label(), "" + box.x1(), "" + box.y1(), "" + box.x2(), "" + box.y2()));
                }
            }
            Files.write(named(folder), lines);
        }
    }
}

package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Excerpt;
import io.errata.datasets.image.ImageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The shape of an {@code <object>} in an XML file of Pascal VOC or of a tool that writes much the same.
 *
 * @param box encloses it; NaN where a number is missing or unreadable
 * @param area the shape's own
 * @param around whether it is the box around a shape that is none, which may reach beyond its image
 * @param line where it stands
 * @param key the element that has it
 * @param found what the file says, for messages
 * @param rule what it must be, for messages
 */
record VocShape(Box box, double area, boolean around, int line, String key, String found, String rule) {

    private static final List<String> CORNERS = List.of("xmin", "ymin", "xmax", "ymax");
    private static final List<String> TURNED = List.of("cx", "cy", "w", "h", "angle");
    private static final List<String> ANGLES = List.of("angle", "rotation", "theta");
    private static final String FOUR = "box must be four finite numbers";
    private static final double FULL_TURN = 2 * Math.PI;

    /** The shape of an object. */
    static VocShape of(XmlElement object) {
        @Nullable XmlElement bounds = object.child("bndbox").orElse(null);
        if (bounds != null) {
            return bounded(bounds);
        }
        @Nullable XmlElement turned = object.child("robndbox").orElse(null);
        if (turned != null) {
            return turned(turned);
        }
        @Nullable XmlElement polygon = object.child("polygon").orElse(null);
        if (polygon != null) {
            return polygon(polygon);
        }
        if (CORNERS.stream().noneMatch(corner -> object.child(corner).isPresent())) {
            List<String> names = object.children().stream()
                    .map(child -> "<" + child.name() + ">")
                    .distinct()
                    .toList();
            return nowhere(
                    object, "object must have a <bndbox>, <robndbox> or <polygon>", Excerpt.of(names.toString()));
        }
        return bounded(object);
    }

    /** What an object says beside its box of having been turned; empty where it does not. */
    static Optional<String> rotation(XmlElement object) {
        Stream<String> own = ANGLES.stream().map(object::text);
        Stream<String> attributes = object.all("attributes").stream()
                .flatMap(list -> list.all("attribute").stream())
                .filter(attribute -> ANGLES.contains(attribute.text("name")))
                .map(attribute -> attribute.text("value"));
        return Stream.concat(own, attributes)
                .filter(text -> !text.isEmpty() && RawAnnotation.number(text) != 0)
                .findFirst();
    }

    /** The box in an image of this size, without what may stick out. */
    Box within(ImageSize size) {
        return around ? Outlines.inside(box, size.width(), size.height()) : box;
    }

    private static VocShape bounded(XmlElement bounds) {
        double[] points = points(bounds);
        if (bounds.child("xmin").isEmpty() && points.length >= 6) {
            return polygon(bounds);
        }
        String found = CORNERS.stream().map(bounds::text).toList().toString();
        for (String angle : ANGLES) {
            String text = bounds.text(angle);
            if (!text.isEmpty() && RawAnnotation.number(text) != 0) {
                return nowhere(bounds, "a <bndbox> must be upright", found + " with <" + angle + "> " + text);
            }
        }
        double[] corner = CORNERS.stream()
                .map(bounds::text)
                .mapToDouble(RawAnnotation::number)
                .toArray();
        Box box = new Box(corner[0], corner[1], corner[2], corner[3]);
        return new VocShape(box, box.area(), false, bounds.line(), "bndbox", found, FOUR);
    }

    private static VocShape turned(XmlElement element) {
        List<String> texts = TURNED.stream().map(element::text).toList();
        double[] number = texts.stream().mapToDouble(RawAnnotation::number).toArray();
        String found = TURNED + " = " + texts;
        if (!(Math.abs(number[4]) <= FULL_TURN)) {
            return nowhere(element, "angle of a <robndbox> must be in radians, from −2π to 2π", found);
        }
        if (number[2] <= 0 || number[3] <= 0) {
            Box flat = Outlines.centred(number[0], number[1], number[2] / 2, number[3] / 2);
            return new VocShape(flat, 0, true, element.line(), element.name(), found, FOUR);
        }
        Box box = Outlines.aroundTurned(number[0], number[1], number[2], number[3], number[4]);
        return new VocShape(box, number[2] * number[3], true, element.line(), element.name(), found, FOUR);
    }

    private static VocShape polygon(XmlElement element) {
        double[] points = points(element);
        if (points.length < 6) {
            return nowhere(element, "a polygon must have three points or more", String.valueOf(points.length / 2));
        }
        String found = "a polygon of " + points.length / 2 + " points";
        return new VocShape(
                Outlines.around(points), Outlines.area(points), true, element.line(), element.name(), found, FOUR);
    }

    /** The points of {@code <pt><x/><y/></pt>…} or {@code <x1/><y1/><x2/><y2/>…}, in any order of the elements, from 0 or from 1. */
    private static double[] points(XmlElement element) {
        List<String> texts = new ArrayList<>();
        Stream.of("pt", "point").flatMap(name -> element.all(name).stream()).forEach(point -> {
            texts.add(point.text("x"));
            texts.add(point.text("y"));
        });
        int first = element.child("x0").isPresent() ? 0 : 1;
        for (int i = first; texts.isEmpty() || i > first; i++) {
            if (element.child("x" + i).isEmpty() && element.child("y" + i).isEmpty()) {
                break;
            }
            texts.add(element.text("x" + i));
            texts.add(element.text("y" + i));
        }
        return texts.stream().mapToDouble(RawAnnotation::number).toArray();
    }

    private static VocShape nowhere(XmlElement element, String rule, String found) {
        return new VocShape(Outlines.NOWHERE, Double.NaN, false, element.line(), element.name(), found, rule);
    }
}

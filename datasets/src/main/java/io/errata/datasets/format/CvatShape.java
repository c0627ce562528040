package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Excerpt;
import io.errata.datasets.image.ImageSize;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A shape that CVAT drew, in pixels.
 *
 * @param box encloses it; NaN where a number is missing or unreadable
 * @param area the shape's own
 * @param clipped whether CVAT lets it reach beyond its image, so that this is no mistake
 * @param found what the file says, for messages
 * @param flaw what is wrong with it besides its box, or {@code null}
 */
record CvatShape(
        Box box,
        double area,
        boolean clipped,
        String found,
        @Nullable String flaw) {

    private static final List<String> BOX = List.of("xtl", "ytl", "xbr", "ybr");
    private static final List<String> ELLIPSE = List.of("cx", "cy", "rx", "ry");
    private static final List<String> MASK = List.of("left", "top", "width", "height");
    private static final List<String> CUBOID = Stream.of("1", "2")
            .flatMap(side -> Stream.of("tl", "bl", "tr", "br")
                    .flatMap(corner -> Stream.of("x" + corner + side, "y" + corner + side)))
            .toList();

    /** The shape of a {@code <box>}, {@code <polygon>}, {@code <ellipse>}, {@code <mask>} or {@code <cuboid>}. */
    static CvatShape of(XmlElement element) {
        return switch (element.name()) {
            case "polygon" -> polygon(element.attribute("points"));
            case "ellipse" -> ellipse(element);
            case "mask" -> mask(element);
            case "cuboid" -> cuboid(element);
            default -> box(element);
        };
    }

    /** What a {@code <polyline>}, {@code <points>} or {@code <skeleton>} covers: the box around its points; NaN where there are none. */
    static Box extent(XmlElement element) {
        List<XmlElement> parts = element.children().stream()
                .filter(part -> !part.attribute("points").isEmpty())
                .toList();
        String points = parts.isEmpty()
                ? element.attribute("points")
                : String.join(
                        ";",
                        parts.stream().map(part -> part.attribute("points")).toList());
        return Outlines.around(points(points));
    }

    /** The box in an image of this size, without what may stick out; all of it where nothing would be left. */
    Box within(ImageSize size) {
        return clipped ? Outlines.inside(box, size.width(), size.height()) : box;
    }

    private static CvatShape box(XmlElement element) {
        double[] side = numbers(element, BOX);
        Box box = new Box(side[0], side[1], side[2], side[3]);
        double angle = angle(element);
        String found = found(element, BOX);
        if (angle == 0 || box.isEmpty()) {
            return new CvatShape(box, box.area(), false, found, null);
        }
        double x = (box.x1() + box.x2()) / 2;
        double y = (box.y1() + box.y2()) / 2;
        Box around = Outlines.aroundTurned(x, y, box.width(), box.height(), angle);
        return new CvatShape(around, box.area(), true, found, null);
    }

    private static CvatShape cuboid(XmlElement element) {
        Box box = Outlines.around(numbers(element, CUBOID));
        return new CvatShape(box, box.area(), true, found(element, CUBOID), null);
    }

    private static CvatShape ellipse(XmlElement element) {
        double[] number = numbers(element, ELLIPSE);
        double rx = number[2];
        double ry = number[3];
        String found = found(element, ELLIPSE);
        if (rx <= 0 || ry <= 0) {
            return centred(number[0], number[1], rx, ry, 0, found);
        }
        double cos = StrictMath.cos(angle(element));
        double sin = StrictMath.sin(angle(element));
        return centred(
                number[0],
                number[1],
                Math.sqrt(rx * cos * rx * cos + ry * sin * ry * sin),
                Math.sqrt(rx * sin * rx * sin + ry * cos * ry * cos),
                Math.PI * rx * ry,
                found);
    }

    private static CvatShape centred(
            double x, double y, double halfWidth, double halfHeight, double area, String found) {
        return new CvatShape(Outlines.centred(x, y, halfWidth, halfHeight), area, true, found, null);
    }

    private static CvatShape polygon(String text) {
        double[] points = points(text);
        String found = Excerpt.of(text);
        if (points.length < 6) {
            return new CvatShape(
                    Outlines.NOWHERE, 0, false, found, "points must be three or more, as x,y;x,y;x,y, found " + found);
        }
        return new CvatShape(Outlines.around(points), Outlines.area(points), false, found, null);
    }

    /** Runs of background and mask in turn, row by row; both must fill the mask's box. */
    private static CvatShape mask(XmlElement element) {
        double[] side = numbers(element, MASK);
        Box box = Box.ofSize(side[0], side[1], side[2], side[3]);
        String found = found(element, MASK);
        double[] runs = Stream.of(element.attribute("rle").split(","))
                .mapToDouble(RawAnnotation::number)
                .toArray();
        double all = 0;
        double mask = 0;
        for (int i = 0; i < runs.length; i++) {
            double run = runs[i] >= 0 && runs[i] == Math.rint(runs[i]) ? runs[i] : Double.NaN;
            all += run;
            mask += i % 2 == 1 ? run : 0;
        }
        boolean filled = all == side[2] * side[3];
        String flaw = filled ? null : "rle must be whole numbers that fill " + found + ", found a sum of " + all;
        return new CvatShape(box, mask, false, found, flaw);
    }

    /** The numbers of {@code x,y;x,y}; none where a point has not two. */
    private static double[] points(String text) {
        String[] points = text.split(";");
        boolean pairs = Stream.of(points).allMatch(point -> point.split(",", -1).length == 2);
        return pairs
                ? Stream.of(points)
                        .flatMap(point -> Stream.of(point.split(",", -1)))
                        .mapToDouble(RawAnnotation::number)
                        .toArray()
                : new double[0];
    }

    /** In radians; 0 where there is none. */
    private static double angle(XmlElement element) {
        String text = element.attribute("rotation");
        return text.isEmpty() ? 0 : Math.toRadians(RawAnnotation.number(text));
    }

    private static double[] numbers(XmlElement element, List<String> names) {
        return names.stream()
                .map(element::attribute)
                .mapToDouble(RawAnnotation::number)
                .toArray();
    }

    private static String found(XmlElement element, List<String> names) {
        String rotation = element.attribute("rotation");
        return names + " = " + names.stream().map(element::attribute).toList()
                + (rotation.isEmpty() ? "" : ", rotation = " + rotation);
    }
}

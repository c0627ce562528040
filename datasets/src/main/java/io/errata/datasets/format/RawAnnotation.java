package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Problem;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.ImageSize;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An object as a file has it, not yet checked.
 *
 * @param place where it stands
 * @param object what it says; NaN coordinates where a number was missing or unreadable
 * @param found its text has the coordinates as they were written, for messages
 * @param rule what its coordinates must be, for messages
 */
public record RawAnnotation(SourceLocation place, GroundTruth object, Object found, String rule) {

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][-+]?\\d++)?");
    private static final double SLACK_PIXELS = 2;
    private static final int MANY_PIXELS = 8;
    private static final double SLACK_FRACTION = 0.01;

    /** An object that stands there as four numbers. */
    public RawAnnotation(SourceLocation place, GroundTruth object, Object found) {
        this(place, object, found, "box must be four finite numbers");
    }

    /** The number written here; NaN where it is none. */
    public static double number(String text) {
        String trimmed = text.strip();
        return NUMBER.matcher(trimmed).matches() ? Double.parseDouble(trimmed) : Double.NaN;
    }

    /** Whether all four coordinates are finite numbers. */
    boolean hasPlace() {
        Box box = object.box();
        return Double.isFinite(box.x1())
                && Double.isFinite(box.y1())
                && Double.isFinite(box.x2())
                && Double.isFinite(box.y2())
                && Double.isFinite(box.area());
    }

    /**
     * What is wrong with the box in an image of this size.
     *
     * @param anywhere whether it may lie beyond the image
     */
    Optional<Problem> problem(ImageSize size, boolean anywhere) {
        Box box = object.box();
        if (!hasPlace()) {
            return problem("not-a-number", rule, "correct it; its image is left out");
        }
        if (box.x2() < box.x1() || box.y2() < box.y1()) {
            return problem("reversed-box", "box must have x1 < x2 and y1 < y2", "swap them");
        }
        if (box.isEmpty()) {
            return problem("zero-area-box", "box must have an area > 0", "correct it");
        }
        if (!anywhere && (!nearlyWithin(box, size) || clipped(box, size).isEmpty())) {
            return problem("box-outside-image", "box must lie within its image of " + size, "correct it");
        }
        return Optional.empty();
    }

    /** Whether the box lies within the first pixel of an image of many and is no whole pixel, as one in fractions of the image does. */
    boolean isFraction(ImageSize size) {
        Box box = object.box();
        boolean broken = box.x1() % 1 != 0 || box.y1() % 1 != 0 || box.x2() % 1 != 0 || box.y2() % 1 != 0;
        return hasPlace()
                && broken
                && Math.min(size.width(), size.height()) >= MANY_PIXELS
                && box.x1() >= 0
                && box.y1() >= 0
                && box.x2() <= 1
                && box.y2() <= 1;
    }

    /** That the box is in fractions. */
    Problem inFractions() {
        return place.problem(
                "bad-unit",
                "box must be in pixels, found " + found
                        + ", which is within the first pixel as a fraction of the image would be; multiply it by width and"
                        + " height; its image is left out");
    }

    /** What a bad box covers of the image, as a region to be ignored; empty where it covers nothing. */
    Optional<GroundTruth> ignoredRegion(ImageSize size) {
        Box box = object.box();
        Box sorted = new Box(
                Math.min(box.x1(), box.x2()),
                Math.min(box.y1(), box.y2()),
                Math.max(box.x1(), box.x2()),
                Math.max(box.y1(), box.y2()));
        Box region = clipped(sorted, size);
        return region.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroundTruth(object.label(), region, region.area(), object.difficult(), true));
    }

    private Optional<Problem> problem(String kind, String rule, String advice) {
        return Optional.of(place.problem(kind, rule + ", found " + found + "; " + advice));
    }

    private static boolean nearlyWithin(Box box, ImageSize size) {
        double slackX = Math.max(SLACK_PIXELS, SLACK_FRACTION * size.width());
        double slackY = Math.max(SLACK_PIXELS, SLACK_FRACTION * size.height());
        return box.x1() >= -slackX
                && box.y1() >= -slackY
                && box.x2() <= size.width() + slackX
                && box.y2() <= size.height() + slackY;
    }

    private static Box clipped(Box box, ImageSize size) {
        return box.clippedTo(size.width(), size.height());
    }
}

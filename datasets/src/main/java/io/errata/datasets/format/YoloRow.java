package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import io.errata.datasets.image.ImageSize;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A row of a YOLO label file and what its numbers mean: a box; a box and key points where the data set has some; a box and a confidence,
 * or also the number of a track, as detectors write them; the corners of a polygon.
 */
final class YoloRow {

    /** What the numbers behind the class are. */
    enum Kind {
        BOX,
        POSE,
        CONFIDENCE,
        TRACK,
        POLYGON,
        NOTHING
    }

    /** Beyond this a number cannot be meant as a fraction of the image. */
    private static final double MOST = 2;

    private static final Pattern WHOLE = Pattern.compile("[1-9]\\d*");

    private final String[] words;
    private final double[] numbers;
    private final Kind kind;

    private YoloRow(String[] words, double[] numbers, Kind kind) {
        this.words = words;
        this.numbers = numbers;
        this.kind = kind;
    }

    /**
     * Reads a row that is not blank.
     *
     * @param keyPoints how many numbers of key points each box has; −1 where the data set has none
     */
    static YoloRow of(String line, int keyPoints) {
        String[] words = line.strip().split("\\s+");
        double[] numbers = new double[words.length - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = RawAnnotation.number(words[i + 1]);
        }
        return new YoloRow(words, numbers, kind(words, numbers, keyPoints));
    }

    Kind kind() {
        return kind;
    }

    /** The index of the class; NaN where there is no number. */
    double classIndex() {
        return RawAnnotation.number(words[0]);
    }

    /** What the row says of the class. */
    String className() {
        return words[0];
    }

    /** Whether a number is so large that it must be pixels or per cent. */
    boolean isNoFraction() {
        int count = kind == Kind.POLYGON ? numbers.length : Math.min(4, numbers.length);
        return Arrays.stream(numbers, 0, count).anyMatch(number -> Math.abs(number) > MOST);
    }

    /** The box in pixels, of a polygon the one around it; NaN where there is none. */
    Box box(ImageSize size) {
        double[] pixels = new double[numbers.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = numbers[i] * (i % 2 == 0 ? size.width() : size.height());
        }
        return switch (kind) {
            case NOTHING -> Outlines.NOWHERE;
            case POLYGON -> Outlines.around(pixels);
            default -> Box.ofSize(pixels[0] - pixels[2] / 2, pixels[1] - pixels[3] / 2, pixels[2], pixels[3]);
        };
    }

    private static Kind kind(String[] words, double[] numbers, int keyPoints) {
        int count = numbers.length;
        if (keyPoints >= 0) {
            return count == 4 + keyPoints ? Kind.POSE : Kind.NOTHING;
        }
        if (count == 4) {
            return Kind.BOX;
        }
        if (count == 5) {
            return numbers[4] >= 0 && numbers[4] <= 1 ? Kind.CONFIDENCE : Kind.NOTHING;
        }
        if (count == 6 && WHOLE.matcher(words[6]).matches() && numbers[4] >= 0 && numbers[4] <= 1) {
            return Kind.TRACK;
        }
        return count >= 6 && count % 2 == 0 ? Kind.POLYGON : Kind.NOTHING;
    }
}

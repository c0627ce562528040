package io.errata.detection.drawing;

import io.errata.core.geometry.Box;
import io.errata.datasets.image.OpenCvLibrary;
import io.errata.datasets.image.Pixels;
import io.errata.detection.Detection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Draws detections as boxes with class and score, one colour a class. Boxes have a dark rim and labels stand on a plate of their
 * colour, so that both can be read on light and on dark images. Lines and letters grow with the image. Higher scores are drawn on top.
 */
public final class DetectionDrawing {

    private static final int FONT = Imgproc.FONT_HERSHEY_SIMPLEX;
    private static final double GOLDEN_ANGLE = 137.508;

    private final List<String> classes;

    private DetectionDrawing(List<String> classes) {
        this.classes = List.copyOf(classes);
    }

    /**
     * A drawing for these classes.
     *
     * @param classes the class names, in the order of their indices; a class keeps its colour on all images
     */
    public static DetectionDrawing of(List<String> classes) {
        return new DetectionDrawing(classes);
    }

    /** A copy of an image with detections drawn onto it; the image itself stays. Safe from several threads. */
    public Pixels draw(Pixels image, List<Detection> detections) {
        OpenCvLibrary.load();
        Mat canvas = new Mat(image.height(), image.width(), CvType.CV_8UC3);
        try {
            canvas.put(0, 0, image.rgb());
            int line = Math.max(1, (int) Math.round(Math.min(image.width(), image.height()) / 320.0));
            detections.stream()
                    .sorted(Comparator.comparingDouble(Detection::score))
                    .forEach(detection -> draw(canvas, detection, line));
            byte[] rgb = new byte[image.rgb().length];
            canvas.get(0, 0, rgb);
            return new Pixels(image.width(), image.height(), rgb);
        } finally {
            canvas.release();
        }
    }

    private void draw(Mat canvas, Detection detection, int line) {
        Scalar color = color(detection.label());
        Box box = detection.box();
        Point topLeft = new Point(Math.floor(box.x1()), Math.floor(box.y1()));
        Point bottomRight = new Point(Math.ceil(box.x2()) - 1, Math.ceil(box.y2()) - 1);
        Imgproc.rectangle(canvas, topLeft, bottomRight, new Scalar(0, 0, 0), line + 2);
        Imgproc.rectangle(canvas, topLeft, bottomRight, color, line);
        label(canvas, text(detection), topLeft, color, line);
    }

    /** The label above the box, or within it where there is no room above; moved to the left where it would run out of the image. */
    private static void label(Mat canvas, String text, Point corner, Scalar color, int line) {
        double scale = 0.35 * Math.max(1, line * 0.75);
        int[] baseline = new int[1];
        Size size = Imgproc.getTextSize(text, FONT, scale, line, baseline);
        double height = size.height + baseline[0] + 2;
        double x = Math.max(0, Math.min(corner.x, canvas.cols() - size.width - 2));
        double y = corner.y >= height ? corner.y - height : corner.y;
        Imgproc.rectangle(canvas, new Point(x, y), new Point(x + size.width + 2, y + height), color, Imgproc.FILLED);
        Imgproc.putText(
                canvas, text, new Point(x + 1, y + size.height + 1), FONT, scale, inkOn(color), line, Imgproc.LINE_AA);
    }

    /** OpenCV's letters are ASCII only; others become question marks. */
    private static String text(Detection detection) {
        String label = detection.label().replaceAll("[^\\x20-\\x7e]", "?");
        return String.format(Locale.ROOT, "%s %.2f", label, detection.score());
    }

    /** The class's colour: hues a golden angle apart, bright, so that neighbours differ however many there are. */
    private Scalar color(String label) {
        int index = Math.max(0, classes.indexOf(label));
        double hue = (30 + index * GOLDEN_ANGLE) % 360 / 60;
        return new Scalar(channel(hue + 2), channel(hue), channel(hue - 2));
    }

    /** One channel of a colour of full brightness and a saturation of 0.75, by its distance from the hue, in sixths of a circle. */
    private static double channel(double hue) {
        double sixth = (hue + 6) % 6;
        double share = Math.max(0, Math.min(1, Math.min(sixth, 4 - sixth)));
        return 255 * (0.25 + 0.75 * share);
    }

    /** Black or white, whichever stands out more. */
    private static Scalar inkOn(Scalar color) {
        double luminance = 0.299 * color.val[0] + 0.587 * color.val[1] + 0.114 * color.val[2];
        return luminance > 128 ? new Scalar(0, 0, 0) : new Scalar(255, 255, 255);
    }
}

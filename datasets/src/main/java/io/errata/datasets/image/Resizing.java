package io.errata.datasets.image;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** One image held ready to be resized several times. Close it; it owns native memory. */
public final class Resizing implements AutoCloseable {

    private final Mat image;

    private Resizing(Mat image) {
        this.image = image;
    }

    /** Takes a copy of these pixels into native memory. */
    public static Resizing of(Pixels pixels) {
        OpenCvLibrary.load();
        Mat mat = new Mat(pixels.height(), pixels.width(), CvType.CV_8UC3);
        mat.put(0, 0, pixels.rgb());
        return new Resizing(mat);
    }

    /**
     * The image resized, with a border that repeats the pixels of its edge: area averaging along the axes that shrink, bilinear
     * along those that grow.
     *
     * @return shape {@code [height + 2 · border, width + 2 · border, 3]}
     */
    public byte[] to(int width, int height, int border) {
        int cols = Math.min(width, image.cols());
        int rows = Math.min(height, image.rows());
        Mat shrunk = new Mat();
        Mat resized = new Mat();
        Mat bordered = new Mat();
        try {
            if (cols == width && rows == height) {
                resize(image, resized, width, height, Imgproc.INTER_AREA);
            } else if (cols == image.cols() && rows == image.rows()) {
                resize(image, resized, width, height, Imgproc.INTER_LINEAR);
            } else {
                // OpenCV's INTER_AREA averages nothing as soon as one axis grows
                resize(image, shrunk, cols, rows, Imgproc.INTER_AREA);
                resize(shrunk, resized, width, height, Imgproc.INTER_LINEAR);
            }
            Core.copyMakeBorder(resized, bordered, border, border, border, border, Core.BORDER_REPLICATE);
            byte[] bytes = new byte[Math.toIntExact(bordered.total() * bordered.elemSize())];
            bordered.get(0, 0, bytes);
            return bytes;
        } finally {
            shrunk.release();
            resized.release();
            bordered.release();
        }
    }

    private static void resize(Mat from, Mat to, int width, int height, int interpolation) {
        Imgproc.resize(from, to, new Size(width, height), 0, 0, interpolation);
    }

    @Override
    public void close() {
        image.release();
    }
}

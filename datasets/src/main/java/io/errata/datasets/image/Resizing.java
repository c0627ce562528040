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
     * The image resized, with a border that repeats the pixels of its edge: area averaging where it shrinks, bilinear where it grows.
     *
     * @return shape {@code [height + 2 · border, width + 2 · border, 3]}
     */
    public byte[] to(int width, int height, int border) {
        Mat resized = new Mat();
        Mat bordered = new Mat();
        try {
            boolean shrinks = (long) width * height < (long) image.cols() * image.rows();
            Imgproc.resize(
                    image, resized, new Size(width, height), 0, 0, shrinks ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR);
            Core.copyMakeBorder(resized, bordered, border, border, border, border, Core.BORDER_REPLICATE);
            byte[] bytes = new byte[Math.toIntExact(bordered.total() * bordered.elemSize())];
            bordered.get(0, 0, bytes);
            return bytes;
        } finally {
            resized.release();
            bordered.release();
        }
    }

    @Override
    public void close() {
        image.release();
    }
}

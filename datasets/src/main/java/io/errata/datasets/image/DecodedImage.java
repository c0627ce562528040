package io.errata.datasets.image;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * One decoded image in native memory, three bytes a pixel, to be resized as a whole or in parts. Safe to use from several threads until
 * it is closed.
 */
public final class DecodedImage implements AutoCloseable {

    private final Mat image;
    /** Whether the channels are blue, green and red, as OpenCV decodes them, instead of red, green and blue. */
    private final boolean bgr;

    private DecodedImage(Mat image, boolean bgr) {
        this.image = image;
        this.bgr = bgr;
    }

    /** Takes a copy of these pixels into native memory. */
    public static DecodedImage of(Pixels pixels) {
        OpenCvLibrary.load();
        Mat mat = new Mat(pixels.height(), pixels.width(), CvType.CV_8UC3);
        mat.put(0, 0, pixels.rgb());
        return new DecodedImage(mat, false);
    }

    /** Takes over an image of one, three or four channels of bytes, as OpenCV decodes them. */
    static DecodedImage ofBgr(Mat image) {
        switch (image.channels()) {
            case 1 -> Imgproc.cvtColor(image, image, Imgproc.COLOR_GRAY2BGR);
            case 4 -> Imgproc.cvtColor(image, image, Imgproc.COLOR_BGRA2BGR);
            default -> {} // blue, green and red already
        }
        return new DecodedImage(image, true);
    }

    /** The same pixels, not a copy, good until it is closed itself, whenever this one is. */
    public DecodedImage shared() {
        return new DecodedImage(image.rowRange(0, image.rows()), bgr);
    }

    public int width() {
        return image.cols();
    }

    public int height() {
        return image.rows();
    }

    /** The native memory that an image of this size takes, in bytes. */
    public static long bytes(int width, int height) {
        return 3L * width * height;
    }

    /** A copy of the pixels as they are. */
    public Pixels pixels() {
        return new Pixels(width(), height(), rgb(image));
    }

    /**
     * The image resized, with a border that repeats the pixels of its edge: area averaging along the axes that shrink, bilinear
     * along those that grow.
     *
     * @return shape {@code [height + 2 · border, width + 2 · border, 3]}, red, green and blue
     */
    public byte[] resized(int width, int height, int border) {
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
            return rgb(bordered);
        } finally {
            shrunk.release();
            resized.release();
            bordered.release();
        }
    }

    private static void resize(Mat from, Mat to, int width, int height, int interpolation) {
        Imgproc.resize(from, to, new Size(width, height), 0, 0, interpolation);
    }

    /** The bytes of an image whose channels are in this one's order. */
    private byte[] rgb(Mat image) {
        byte[] bytes = new byte[Math.toIntExact(image.total() * image.elemSize())];
        image.get(0, 0, bytes);
        if (bgr) {
            swapRedAndBlue(bytes);
        }
        return bytes;
    }

    /**
     * The same pixels as a region of {@link #resized(int, int, int)} has, to the last bit, at a cost that goes with the region.
     *
     * @param region in pixels of the resized image with its border, within it
     * @return shape {@code [region.height(), region.width(), 3]}, red, green and blue
     */
    public byte[] resized(int width, int height, int border, Region region) {
        byte[] bytes =
                new RegionResizer(image::get, image.cols(), image.rows(), width, height).withBorder(border, region);
        if (bgr) {
            swapRedAndBlue(bytes);
        }
        return bytes;
    }

    /** Cuts boxes out of this image, which must stay open meanwhile; the caller closes it. */
    public ImageCrops crops() {
        return new ImageCrops(image, bgr);
    }

    private static void swapRedAndBlue(byte[] pixels) {
        for (int i = 0; i < pixels.length; i += 3) {
            byte first = pixels[i];
            pixels[i] = pixels[i + 2];
            pixels[i + 2] = first;
        }
    }

    @Override
    public void close() {
        image.release();
    }
}

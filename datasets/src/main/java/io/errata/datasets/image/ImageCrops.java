package io.errata.datasets.image;

import io.errata.core.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Cuts any boxes out of a decoded image, each stretched to a square of pixels: bilinear, out of the image halved as often as the box is
 * larger than that square (Williams 1983, "Pyramidal parametrics"), so that nothing is skipped. The halved images are made when they are
 * first needed and take a third of the image's memory at most. Safe to use from several threads; close it before the image.
 */
public final class ImageCrops implements AutoCloseable {

    /** Pixels about a crop that its interpolation may reach. */
    private static final int MARGIN = 2;
    /** A crop may be this much larger than its square before it is taken from a smaller image. */
    private static final double MOST_SHRUNK = 2;

    private final boolean bgr;
    /** The image, then halved again and again. */
    private final List<Mat> levels = new ArrayList<>();

    /** @param image stays the caller's, and open until this is closed */
    ImageCrops(Mat image, boolean bgr) {
        this.bgr = bgr;
        levels.add(image);
    }

    /**
     * Cuts out a box.
     *
     * @param box in pixels of the image; pixels beyond the image repeat those of its edge. A side of less than a pixel counts as one
     * @param side of the square in pixels
     * @param target shape {@code [side, side, channels]} from {@code offset} on; three channels of each pixel become red, green and blue
     * @param offset of the first byte that is written
     * @param channels bytes from one pixel to the next, at least 3
     */
    public void cut(Box box, int side, byte[] target, int offset, int channels) {
        double width = Math.max(1, box.width());
        double height = Math.max(1, box.height());
        double x = (box.x1() + box.x2() - width) / 2;
        double y = (box.y1() + box.y2() - height) / 2;
        Mat level = level(Math.sqrt(width * height) / side);
        double scaleX = (double) level.cols() / levels.get(0).cols();
        double scaleY = (double) level.rows() / levels.get(0).rows();
        byte[] cut = cut(level, x * scaleX, y * scaleY, width * scaleX, height * scaleY, side);
        int red = bgr ? 2 : 0;
        for (int from = 0, to = offset; from < cut.length; from += 3, to += channels) {
            target[to] = cut[from + red];
            target[to + 1] = cut[from + 1];
            target[to + 2] = cut[from + 2 - red];
        }
    }

    private static byte[] cut(Mat level, double x, double y, double width, double height, int side) {
        int left = clamp(x - MARGIN, 0, level.cols() - 1);
        int top = clamp(y - MARGIN, 0, level.rows() - 1);
        int right = clamp(x + width + MARGIN + 1, left + 1, level.cols());
        int bottom = clamp(y + height + MARGIN + 1, top + 1, level.rows());
        double stepX = width / side;
        double stepY = height / side;
        Mat transform = new Mat(2, 3, CvType.CV_64F);
        Mat cut = new Mat();
        Mat part = level.submat(new Rect(left, top, right - left, bottom - top));
        try {
            transform.put(0, 0, stepX, 0, x + stepX / 2 - 0.5 - left, 0, stepY, y + stepY / 2 - 0.5 - top);
            Imgproc.warpAffine(
                    part,
                    cut,
                    transform,
                    new Size(side, side),
                    Imgproc.INTER_LINEAR | Imgproc.WARP_INVERSE_MAP,
                    Core.BORDER_REPLICATE);
            byte[] bytes = new byte[side * side * 3];
            cut.get(0, 0, bytes);
            return bytes;
        } finally {
            part.release();
            cut.release();
            transform.release();
        }
    }

    private static int clamp(double value, int least, int most) {
        return (int) Math.min(Math.max(Math.floor(value), least), most);
    }

    /** The image halved until something so many times as large as its square is hardly larger any more. */
    private synchronized Mat level(double shrunk) {
        int index = 0;
        for (double rest = shrunk; rest > MOST_SHRUNK; rest /= 2) {
            if (index + 1 == levels.size()) {
                Mat last = levels.get(index);
                if (last.cols() < 2 || last.rows() < 2) {
                    break;
                }
                Mat halved = new Mat();
                Size size = new Size(half(last.cols()), half(last.rows()));
                Imgproc.resize(last, halved, size, 0, 0, Imgproc.INTER_AREA);
                levels.add(halved);
            }
            index++;
        }
        return levels.get(index);
    }

    private static int half(int side) {
        return (side + 1) / 2;
    }

    @Override
    public synchronized void close() {
        levels.subList(1, levels.size()).forEach(Mat::release);
    }
}

package io.errata.datasets.image;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Makes bytes of the samples of a decoded image that has others. Transparency, the fourth channel, may have any value. */
final class EightBits {

    private static final int COLOURS = 3;
    private static final int WHITE = 255;
    /** By how much a fraction may lie outside, as computed ones do. */
    private static final double ROUNDING = 1e-5;

    private EightBits() {}

    /**
     * The same picture in bytes; the caller releases it.
     *
     * @param bits how many of 16 bits are used
     * @throws UnusableSamplesException if a sample lies outside the range that is read
     */
    static Mat of(Mat image, Samples samples, int bits) throws UnusableSamplesException {
        Mat bytes = new Mat(image.rows(), image.cols(), CvType.CV_8UC(image.channels()));
        try {
            switch (image.depth()) {
                case CvType.CV_8U -> image.copyTo(bytes);
                case CvType.CV_16U -> shift(image, bytes, bits);
                case CvType.CV_32F, CvType.CV_64F -> scale(image, bytes, samples);
                default ->
                    throw new UnusableSamplesException("samples of an image must be numbers that are read, found "
                            + CvType.typeToString(image.type()) + "; store it as unsigned integers of 8 or 16 bits");
            }
            if (samples.whiteIsZero()) {
                Core.bitwise_not(bytes, bytes);
            }
            return bytes;
        } catch (UnusableSamplesException e) {
            bytes.release();
            throw e;
        }
    }

    /** The largest sample of an image of 16 bits. */
    static int largest(Mat image) {
        short[] row = new short[image.cols() * image.channels()];
        int largest = 0;
        for (int y = 0; y < image.rows(); y++) {
            image.get(y, 0, row);
            for (int i = 0; i < row.length; i++) {
                largest = isColour(i, image.channels()) ? Math.max(largest, row[i] & 0xFFFF) : largest;
            }
        }
        return largest;
    }

    private static void shift(Mat image, Mat bytes, int bits) throws UnusableSamplesException {
        short[] row = new short[image.cols() * image.channels()];
        byte[] shifted = new byte[row.length];
        for (int y = 0; y < image.rows(); y++) {
            image.get(y, 0, row);
            for (int i = 0; i < row.length; i++) {
                int sample = row[i] & 0xFFFF;
                if (sample >> bits != 0 && isColour(i, image.channels())) {
                    throw new UnusableSamplesException("samples of " + bits + " bits must be at most "
                            + ((1 << bits) - 1) + ", found " + sample + " in row " + y
                            + "; say that there are more bits");
                }
                shifted[i] = (byte) (sample >> (bits - 8));
            }
            bytes.put(y, 0, shifted);
        }
    }

    private static void scale(Mat image, Mat bytes, Samples samples) throws UnusableSamplesException {
        Mat line = new Mat();
        try {
            double[] row = new double[image.cols() * image.channels()];
            byte[] scaled = new byte[row.length];
            for (int y = 0; y < image.rows(); y++) {
                image.row(y).convertTo(line, CvType.CV_64F);
                line.get(0, 0, row);
                for (int i = 0; i < row.length; i++) {
                    if (!(row[i] >= -ROUNDING && row[i] <= 1 + ROUNDING) && isColour(i, image.channels())) {
                        throw new UnusableSamplesException("samples that are " + samples
                                + " must be from 0 (black) to 1 (white), found " + (float) row[i] + " in row " + y
                                + "; store it as unsigned integers of 8 or 16 bits");
                    }
                    scaled[i] = (byte) Math.round(WHITE * row[i]);
                }
                bytes.put(y, 0, scaled);
            }
        } finally {
            line.release();
        }
    }

    private static boolean isColour(int index, int channels) {
        return channels <= COLOURS || index % channels < COLOURS;
    }
}

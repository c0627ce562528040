package io.errata.datasets.image;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.stream.FileImageInputStream;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * An image in a file: JPEG, PNG, WebP, BMP or TIFF. Grey becomes three equal channels, transparency is dropped, 16 bits become 8,
 * and an EXIF rotation is applied: the result of {@link #size} and the pixels agree. Nothing is kept between calls.
 *
 * @param path the file
 * @param maxPixels the most pixels that the image may declare; a larger one is refused before it is decoded
 */
public record ImageFile(Path path, long maxPixels) implements ImageSource {

    /** The most pixels an image may declare where nothing else is said. */
    public static final long MAX_PIXELS = 200_000_000;

    private static final long MAX_BYTES = 1L << 30;
    private static final Pattern ENDING = Pattern.compile("(?i)\\.(jpe?g|jpe|png|webp|bmp|tiff?)$");

    public ImageFile {
        requireNonNull(path, "path");
    }

    /** A file of at most {@value #MAX_PIXELS} pixels. */
    public ImageFile(Path path) {
        this(path, MAX_PIXELS);
    }

    /** Whether a file of this name would be an image, by its ending and in any case of letters. */
    public static boolean isImageName(String name) {
        return ENDING.matcher(name).find();
    }

    /** The name without the ending of an image; other dots stay ({@code a.mp4_t_3.jpg} gives {@code a.mp4_t_3}). */
    public static String withoutEnding(String name) {
        return ENDING.matcher(name).replaceFirst("");
    }

    /**
     * How large the image is, from the header alone.
     *
     * @throws InvalidInputException if there is no such file ({@code missing-image}), it is no image ({@code unreadable-image}),
     *     or it has more than {@value #MAX_PIXELS} pixels ({@code image-too-large})
     */
    public static ImageSize size(Path path) {
        return size(path, MAX_PIXELS);
    }

    /** The same for an image of at most {@code maxPixels} pixels. */
    public static ImageSize size(Path path, long maxPixels) {
        ImageHeader header = header(path, maxPixels);
        return new ImageSize(header.width(), header.height());
    }

    /** The absolute path, so that a file is the same however it is named. */
    @Override
    public Object identity() {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Decodes the file.
     *
     * @throws InvalidInputException as {@link #size} does, and {@code unreadable-image} if the file is cut short or damaged
     */
    @Override
    public Pixels read() {
        ImageHeader header = header(path, maxPixels);
        byte[] bytes;
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw problem(
                        path, "image-too-large", "image file must be at most 1 GiB; leave it out or store it smaller");
            }
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(path, "cannot be read (" + e + ")");
        }
        if (!header.isWhole(bytes)) {
            throw unreadable(path, "is cut short");
        }
        Pixels pixels = decode(bytes);
        if (pixels.width() != header.width() || pixels.height() != header.height()) {
            throw unreadable(
                    path,
                    "its header says " + header.width() + " × " + header.height() + ", its pixels " + pixels.width()
                            + " × " + pixels.height());
        }
        return pixels;
    }

    /**
     * Writes an image, PNG or JPEG (quality 95) by the ending of the name, first aside and then renamed, so that no half-written
     * file is ever seen under that name. Missing folders are made.
     *
     * @throws InvalidInputException if the ending is neither {@code .png}, {@code .jpg} nor {@code .jpeg}
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Pixels pixels, Path path) {
        String name = fileName(path);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!ending.equals("png") && !ending.equals("jpg") && !ending.equals("jpeg")) {
            throw problem(
                    path, "unsupported-image-format", "image name must end in .png, .jpg or .jpeg, found " + name);
        }
        byte[] encoded = encode(pixels, "." + ending);
        Path folder = path.toAbsolutePath().getParent();
        try {
            Files.createDirectories(requireNonNull(folder, "folder"));
            Path aside = folder.resolve("." + name + "." + UUID.randomUUID());
            try {
                Files.write(aside, encoded);
                Files.move(aside, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageHeader header(Path path, long maxPixels) {
        if (!Files.isRegularFile(path)) {
            throw problem(path, "missing-image", "image file must exist; put it there or correct its name");
        }
        try (FileImageInputStream in = new FileImageInputStream(path.toFile())) {
            ImageHeader header = ImageHeader.read(in);
            if (header.width() <= 0 || header.height() <= 0) {
                throw unreadable(path, "declares a size of " + header.width() + " × " + header.height());
            }
            if ((long) header.width() * header.height() > maxPixels) {
                throw problem(
                        path,
                        "image-too-large",
                        "image must have at most " + maxPixels / 1_000_000 + " megapixels, found " + header.width()
                                + " × " + header.height() + "; cut it into pieces");
            }
            return header;
        } catch (InvalidInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the JDK's readers are not hardened against damaged files
            throw unreadable(
                    path, "is empty, cut short or no image (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Pixels decode(byte[] bytes) {
        OpenCvLibrary.load();
        MatOfByte encoded = new MatOfByte(bytes);
        try {
            return pixels(Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR));
        } catch (CvException e) {
            throw unreadable(path, "cannot be decoded");
        } finally {
            encoded.release();
        }
    }

    /** Copies the pixels out of a decoded image, in OpenCV's order of channels, and releases it. */
    private Pixels pixels(Mat image) {
        try {
            if (image.empty()) {
                throw unreadable(path, "cannot be decoded");
            }
            Imgproc.cvtColor(image, image, Imgproc.COLOR_BGR2RGB);
            byte[] rgb = new byte[Math.toIntExact(3 * image.total())];
            image.get(0, 0, rgb);
            return new Pixels(image.cols(), image.rows(), rgb);
        } finally {
            image.release();
        }
    }

    private static byte[] encode(Pixels pixels, String ending) {
        OpenCvLibrary.load();
        Mat image = new Mat(pixels.height(), pixels.width(), CvType.CV_8UC3);
        MatOfByte encoded = new MatOfByte();
        try {
            image.put(0, 0, pixels.rgb());
            Imgproc.cvtColor(image, image, Imgproc.COLOR_RGB2BGR);
            Imgcodecs.imencode(ending, image, encoded);
            return encoded.toArray();
        } finally {
            image.release();
            encoded.release();
        }
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static InvalidInputException unreadable(Path path, String found) {
        return problem(
                path,
                "unreadable-image",
                "image must be a whole JPEG, PNG, WebP, BMP or TIFF file, but " + found
                        + "; replace it or leave it out");
    }

    private static InvalidInputException problem(Path path, String kind, String text) {
        return new InvalidInputException(Problem.inFile(path.toString(), kind, text));
    }
}

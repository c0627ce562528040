package io.errata.datasets.image;

import static java.util.Objects.requireNonNull;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.stream.FileImageInputStream;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * An image in a file: JPEG, PNG, WebP, BMP or TIFF, whatever its name. Grey becomes three equal channels, transparency is dropped, of
 * 16 bits the upper eight of those used are taken, fractions of white become bytes, and an EXIF rotation is applied: the result of
 * {@link #size} and the pixels agree. Nothing is kept between calls.
 *
 * @param path the file
 * @param maxPixels the most pixels that the image may declare; a larger one is refused before it is decoded
 * @param bits how many of 16 bits are used by an image whose samples have 16, from 8 to 16; has no effect on others
 */
public record ImageFile(Path path, long maxPixels, int bits) implements ImageSource {

    /** The most pixels an image may declare where nothing else is said. */
    public static final long MAX_PIXELS = 200_000_000;

    /** As many bits as the samples of any image have. */
    public static final int ALL_BITS = 16;

    /** As few bits as may be used of them. */
    public static final int FEWEST_BITS = 8;

    private static final int MAX_SIDE = 1_000_000;
    private static final long MAX_BYTES = 1L << 30;
    private static final Pattern ENDING = Pattern.compile("(?i)\\.(jpe?g|jpe|jfif|pjpe?g|pjp|png|webp|bmp|dib|tiff?)$");

    public ImageFile {
        requireNonNull(path, "path");
        ArgumentChecks.check(bits >= FEWEST_BITS && bits <= ALL_BITS, "bits", "must be in [8, 16]", bits);
    }

    /** A file of at most {@code maxPixels} pixels, whose samples use all of their bits. */
    public ImageFile(Path path, long maxPixels) {
        this(path, maxPixels, ALL_BITS);
    }

    /** A file of at most {@value #MAX_PIXELS} pixels, whose samples use all of their bits. */
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
     *     its samples are none that are read ({@code unsupported-samples}), or it has more than {@value #MAX_PIXELS} pixels
     *     ({@code image-too-large})
     */
    public static ImageSize size(Path path) {
        return size(path, MAX_PIXELS);
    }

    /** The same for an image of at most {@code maxPixels} pixels. */
    public static ImageSize size(Path path, long maxPixels) {
        return form(path, maxPixels).size();
    }

    /** How an image of at most {@code maxPixels} pixels is stored, from the header alone; throws as {@link #size} does. */
    public static ImageForm form(Path path, long maxPixels) {
        ImageHeader header = header(path, maxPixels);
        return new ImageForm(
                new ImageSize(header.width(), header.height()), header.samples().isSixteenBits());
    }

    /** The absolute path, so that a file is the same however it is named. */
    @Override
    public Object identity() {
        return path.toAbsolutePath().normalize();
    }

    /** When the file was written and how long it is; whatever it is while it is gone. */
    @Override
    public Object state() {
        try {
            return List.of(Files.getLastModifiedTime(path), Files.size(path));
        } catch (IOException e) {
            return path;
        }
    }

    /**
     * Decodes the file.
     *
     * @throws InvalidInputException as {@link #size} does, {@code unreadable-image} if the file is cut short or damaged, and
     *     {@code unsupported-samples} if a sample has more bits than are to be read, or is no fraction of white
     */
    @Override
    public Pixels read() {
        try (DecodedImage image = decode()) {
            return image.pixels();
        }
    }

    /** Decodes the file, once, into native memory; throws as {@link #read} does. */
    @Override
    public DecodedImage decode() {
        ImageHeader header = header(path, maxPixels);
        boolean raw = header.samples().areRaw() || isNarrow(header);
        Mat image = decode(header, raw);
        try {
            if (raw) {
                Mat samples = image;
                try {
                    image = eightBits(samples, header);
                } finally {
                    samples.release();
                }
            }
            header.orientation().apply(image);
            return DecodedImage.ofBgr(image);
        } catch (RuntimeException e) {
            image.release();
            throw e;
        }
    }

    /**
     * How many of the 16 bits of its samples this image uses; 16 where it has others, or where that cannot be told.
     *
     * @throws InvalidInputException as {@link #read} does
     */
    public int usedBits() {
        ImageHeader header = header(path, maxPixels);
        if (!header.samples().isSixteenBits() || !header.samples().plain()) {
            return ALL_BITS;
        }
        Mat image = decode(header, true);
        try {
            return image.depth() == CvType.CV_16U
                    ? Integer.SIZE - Integer.numberOfLeadingZeros(EightBits.largest(image))
                    : ALL_BITS;
        } finally {
            image.release();
        }
    }

    private boolean isNarrow(ImageHeader header) {
        return bits < ALL_BITS && header.samples().isSixteenBits();
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
        } catch (FileSystemException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) { // of a full disk Java says only that it is full
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    private static ImageHeader header(Path path, long maxPixels) {
        if (!Files.isRegularFile(path)) {
            throw problem(
                    path,
                    "missing-image",
                    Files.isDirectory(path)
                            ? "image must be a file, found a folder; name a file in it"
                            : Files.exists(path)
                                    ? "image must be a file, found a pipe or a device; copy the image into a file"
                                    : "image file must exist; put it there or correct its name");
        }
        try (FileImageInputStream in = new FileImageInputStream(path.toFile())) {
            ImageHeader header = ImageHeader.read(in);
            header.samples().refusal().ifPresent(refusal -> {
                throw problem(path, "unsupported-samples", refusal);
            });
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
            if (Math.max(header.width(), header.height()) > MAX_SIDE) {
                throw problem(
                        path,
                        "image-too-large",
                        "image must be at most " + MAX_SIDE + " pixels wide and high, found " + header.width() + " × "
                                + header.height() + "; cut it into pieces");
            }
            return header;
        } catch (InvalidInputException e) {
            throw e;
        } catch (UnsupportedImageException e) {
            throw unreadable(path, e.what());
        } catch (IOException | RuntimeException e) { // the JDK's readers are not hardened against damaged files
            throw unreadable(path, foreign(path));
        }
    }

    /** What a file is that has no header of an image. */
    private static String foreign(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] first = in.readNBytes(ForeignFile.BYTES);
            if (first.length == 0) {
                return "is empty";
            }
            Matcher ending = ENDING.matcher(fileName(path));
            return ForeignFile.named(first)
                    .map(name -> "is " + name + (ending.find() ? ", named " + ending.group() : ""))
                    .orElse("is damaged, cut short or no image");
        } catch (IOException e) {
            return "cannot be read (" + e.getMessage() + ")";
        }
    }

    /** The bytes that the decoder needs, checked as far as it would only complain on the terminal. */
    private byte[] bytes(ImageHeader header) {
        if (header.extract().length() > MAX_BYTES) {
            throw problem(
                    path, "image-too-large", "image file must be at most 1 GiB; leave it out or store it smaller");
        }
        byte[] bytes;
        try {
            bytes = header.extract().read(path);
        } catch (IOException e) {
            throw unreadable(path, "cannot be read (" + e + ")");
        }
        if (!header.isWhole(bytes)) {
            throw unreadable(path, "is cut short");
        }
        if (header.format() == ImageHeader.Format.PNG) {
            PngPixels.damage(bytes).ifPresent(what -> {
                throw unreadable(path, "is damaged (" + what + ")");
            });
        }
        return bytes;
    }

    /** The decoded image, not turned yet, in bytes of blue, green and red, or raw. */
    private Mat decode(ImageHeader header, boolean raw) {
        byte[] bytes = bytes(header);
        OpenCvLibrary.load();
        MatOfByte encoded = new MatOfByte(bytes);
        try {
            Mat image = Imgcodecs.imdecode(
                    encoded,
                    raw ? Imgcodecs.IMREAD_UNCHANGED : Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION);
            if (image.empty()) {
                throw undecodable(header);
            }
            if (image.cols() != header.storedWidth() || image.rows() != header.storedHeight()) {
                String found = image.cols() + " × " + image.rows();
                image.release();
                throw unreadable(
                        path,
                        "its header says " + header.storedWidth() + " × " + header.storedHeight() + ", its pixels "
                                + found);
            }
            return image;
        } catch (CvException e) {
            throw undecodable(header);
        } finally {
            encoded.release();
        }
    }

    private InvalidInputException undecodable(ImageHeader header) {
        return unreadable(
                path,
                "cannot be decoded ("
                        + (header.format() == ImageHeader.Format.TIFF
                                ? "TIFF of compression " + header.compression() + ", " + header.samples()
                                : header.format().name())
                        + ")");
    }

    private Mat eightBits(Mat image, ImageHeader header) {
        if (isNarrow(header)
                && (image.depth() != CvType.CV_16U || !header.samples().plain())) {
            throw problem(
                    path,
                    "unsupported-samples",
                    "samples of an image of which " + bits + " bits are to be read must be grey, or red, green and"
                            + " blue, found others; store it as one of these");
        }
        try {
            return EightBits.of(image, header.samples(), isNarrow(header) ? bits : ALL_BITS);
        } catch (UnusableSamplesException e) {
            throw problem(path, "unsupported-samples", e.problem());
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

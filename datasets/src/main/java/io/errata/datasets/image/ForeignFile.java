package io.errata.datasets.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what a file is that is no image which Errata reads, by its first bytes, as a message says it: {@code a GIF}. */
final class ForeignFile {

    /** How many bytes are enough. */
    static final int BYTES = 132;

    private static final List<Mark> MARKS = List.of(
            new Mark(0, "GIF8", "a GIF"),
            new Mark(0, "8BPS", "a Photoshop document"),
            new Mark(0, "\0\0\0\fjP  ", "a JPEG 2000"),
            new Mark(0, "\u00FFO\u00FFQ", "a JPEG 2000"),
            new Mark(0, "\0\0\0\fJXL ", "a JPEG XL"),
            new Mark(0, "\u00FF\n", "a JPEG XL"),
            new Mark(0, "II\u00BC", "a JPEG XR"),
            new Mark(0, "v/1\u0001", "an OpenEXR"),
            new Mark(0, "#?RADIANCE", "a Radiance HDR"),
            new Mark(0, "%PDF", "a PDF"),
            new Mark(0, "DDS ", "a DDS"),
            new Mark(0, "\0\0\u0001\0", "an icon"),
            new Mark(128, "DICM", "a DICOM"),
            new Mark(0, "\u0093NUMPY", "a NumPy array"),
            new Mark(0, "\u0089HDF", "an HDF5"),
            new Mark(0, "PK\u0003\u0004", "a ZIP archive"),
            new Mark(0, "\u001F\u008B", "a gzip archive"),
            new Mark(0, "<svg", "an SVG"),
            new Mark(0, "<!DOCTYPE html", "a web page"),
            new Mark(0, "<html", "a web page"),
            new Mark(0, "<?xml", "an XML"),
            new Mark(0, "version https://git-lfs", "a pointer of Git LFS, not the file itself"));

    private ForeignFile() {}

    /** What a file with these first bytes is; empty where that is not known. */
    static Optional<String> named(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (text.startsWith("ftyp", 4)) {
            return Optional.of(boxed(text.substring(8, Math.min(text.length(), 32))));
        }
        if (text.length() > 2
                && text.charAt(0) == 'P'
                && "1234567".indexOf(text.charAt(1)) >= 0
                && text.charAt(2) <= ' ') {
            return Optional.of("a PNM");
        }
        return MARKS.stream()
                .filter(mark -> text.regionMatches(true, mark.at, mark.bytes, 0, mark.bytes.length()))
                .map(Mark::name)
                .findFirst();
    }

    /** What a file of boxes is, by its brands: a film, or a picture of a film's codec. */
    private static String boxed(String brands) {
        String lower = brands.toLowerCase(Locale.ROOT);
        if (lower.contains("avif") || lower.contains("avis")) {
            return "an AVIF";
        }
        boolean heif = Arrays.stream(new String[] {"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"})
                .anyMatch(lower::contains);
        return heif ? "a HEIC" : "a film";
    }

    private record Mark(int at, String bytes, String name) {}
}

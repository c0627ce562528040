package io.errata.datasets.format;

import java.nio.file.Path;
import java.util.List;

/**
 * The image file that a name in an annotation means.
 *
 * @param said the name as it is written
 * @param path the file, which may be missing: then it is where it was to be
 * @param name the image's name: as it is written where there is such a file, else the path of the file that was found, with {@code /}
 * @param rivals all files that are meant as well as the first, if there are several; else none
 * @param shortened whether the file was found by the last parts of the name alone, as it is the path of another machine
 */
record NamedFile(String said, Path path, String name, List<Path> rivals, boolean shortened) {

    /** A file that nothing needs to be said about. */
    static NamedFile of(String said, Path path, String name) {
        return new NamedFile(said, path, name, List.of(), false);
    }

    /** Whether the image is wanted, and there is one file that its name means; if there are two, a problem is reported. */
    boolean isToBeRead(SourceLocation place, ReadingBuilder builder) {
        boolean asSaid = builder.wants(said); // both are asked, as a list of images may have either
        boolean wanted = builder.wants(name) || asSaid;
        if (wanted && !rivals.isEmpty()) {
            builder.report(
                    place,
                    "ambiguous-name",
                    "name of an image must mean one file, found " + said + ", which can be " + rivals.get(0) + " or "
                            + rivals.get(1) + "; write the name as its file is called");
        } else if (wanted && shortened) {
            builder.note(
                    "names-by-last-part",
                    "images are named by paths of another machine; they are found by the last parts of these paths");
        }
        return wanted && rivals.isEmpty();
    }
}

package io.errata.datasets.image;

/** Where an image's pixels come from: a file, or a program that draws them. Safe to use from several threads. */
@FunctionalInterface
public interface ImageSource {

    /**
     * Reads or draws the image, anew at every call.
     *
     * @throws io.errata.core.problem.InvalidInputException if it cannot be read
     */
    Pixels read();

    /**
     * The same in native memory, ready to be resized; the caller closes it.
     *
     * @throws io.errata.core.problem.InvalidInputException if it cannot be read
     */
    default DecodedImage decode() {
        return DecodedImage.of(read());
    }

    /** Equal as long as {@link #read} gives the same image: the time and size of a file, say. */
    default Object state() {
        return identity();
    }

    /** Equal for two sources exactly where they are the same file, or drawn by the same program. */
    default Object identity() {
        return this;
    }
}

package io.errata.datasets.image;

import java.util.Optional;

/**
 * What the numbers are that a picture is stored in.
 *
 * @param bits of each number
 * @param type what they stand for
 * @param whiteIsZero whether 0 is white
 * @param plain whether they are grey, or red, green and blue, and not the numbers of a palette or of printing inks
 */
record Samples(int bits, Type type, boolean whiteIsZero, boolean plain) {

    /** What a number stands for. */
    enum Type {
        UNSIGNED("unsigned integers"),
        SIGNED("signed integers"),
        FLOATING("floating-point numbers"),
        COMPLEX("complex numbers");

        private final String words;

        Type(String words) {
            this.words = words;
        }
    }

    /** Unsigned numbers of grey, or of red, green and blue. */
    static Samples unsigned(int bits) {
        return new Samples(bits, Type.UNSIGNED, false, true);
    }

    /** Whether each is stored in 16 bits, of which a camera may use fewer. */
    boolean isSixteenBits() {
        return bits == 16 && type == Type.UNSIGNED;
    }

    /** Whether a decoder gives them as they are, and they become bytes here. */
    boolean areRaw() {
        return type == Type.FLOATING || (bits > 8 && bits < 16);
    }

    /** Why they cannot be read; empty where they can. */
    Optional<String> refusal() {
        boolean readable = switch (type) {
            case UNSIGNED -> bits <= 16;
            case FLOATING -> bits == 32 || bits == 64;
            case SIGNED, COMPLEX -> false;
        };
        return readable
                ? Optional.empty()
                : Optional.of(
                        "samples of an image must be unsigned integers of at most 16 bits, or floating-point numbers of"
                                + " 32 or 64 bits from 0 to 1, found " + this
                                + "; store it as unsigned integers of 8 or 16 bits");
    }

    @Override
    public String toString() {
        return type.words + " of " + bits + " bits";
    }
}

package io.errata.core.mixing;

/** What a patch of a batch is before it is mixed. */
public enum Role {
    /** Frames an object. */
    POSITIVE,
    /** Frames none. */
    BACKGROUND,
    /** Weighs nothing in the loss: it neither gives nor receives. */
    IGNORED
}

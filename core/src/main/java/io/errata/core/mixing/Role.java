package io.errata.core.mixing;

/** What a patch of a batch is before it is mixed. */
public enum Role {
    /** Frames an object. */
    POSITIVE,
    /** Frames no object. */
    BACKGROUND,
    /** Has weight 0 in the loss; is not mixed. */
    IGNORED
}

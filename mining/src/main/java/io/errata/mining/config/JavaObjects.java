package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code java}: what a run was given as objects in Java, in words, so that its configuration hides nothing and a resume with
 * other objects is refused. Written by a run, never by a person; a run on the command line has none.
 *
 * @param data the images that were trained and validated on; {@code null} for those that the section {@code data} names
 * @param windows the window geometry; {@code null} for one that follows from the section {@code windows}
 * @param loss the loss of the classes; {@code null} for the one that the section {@code loss} names
 * @param policy the mining policy; {@code null} for the one that {@code mining.policy} names
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JavaObjects(
        @Nullable String data,
        @Nullable String windows,
        @Nullable String loss,
        @Nullable String policy) {

    /** The placeholder of {@code data.train} where the images came as objects. */
    public static final String DATA = "java";

    /** Nothing was given as an object. */
    public static JavaObjects none() {
        return new JavaObjects(null, null, null, null);
    }

    /** Leaves the section out where there is nothing in it. */
    static final class Omission {

        @Override
        public boolean equals(@Nullable Object other) {
            return none().equals(other);
        }

        @Override
        public int hashCode() {
            return none().hashCode();
        }
    }
}

package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A section that is one of several types, named by one of its keys: a sealed interface of records, whose
 * {@code @JsonSubTypes} name them.
 *
 * @param cases the names and the records
 */
record Choice(List<JsonSubTypes.Type> cases) {

    /** The key that names the type. */
    static final String KEY = "type";

    /** The choice that a record is one of, if it is. */
    static Optional<Choice> of(Object settings) {
        return Stream.of(settings.getClass().getInterfaces())
                .filter(type -> type.isAnnotationPresent(JsonSubTypes.class))
                .map(type -> new Choice(
                        List.of(type.getAnnotation(JsonSubTypes.class).value())))
                .findFirst();
    }

    List<String> names() {
        return cases.stream().map(JsonSubTypes.Type::name).toList();
    }

    /** The defaults of the type of this name. */
    Optional<Object> defaults(String name) {
        return cases.stream()
                .filter(type -> type.name().equals(name))
                .map(Choice::defaults)
                .findFirst();
    }

    /** The defaults of each type. */
    List<Object> all() {
        return cases.stream().map(Choice::defaults).toList();
    }

    private static Object defaults(JsonSubTypes.Type type) {
        try {
            return type.value().getMethod("defaults").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.value() + " must have a static method defaults()", e);
        }
    }
}

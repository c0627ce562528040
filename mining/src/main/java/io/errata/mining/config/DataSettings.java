package io.errata.mining.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.errata.core.problem.ArgumentChecks;
import io.errata.datasets.ClassMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Section {@code data}: where the annotated images come from.
 *
 * <p>A SPEC says where a data set lies, such as {@code voc:DIR:trainval}; see {@link io.errata.datasets.format.DatasetSpec}.
 *
 * @param train the SPEC, or a list of them, trained on. The only setting without a default
 * @param validation the SPEC, or a list of them, that chooses the best round; default none, and then {@code split} holds images of
 *     {@code train} out
 * @param split which images of {@code train} are held out where {@code validation} is empty
 * @param merge classes that count as one, by its name: {@code {mite: [varroa, mite, Varroa]}}; default none
 * @param drop classes whose objects are left out, so that where they were is background; default none
 * @param classes the classes to detect, in the order of their indices; default none, meaning every class found in {@code train},
 *     after {@code merge} and {@code drop}, that has an object
 */
public record DataSettings(
        @JsonProperty(required = true) List<String> train,
        List<String> validation,
        SplitSettings split,
        Map<String, List<String>> merge,
        List<String> drop,
        List<String> classes) {

    public DataSettings {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        classes = List.copyOf(classes);
        new ArgumentChecks()
                .require(!train.isEmpty(), "train", "must name at least one data set, such as voc:DIR:trainval", train)
                .require(train.stream().noneMatch(String::isBlank), "train", "must not name a blank data set", train)
                .require(
                        validation.stream().noneMatch(String::isBlank),
                        "validation",
                        "must not name a blank data set",
                        validation)
                .require(classes.stream().noneMatch(String::isBlank), "classes", "must not be blank", classes)
                .require(
                        new HashSet<>(classes).size() == classes.size(),
                        "classes",
                        "must name each class once",
                        classes)
                .verify();
        ClassMapping mapping = new ClassMapping(merge, drop);
        merge = mapping.merge();
        drop = mapping.drop();
    }

    /** The defaults, for these training SPECs. */
    public static DataSettings of(String... train) {
        return new DataSettings(
                List.of(train), List.of(), SplitSettings.withDefaults(), Map.of(), List.of(), List.of());
    }

    /** The classes merged and left out. */
    public ClassMapping mapping() {
        return new ClassMapping(merge, drop);
    }
}

package io.errata.mining.run;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Dataset;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import io.errata.datasets.format.DatasetSpec;
import io.errata.mining.config.DataSettings;
import io.errata.mining.config.SplitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the SPECs of a configuration mean. A set that has splits of its own, where the SPEC names none, is trained on its training split,
 * never on those that it is to be measured on; its validation split validates where the configuration names no other data and no other
 * way to hold some out.
 *
 * @param train what is read to train on, one for each SPEC
 * @param validation what is read to validate on; none to hold images of {@code train} out
 * @param notes which splits were taken
 */
record RunSpecs(List<Reading> train, List<Reading> validation, List<Note> notes) {

    private static final List<String> TRAIN = List.of("train", "training");
    private static final List<String> VALIDATION = List.of("val", "valid", "validation", "dev");

    static RunSpecs of(DataSettings data) {
        RunSpecs specs = new RunSpecs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        boolean holdsOut = !data.split().equals(SplitSettings.withDefaults());
        boolean takesOwn = data.validation().isEmpty() && !holdsOut;
        data.train().forEach(spec -> specs.addTraining(spec, takesOwn));
        if (holdsOut && !data.validation().isEmpty()) {
            specs.notes.add(new Note("unused-split", "data.split is not used, as data.validation names images"));
        }
        data.validation().forEach(specs::addValidation);
        return specs;
    }

    private void addTraining(String text, boolean takesOwn) {
        try {
            DatasetSpec whole = DatasetSpec.parse(text);
            Map<String, DatasetSpec> splits = splits(whole);
            Optional<DatasetSpec> own = named(TRAIN, splits);
            train.add(own.orElse(whole).read());
            if (own.isEmpty()) {
                return;
            }
            Optional<DatasetSpec> held = takesOwn ? named(VALIDATION, splits) : Optional.empty();
            held.ifPresent(spec -> validation.add(spec.read()));
            notes.add(new Note(
                    "own-splits",
                    text + " has the splits " + String.join(", ", splits.keySet()) + " and names none: "
                            + own.get() + " is trained on"
                            + held.map(spec -> ", " + spec + " validates").orElse("")));
        } catch (InvalidInputException e) {
            train.add(new Reading(Dataset.of(List.of()), e.problems()));
        }
    }

    private void addValidation(String text) {
        try {
            DatasetSpec whole = DatasetSpec.parse(text);
            Map<String, DatasetSpec> splits = splits(whole);
            Optional<DatasetSpec> own = named(VALIDATION, splits);
            own.ifPresent(spec -> notes.add(new Note(
                    "own-splits",
                    text + " has the splits " + String.join(", ", splits.keySet()) + " and names none: " + spec
                            + " validates")));
            validation.add(own.orElse(whole).read());
        } catch (InvalidInputException e) {
            validation.add(new Reading(Dataset.of(List.of()), e.problems()));
        }
    }

    /** A list says itself which images are meant, whatever splits they are in. */
    private static Map<String, DatasetSpec> splits(DatasetSpec whole) {
        return whole.hasList() ? Map.of() : whole.splits();
    }

    private static Optional<DatasetSpec> named(List<String> names, Map<String, DatasetSpec> splits) {
        return names.stream()
                .flatMap(name -> Stream.ofNullable(splits.get(name)))
                .findFirst();
    }
}

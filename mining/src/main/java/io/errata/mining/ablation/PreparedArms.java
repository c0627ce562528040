package io.errata.mining.ablation;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.DatasetFingerprint;
import io.errata.mining.config.RunConfig;
import io.errata.mining.run.RunImages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arms with their configurations and images: of the same classes, and validated on the same images.
 *
 * @param all the baseline first
 * @param sha256 a fingerprint of both parts of all arms
 */
record PreparedArms(List<PreparedArm> all, String sha256) {

    /** An arm, its configuration with the first seed, and its images. */
    record PreparedArm(Arm arm, RunConfig config, RunImages images) {

        RunConfig withSeed(long seed) {
            return config.withRun(config.run().withSeed(seed));
        }
    }

    PreparedArms {
        all = List.copyOf(all);
    }

    /**
     * Reads what the arms' configurations name, each {@code data} section once.
     *
     * @throws InvalidInputException with every problem of the data, or of arms that cannot be compared
     */
    static PreparedArms read(RunConfig base, List<Arm> arms, RunImages.Source source) {
        Map<Object, RunImages> known = new HashMap<>();
        List<PreparedArm> ready = new ArrayList<>();
        Set<Problem> problems = new LinkedHashSet<>();
        for (Arm arm : arms) {
            RunConfig config = arm.on(base);
            try {
                Object key = List.of(config.data(), config.run().skipBad());
                RunImages images = known.get(key);
                images = images == null ? source.read(config) : images;
                known.put(key, images);
                ready.add(new PreparedArm(arm, config, images));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (problems.isEmpty()) {
            problems.addAll(incomparable(ready));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(List.copyOf(problems));
        }
        return new PreparedArms(
                ready,
                fingerprint(ready.stream()
                        .flatMap(arm ->
                                Stream.of(arm.images().train(), arm.images().validation()))
                        .toList()));
    }

    private static List<Problem> incomparable(List<PreparedArm> ready) {
        List<Problem> problems = new ArrayList<>();
        RunImages baseline = ready.get(0).images();
        for (PreparedArm one : ready) {
            RunImages images = one.images();
            if (!images.train().classes().equals(baseline.train().classes())) {
                String rule =
                        "must name the baseline's classes, " + baseline.train().classes() + ", found "
                                + images.train().classes();
                problems.add(one.arm().problem("data.classes", rule, "not-comparable"));
            } else if (!same(images.validation(), baseline.validation())) {
                problems.add(one.arm()
                        .problem(
                                "data",
                                "must hold out the baseline's "
                                        + baseline.validation().images().size() + " validation images, found "
                                        + images.validation().images().size()
                                        + " that are not the same; name them in data.validation",
                                "not-comparable"));
            }
        }
        return problems;
    }

    private static boolean same(Dataset one, Dataset other) {
        return one.equals(other) || fingerprint(List.of(one)).equals(fingerprint(List.of(other)));
    }

    /** Classes and images of these sets, in their order. */
    static String fingerprint(List<Dataset> datasets) {
        DatasetFingerprint fingerprint = new DatasetFingerprint();
        datasets.forEach(dataset -> fingerprint.add(dataset.classes() + "\n").addImages(dataset));
        return fingerprint.sha256();
    }

    PreparedArm baseline() {
        return all.get(0);
    }

    /** The classes that every arm detects. */
    List<String> classes() {
        return baseline().images().train().classes();
    }
}

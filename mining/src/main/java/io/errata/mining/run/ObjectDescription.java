package io.errata.mining.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.DeferredReweighting;
import io.errata.datasets.window.WindowKey;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.scan.ScoredWindows;
import io.errata.mining.policy.MiningPolicy;
import io.errata.mining.policy.WindowHistory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Describes objects that a run was given in Java, so that a resumed run is known to have the same. A lambda has no name that lasts, so
 * each object is also tried on a few fixed numbers: two that answer differently have different descriptions.
 */
final class ObjectDescription {

    private static final int SIDE = 8;
    private static final int WINDOWS = SIDE * SIDE;
    private static final double EXTENT = 12;

    private ObjectDescription() {}

    /** A policy, and what it chooses of 64 windows, a third of them mined before. */
    static String of(MiningPolicy policy) {
        return name(policy) + ", tried: "
                + answer(() -> {
                    ScoredWindows windows = windows();
                    Map<Long, WindowHistory.Entry> known = new HashMap<>();
                    for (int i = 0; i < WINDOWS; i += 3) {
                        known.put(windows.key(i), new WindowHistory.Entry(i % 2, windows.score(i), i % 2 == 0));
                    }
                    ScoredWindows fresh = policy.choose(windows, WindowHistory.none());
                    ScoredWindows later = policy.choose(windows, new WindowHistory(known));
                    return String.format(
                            Locale.ROOT,
                            "above %s of %d takes %d (%08x) and %d (%08x)",
                            policy.threshold(),
                            policy.candidatesPerImage(),
                            fresh.size(),
                            Arrays.hashCode(fresh.keys()),
                            later.size(),
                            Arrays.hashCode(later.keys()));
                });
    }

    /** A loss, or two of which one takes over, and what they say of eight rows of logits. */
    static String of(DeferredReweighting losses, int classes) {
        String first = of(losses.before(), classes);
        return losses.before() == losses.after()
                ? first
                : first + ", from step " + losses.start() + " on " + of(losses.after(), classes);
    }

    private static String of(ClassificationLoss loss, int classes) {
        return name(loss) + ", tried: "
                + answer(() -> {
                    try (NDManager manager = EngineEnvironment.newManager(Device.cpu())) {
                        Shape shape = new Shape(SIDE, classes);
                        float[] logits = new float[SIDE * classes];
                        float[] targets = new float[SIDE * classes];
                        for (int i = 0; i < logits.length; i++) {
                            logits[i] = (i * 7 % 13 - 6) / 2f;
                            targets[i] = i % (classes + 1) == 0 ? 1 : 0;
                        }
                        NDArray value =
                                loss.frozen().sum(manager.create(logits, shape), manager.create(targets, shape));
                        return String.format(Locale.ROOT, "%.5g", value.toFloatArray()[0]);
                    }
                });
    }

    /** Windows of one image on a grid, with scores from 1/65 to 64/65. */
    private static ScoredWindows windows() {
        long[] keys = IntStream.range(0, WINDOWS)
                .mapToLong(i -> WindowKey.of(0, 0, i / SIDE, i % SIDE))
                .toArray();
        float[] scores = new float[WINDOWS];
        float[] boxes = new float[4 * WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            scores[i] = (i * 37 % WINDOWS + 1) / (WINDOWS + 1f);
            boxes[4 * i] = 4 * WindowKey.column(keys[i]);
            boxes[4 * i + 1] = 4 * WindowKey.row(keys[i]);
            boxes[4 * i + 2] = boxes[4 * i] + (float) EXTENT;
            boxes[4 * i + 3] = boxes[4 * i + 1] + (float) EXTENT;
        }
        return ScoredWindows.of(keys, new int[WINDOWS], scores, boxes);
    }

    /** What an object says of itself, or its class, without the number that a lambda's class has in this process. */
    private static String name(Object object) {
        String text = String.valueOf(object);
        String type = object.getClass().getName();
        return text.startsWith(type + "@") ? type.replaceFirst("\\$\\$Lambda.*", " (lambda)") : text;
    }

    /** An object that fails on numbers made up for it may still do well on real ones. */
    private static String answer(Supplier<String> trial) {
        try {
            return trial.get();
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }
}

package io.errata.mining.run;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.DeferredReweighting;
import io.errata.core.loss.LossSettings;
import io.errata.core.weight.SampledClassCounts;
import io.errata.datasets.Dataset;
import io.errata.detection.training.BoxLoss;
import io.errata.detection.training.Objective;
import io.errata.detection.training.SamplingSettings;
import io.errata.mining.config.RunConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what a run minimises of its configuration. */
final class TrainingObjective {

    private TrainingObjective() {}

    /**
     * A new objective. Losses that keep counts start with none.
     *
     * @param given the losses of the classes; {@code null} for the configured one
     * @param train with at least one object of each class
     */
    static Objective of(RunConfig config, @Nullable DeferredReweighting given, Dataset train) {
        return new Objective(given == null ? configured(config, train) : given, BoxLoss.of(config.boxLoss()));
    }

    private static DeferredReweighting configured(RunConfig config, Dataset train) {
        SamplingSettings sampling = config.sampling();
        SampledClassCounts counts = SampledClassCounts.of(
                learnable(train), sampling.positives().classBalance(), sampling.negativesPerPositive());
        LossSettings settings = config.loss();
        ClassificationLoss first = settings.classification(counts);
        double steps =
                (double) config.training().stepsPerRound() * config.mining().rounds();
        return settings.later(counts)
                .map(later -> new DeferredReweighting(first, later.loss(), Math.round(later.from() * steps)))
                .orElseGet(() -> new DeferredReweighting(first, first, Long.MAX_VALUE));
    }

    /** How many objects of each class there are to learn. */
    private static long[] learnable(Dataset train) {
        Map<String, Long> counts = TrainingData.objectsByClass(train);
        return train.classes().stream()
                .mapToLong(label -> counts.getOrDefault(label, 0L))
                .toArray();
    }
}

package io.errata.detection.training;

import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.DeferredReweighting;
import io.errata.core.loss.StatefulLoss;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a training run minimises: the loss of the class logits, which may change on the way, and that of the boxes.
 *
 * @param classes the losses of the classes; their steps are counted from 0 over all rounds
 * @param boxes the loss of the boxes
 */
public record Objective(DeferredReweighting classes, BoxLoss boxes) {

    /** One loss of the classes throughout. */
    public static Objective of(ClassificationLoss classification, BoxLoss boxes) {
        return new Objective(new DeferredReweighting(classification, classification, Long.MAX_VALUE), boxes);
    }

    /** What its losses remember of former steps, to be restored when a run goes on; empty for most. */
    public List<float[]> memory() {
        return statefulLosses().map(StatefulLoss::counts).toList();
    }

    /**
     * Goes on from what was remembered.
     *
     * @param memory as {@link #memory} gave it
     * @throws IllegalArgumentException if it is that of other losses
     */
    public void restore(List<float[]> memory) {
        List<StatefulLoss> losses = statefulLosses().toList();
        if (losses.size() != memory.size()) {
            throw new IllegalArgumentException(
                    "memory must be that of " + losses.size() + " losses, found " + memory.size());
        }
        for (int i = 0; i < losses.size(); i++) {
            losses.get(i).restore(memory.get(i));
        }
    }

    /** Frees what its losses keep on the device; they may go on being used. */
    void release() {
        statefulLosses().forEach(StatefulLoss::close);
    }

    private Stream<StatefulLoss> statefulLosses() {
        return Stream.of(classes.before(), classes.after(), boxes.loss())
                .distinct()
                .filter(StatefulLoss.class::isInstance)
                .map(StatefulLoss.class::cast);
    }
}

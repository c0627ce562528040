package io.errata.detection.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.errata.core.loss.GeneralizedIouLoss;
import io.errata.core.loss.GhmClassification;
import io.errata.core.loss.GhmRegression;
import io.errata.detection.engine.EngineEnvironment;
import org.junit.jupiter.api.Test;

class BoxLossTest {

    private final NDManager manager = EngineEnvironment.newManager(Device.cpu());

    /** Two boxes of one frame's size, half a frame apart: IoU (½)/(1½) = ⅓, and the enclosing box is their union's hull, 1½. */
    @Test
    void comparesTheBoxesThatOffsetsMake() {
        NDArray predicted = manager.create(new float[] {2.5f, 0, 0, 0}, new Shape(1, 4)); // 2.5 · 0.2 frames
        NDArray offsets = manager.zeros(new Shape(1, 4));
        BoxLoss giou = new BoxLoss(GeneralizedIouLoss.create(), true, 3);

        NDArray loss = giou.sum(predicted, offsets, manager.ones(new Shape(1, 1)));

        assertThat(loss.toFloatArray()[0]).isCloseTo(3 * (1 - 1 / 3f), offset(1e-5f));
    }

    @Test
    void itsGradientPullsTheBoxToItsObject() {
        NDArray predicted = manager.create(new float[] {2.5f, 0, 0, 0, 0, 0, 1, -1}, new Shape(2, 4));
        predicted.setRequiresGradient(true);
        try (GradientCollector collector = EngineEnvironment.engine().newGradientCollector()) {
            collector.backward(new BoxLoss(GeneralizedIouLoss.create(), true, 1)
                    .sum(predicted, manager.zeros(new Shape(2, 4)), manager.ones(new Shape(2, 1))));
        }
        float[] gradient = predicted.getGradient().toFloatArray();

        assertThat(gradient[0]).isPositive();
        assertThat(gradient[6]).isPositive();
        assertThat(gradient[7]).isNegative();
    }

    @Test
    void staysFiniteWhateverTheNetworkSays() {
        NDArray predicted = manager.create(new float[] {1e4f, -1e4f, 1e4f, -1e4f}, new Shape(1, 4));

        NDArray loss = new BoxLoss(GeneralizedIouLoss.create(), true, 1)
                .sum(predicted, manager.zeros(new Shape(1, 4)), manager.ones(new Shape(1, 1)));

        assertThat(loss.toFloatArray()[0]).isFinite();
    }

    @Test
    void anObjectiveRemembersWhatItsLossesDo() {
        Objective objective = remembering();
        NDArray logits = manager.create(new float[] {1, -2, 3}, new Shape(3, 1));
        objective.classes().at(0).sum(logits, logits.zerosLike());
        Objective other = remembering();

        other.restore(objective.memory());

        assertThat(objective.memory()).hasSize(2);
        assertThat(objective.memory().get(0)).contains(0.25f);
        assertThat(other.memory().get(0)).isEqualTo(objective.memory().get(0));
    }

    private static Objective remembering() {
        return Objective.of(
                GhmClassification.of(5).withMomentum(0.75),
                new BoxLoss(GhmRegression.of(4, 0.02).withMomentum(0.5), false, 1));
    }
}

package io.errata.detection.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.errata.core.loss.BinaryCrossEntropy;
import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.FocalLoss;
import io.errata.core.mixing.MixUp;
import io.errata.datasets.patch.PatchBatch;
import io.errata.detection.TinyData;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.Network;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loss of batches of 16 patches, 4 of them positive. */
class MixedLossTest {

    private static final double BOX_WEIGHT = 0.7;

    private final Network network =
            Network.create(new Architecture(16, 4, List.of(4, 5, 6, 7, 8), true, true), 1, 3, Device.cpu());
    private final PatchBatch batch = new PatchBatch(16, 4, 16, 1);

    @BeforeEach
    void fill() {
        try (TinyData data = TinyData.of(2, 16, 4)) {
            data.fill(data.batches(new MixUp(1, 0.7)), batch, 0, true);
        }
        int otherLabels = 0;
        for (int i = 0; i < 16; i++) {
            otherLabels +=
                    batch.targets().getFloat(4 * i) == batch.partnerTargets().getFloat(4 * i) ? 0 : 1;
        }
        assertThat(otherLabels).isBetween(1, 15);
    }

    @AfterEach
    void close() {
        network.close();
    }

    /** In double precision, from the network's outputs: focal loss with γ 2 and α ¼, smooth L1 with β ½. */
    @Test
    void isTheSumOfBothSidesByTheirShares() {
        float[] outputs = outputs();
        double expected = 0;
        for (int i = 0; i < 16; i++) {
            double lambda = batch.lambdas().getFloat(4 * i);
            double logit = outputs[5 * i];
            expected += lambda * focal(logit, batch.targets().getFloat(4 * i)) / 4;
            expected += (1 - lambda) * focal(logit, batch.partnerTargets().getFloat(4 * i)) / 4;
            for (int k = 0; k < 4 && i < 4; k++) {
                double d = Math.abs(outputs[5 * i + 1 + k] - batch.offsets().getFloat(16 * i + 4 * k));
                expected += BOX_WEIGHT / 4 * lambda * (d < 0.5 ? d * d : d - 0.25);
            }
        }

        assertThat(loss(FocalLoss.of(0.25, 2), BOX_WEIGHT)).isCloseTo(expected, offset(1e-5 * expected));
    }

    @Test
    void takesLossesOfOneElementARow() {
        ClassificationLoss elements = BinaryCrossEntropy.create();
        ClassificationLoss rows =
                (logits, targets) -> elements.perElement(logits, targets).sum(new int[] {1});

        assertThat(loss(rows, 0)).isCloseTo(loss(elements, 0), offset(1e-5));
    }

    @Test
    void withLambdaOneIsThePlainLoss() {
        double mixed = loss(FocalLoss.of(0.25, 2), BOX_WEIGHT);
        for (int i = 0; i < 16; i++) {
            batch.lambdas().putFloat(4 * i, 1);
        }
        double plain = loss(FocalLoss.of(0.25, 2), BOX_WEIGHT);
        batch.lambdas().putFloat(0, Math.nextDown(1f)); // the other formula

        assertThat(plain).isNotCloseTo(mixed, offset(1e-3));
        assertThat(loss(FocalLoss.of(0.25, 2), BOX_WEIGHT)).isCloseTo(plain, offset(1e-5));
    }

    private double loss(ClassificationLoss classification, double boxWeight) {
        try (Trainer<Network> trainer = new Trainer<>(
                        network,
                        OptimizerSettings.withDefaults(),
                        Objective.of(classification, BoxLoss.smoothL1(boxWeight)));
                NDManager step = network.manager().newSubManager();
                GradientCollector collector = EngineEnvironment.engine().newGradientCollector()) {
            assertThat(collector).isNotNull();
            return trainer.loss(step, batch).toFloatArray()[0];
        }
    }

    /** Shape {@code [16, 5]}. */
    private float[] outputs() {
        try (NDManager step = network.manager().newSubManager();
                GradientCollector collector = EngineEnvironment.engine().newGradientCollector()) {
            assertThat(collector).isNotNull();
            NDArray patches = step.create(batch.pixels(), new Shape(16, 16, 16, 3), DataType.UINT8);
            NDArray gains = step.create(batch.gains(), new Shape(16, 1), DataType.FLOAT32);
            NDArray shifts = step.create(batch.shifts(), new Shape(16, 3), DataType.FLOAT32);
            return network.forward(patches, gains, shifts).toFloatArray();
        }
    }

    private static double focal(double logit, double label) {
        double p = 1 / (1 + Math.exp(-logit));
        return label == 1 ? -0.25 * (1 - p) * (1 - p) * Math.log(p) : -0.75 * p * p * Math.log(1 - p);
    }
}

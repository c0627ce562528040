package io.errata.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import io.errata.core.problem.InvalidArgumentException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In DJL's own training loop. */
class DjlLossTest {

    static List<ClassificationLoss> losses() {
        return List.of(
                FocalLoss.of(0.25, 2),
                GhmClassification.of(10),
                GhmClassification.of(10).withMomentum(0.75),
                DiceLoss.of(1),
                BinaryCrossEntropy.create().checked());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theLossFallsInAnOrdinaryTrainer(ClassificationLoss loss) throws IOException, TranslateException {
        DjlLoss adapted = DjlLoss.of(loss, Reduction.MEAN);
        try (Model model = Model.newInstance("mlp", Device.cpu());
                NDManager data = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(1);
            model.setBlock(new SequentialBlock()
                    .add(Linear.builder().setUnits(8).build())
                    .add(Activation::relu)
                    .add(Linear.builder().setUnits(1).build()));
            NDArray x = data.randomNormal(new Shape(256, 2));
            NDArray y = x.prod(new int[] {1}, true).gt(0).toType(DataType.FLOAT32, false);
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(adapted)
                    .optDevices(new Device[] {Device.cpu()})
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed(0.01f))
                            .build())
                    .addTrainingListeners(new EvaluatorTrainingListener()))) {
                trainer.initialize(new Shape(1, 2));
                NDList labels = new NDList(y, y.onesLike());
                float before = evaluate(adapted, trainer, x, labels);
                EasyTrain.fit(trainer, 10, dataset(x, labels), null);

                assertThat(evaluate(adapted, trainer, x, labels)).isPositive().isLessThan(0.9f * before);
            }
        }
    }

    private static ArrayDataset dataset(NDArray x, NDList labels) {
        return new ArrayDataset.Builder()
                .setData(x)
                .optLabels(labels.toArray(new NDArray[0]))
                .setSampling(32, false)
                .build();
    }

    private static float evaluate(DjlLoss loss, Trainer trainer, NDArray x, NDList labels) {
        String key = "test";
        loss.addAccumulator(key);
        loss.updateAccumulator(key, labels, trainer.evaluate(new NDList(x)));
        return loss.getAccumulator(key);
    }

    @Test
    void reportsDoNotMoveTheCounts() {
        try (NDManager manager = NDManager.newBaseManager();
                GhmClassification ghm = GhmClassification.of(4).withMomentum(0.5)) {
            DjlLoss loss = DjlLoss.of(ghm, Reduction.MEAN);
            NDList labels = new NDList(manager.zeros(new Shape(3)));
            NDList logits = new NDList(manager.ones(new Shape(3)));
            loss.addAccumulator("train");

            loss.evaluate(labels, logits);
            loss.updateAccumulator("train", labels, logits);

            assertThat(ghm.counts()).containsExactly(0, 0, 1.5f, 0);
            loss.evaluate(labels, logits);
            assertThat(ghm.counts()).containsExactly(0, 0, 2.25f, 0);
        }
    }

    /** Cross-entropy of logit 0 is ln 2 everywhere. */
    @Test
    void reducesOverWhatTheMaskLeaves() {
        float ln2 = (float) Math.log(2);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.zeros(new Shape(2, 3));
            NDArray targets = manager.create(new float[] {1, 1, 0, 1, 0, 0}, new Shape(2, 3));
            NDArray mask = manager.create(new float[] {1, 0, 1, 2, 0, 0}, new Shape(2, 3));
            NDArray row = manager.create(new float[] {0, 1}, new Shape(2, 1));
            ClassificationLoss bce = BinaryCrossEntropy.create();

            assertThat(reduce(bce, Reduction.SUM, logits, targets)).isEqualTo(6 * ln2, within(1e-5f));
            assertThat(reduce(bce, Reduction.MEAN, logits, targets)).isEqualTo(ln2, within(1e-5f));
            assertThat(reduce(bce, Reduction.PER_POSITIVE, logits, targets)).isEqualTo(2 * ln2, within(1e-5f));
            assertThat(reduce(bce, Reduction.SUM, logits, targets, mask)).isEqualTo(4 * ln2, within(1e-5f));
            assertThat(reduce(bce, Reduction.MEAN, logits, targets, mask)).isEqualTo(4 * ln2 / 3, within(1e-5f));
            assertThat(reduce(bce, Reduction.MEAN, logits, targets, row)).isEqualTo(ln2, within(1e-5f));
            assertThat(reduce(bce, Reduction.PER_POSITIVE, logits, targets, mask))
                    .isEqualTo(2 * ln2, within(1e-5f));
            assertThat(reduce(bce, Reduction.PER_POSITIVE, logits, targets, row))
                    .isEqualTo(3 * ln2, within(1e-5f));
            assertThat(reduce(bce, Reduction.MEAN, logits, targets, mask.zerosLike()))
                    .isZero();
        }
    }

    @Test
    void reducesRowsAndClasses() {
        float ln3 = (float) Math.log(3);
        ClassificationLoss rows =
                (x, y) -> x.logSoftmax(-1).mul(y).sum(new int[] {-1}).neg();
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = manager.zeros(new Shape(3, 3));
            NDArray targets = manager.eye(3);
            NDArray weights = manager.create(new float[] {1, 0, 3});

            assertThat(reduce(rows, Reduction.MEAN, logits, targets)).isEqualTo(ln3, within(1e-5f));
            assertThat(reduce(rows, Reduction.MEAN, logits, targets, weights)).isEqualTo(2 * ln3, within(1e-5f));
            assertThat(reduce(rows, Reduction.PER_POSITIVE, logits, targets, weights))
                    .isEqualTo(2 * ln3, within(1e-5f));
            assertThat(reduce(DiceLoss.of(1), Reduction.MEAN, logits, targets, targets.onesLike()))
                    .isEqualTo(reduce(DiceLoss.of(1), Reduction.MEAN, logits, targets), within(1e-6f));
        }
    }

    @Test
    void refusesMoreLabelsThanItKnows() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray array = manager.zeros(new Shape(2));
            DjlLoss loss = DjlLoss.of(BinaryCrossEntropy.create(), Reduction.SUM);

            assertThatThrownBy(() -> loss.evaluate(new NDList(array, array, array), new NDList(array)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("labels must be the targets and, optionally, weights, found 3 arrays");
            assertThatThrownBy(() -> loss.evaluate(new NDList(array), new NDList()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage("predictions must be one array, the logits, found 0");
            assertThat(loss.getName()).isEqualTo("BinaryCrossEntropy");
        }
    }

    private static float reduce(ClassificationLoss loss, Reduction reduction, NDArray logits, NDArray... labels) {
        return DjlLoss.of(loss, reduction)
                .evaluate(new NDList(labels), new NDList(logits))
                .getFloat();
    }
}

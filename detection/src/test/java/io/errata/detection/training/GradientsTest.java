package io.errata.detection.training;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.errata.core.gradient.NumberArithmetic;
import io.errata.core.loss.BinaryCrossEntropy;
import io.errata.core.loss.ClassificationLoss;
import io.errata.core.loss.FocalLoss;
import io.errata.core.mixing.MixUp;
import io.errata.core.mixing.Mixing;
import io.errata.datasets.patch.PatchBatch;
import io.errata.detection.TinyData;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that autograd keeps between forward and backward may lie in a buffer that Java frees. */
class GradientsTest {

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(true, true, FocalLoss.of(0.25, 2), Mixing.none()),
                Arguments.of(true, true, FocalLoss.of(0.25, 2), new MixUp(1, 1)),
                Arguments.of(true, false, FocalLoss.of(0.25, 1.5), Mixing.none()),
                Arguments.of(false, true, BinaryCrossEntropy.create().withPositiveWeight(3), Mixing.none()));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void surviveAGarbageCollectionBeforeBackward(
            boolean batchNorm, boolean boxRegression, ClassificationLoss loss, Mixing mixing) {
        Architecture plan = new Architecture(16, 4, List.of(4, 5, 6, 7, 8), batchNorm, boxRegression);
        try (TinyData data = TinyData.of(2, 16, 4)) {
            PatchBatch batch = new PatchBatch(16, 4, 16, 1);
            data.fill(data.batches(mixing), batch, 0, true);
            assertThat(batch.isMixed()).isEqualTo(!mixing.equals(Mixing.none()));
            Map<String, float[]> calm = gradients(plan, loss, batch, () -> {});

            Map<String, float[]> churned = gradients(plan, loss, batch, GradientsTest::collectAndChurn);

            assertThat(calm).hasSize(batchNorm ? 14 : 10);
            assertThat(calm.values()).allSatisfy(values -> assertThat(values).isNotEqualTo(new float[values.length]));
            assertThat(churned).usingRecursiveComparison().isEqualTo(calm);
        }
    }

    /** {@code Normalization} works on pixels, {@code FoldedLayer} on detached copies for inference: neither carries a gradient. */
    @Test
    void noJavaNumberMeetsAnArrayThatCarriesOne() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.errata.detection.network", "io.errata.detection.training")
                .that(not(simpleName("FoldedLayer")));

        assertThat(classes.contain(Trainer.class)).isTrue();
        NumberArithmetic.isOnlyIn("Normalization", "io.errata.detection").check(classes);
    }

    private static Map<String, float[]> gradients(
            Architecture plan, ClassificationLoss classification, PatchBatch batch, Runnable between) {
        try (Network network = Network.create(plan, 1, 3, Device.cpu());
                Trainer<Network> trainer = new Trainer<>(
                        network, OptimizerSettings.withDefaults(), Objective.of(classification, BoxLoss.smoothL1(1)));
                NDManager step = network.manager().newSubManager();
                GradientCollector collector = EngineEnvironment.engine().newGradientCollector()) {
            NDArray loss = trainer.loss(step, batch);
            between.run();
            collector.backward(loss);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            network.parameters().forEach((name, parameter) -> {
                if (parameter.requiresGradient()) {
                    gradients.put(name, parameter.getArray().getGradient().toFloatArray());
                }
            });
            return gradients;
        }
    }

    /** Frees what nobody holds, then writes over as many small buffers as were likely freed. */
    private static void collectAndChurn() {
        List<ByteBuffer> churn = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            System.gc();
            try {
                Thread.sleep(20); // the cleaner runs in a thread of its own
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (int i = 0; i < 5_000; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(4 << i % 8).order(ByteOrder.nativeOrder());
                while (buffer.hasRemaining()) {
                    buffer.putFloat(-1e9f);
                }
                churn.add(buffer);
            }
        }
        assertThat(churn).hasSize(10_000);
    }
}

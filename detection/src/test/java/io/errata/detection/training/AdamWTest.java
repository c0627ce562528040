package io.errata.detection.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamWTest {

    private static final Architecture PLAN = new Architecture(15, 4, List.of(1, 1, 1, 1, 1), false, false);

    /*
     * The expected numbers are those of torch 2.7.1:
     *
     * python -c "
     * import torch
     * i = torch.arange(8)
     * for eps in (1e-8, 0.1):
     *     w = (((i * 7) % 11) - 5).float() / 10
     *     w.requires_grad_()
     *     opt = torch.optim.AdamW([w], lr=1, betas=(.9, .999), eps=eps, weight_decay=.05)
     *     for t in range(20):
     *         opt.param_groups[0]['lr'] = 0.02 / (1 + t)
     *         w.grad = (((i * 5 + t * 3) % 13) - 6).float() / 10
     *         opt.step()
     *     print(eps, w.tolist())"
     */

    @Test
    void movesParametersAsTorchDoes() {
        assertThat(afterTwentySteps(1e-8))
                .containsExactly(
                        new float[] {
                            -0.46222225f,
                            0.21152925f,
                            -0.21312498f,
                            0.5301918f,
                            0.073332325f,
                            -0.32323578f,
                            0.42172512f,
                            -0.036455464f
                        },
                        offset(1e-6f));
    }

    /** ε is added to the root of the corrected variance; beside that of the uncorrected one it would weigh far more at first. */
    @Test
    void addsEpsilonWhereTorchDoes() {
        assertThat(afterTwentySteps(0.1))
                .containsExactly(
                        new float[] {
                            -0.468092f,
                            0.20395687f,
                            -0.21023028f,
                            0.5231695f,
                            0.08505352f,
                            -0.31955963f,
                            0.4140886f,
                            -0.02841986f
                        },
                        offset(1e-6f));
    }

    private static float[] afterTwentySteps(double epsilon) {
        try (Network network = Network.create(PLAN, 1, 0, Device.cpu());
                AdamW optimizer = new AdamW(network, new OptimizerSettings(0.005, 0.05, 30, 0.9, 0.999, epsilon))) {
            start(network);
            steps(network, optimizer, 0, 20);
            assertThat(optimizer.steps()).isEqualTo(20);
            return Arrays.copyOf(numbers(network), 8);
        }
    }

    @Test
    void goesOnFromAWrittenStateWithTheSameBits() throws IOException {
        ByteArrayOutputStream weights = new ByteArrayOutputStream();
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        float[] uninterrupted;
        try (Network network = Network.create(PLAN, 1, 0, Device.cpu());
                AdamW optimizer = new AdamW(network, OptimizerSettings.withDefaults())) {
            start(network);
            steps(network, optimizer, 0, 10);
            network.write(weights);
            optimizer.write(state);
            steps(network, optimizer, 10, 20);
            uninterrupted = numbers(network);
        }
        try (Network network = Network.read(PLAN, 1, new ByteArrayInputStream(weights.toByteArray()), Device.cpu());
                AdamW optimizer = new AdamW(network, OptimizerSettings.withDefaults())) {
            optimizer.restore(new ByteArrayInputStream(state.toByteArray()), 10);
            steps(network, optimizer, 10, 20);

            assertThat(numbers(network)).isEqualTo(uninterrupted);
        }
    }

    @Test
    void clearsTheGradients() {
        try (Network network = Network.create(PLAN, 1, 0, Device.cpu());
                AdamW optimizer = new AdamW(network, OptimizerSettings.withDefaults())) {
            steps(network, optimizer, 0, 1);

            for (Parameter parameter : network.parameters().values()) {
                try (NDArray gradient = parameter.getArray().getGradient()) {
                    assertThat(gradient.toFloatArray()).containsOnly(0);
                }
            }
        }
    }

    /** Number i of all parameters, one after the other, starts at ((7i mod 11) − 5) / 10. */
    private static void start(Network network) {
        int first = 0;
        for (Parameter parameter : network.parameters().values()) {
            NDArray values = parameter.getArray();
            float[] start = new float[(int) values.size()];
            for (int i = 0; i < start.length; i++) {
                start[i] = ((first + i) * 7 % 11 - 5) / 10f;
            }
            values.set(start);
            first += start.length;
        }
    }

    /** Steps under the gradient ((5i + 3t) mod 13 − 6) / 10 of number i in step t. */
    private static void steps(Network network, AdamW optimizer, int from, int to) {
        for (int t = from; t < to; t++) {
            try (NDManager step = network.manager().newSubManager();
                    GradientCollector collector = EngineEnvironment.engine().newGradientCollector()) {
                NDArray loss = step.zeros(new Shape());
                int first = 0;
                for (Parameter parameter : network.parameters().values()) {
                    NDArray values = parameter.getArray();
                    values.setRequiresGradient(true);
                    float[] gradient = new float[(int) values.size()];
                    for (int i = 0; i < gradient.length; i++) {
                        gradient[i] = ((first + i) * 5 + t * 3) % 13 / 10f - 0.6f;
                    }
                    loss = loss.add(
                            step.create(gradient, values.getShape()).mul(values).sum());
                    first += gradient.length;
                }
                collector.backward(loss);
                optimizer.step(0.02 / (1 + t));
            }
        }
    }

    private static float[] numbers(Network network) {
        List<Float> all = new ArrayList<>();
        for (Parameter parameter : network.parameters().values()) {
            for (float value : parameter.getArray().toFloatArray()) {
                all.add(value);
            }
        }
        float[] numbers = new float[all.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = all.get(i);
        }
        return numbers;
    }
}

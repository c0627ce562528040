package io.errata.detection.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final Architecture PLAN = new Architecture(16, 4, List.of(3, 4, 5, 6, 7), true, true);

    @Test
    void sameSeedSameBits() {
        try (Network one = Network.create(PLAN, 2, 7, Device.cpu());
                Network same = Network.create(PLAN, 2, 7, Device.cpu());
                Network other = Network.create(PLAN, 2, 8, Device.cpu())) {
            assertThat(values(one)).usingRecursiveComparison().isEqualTo(values(same));
            assertThat(weightOf(one)).isNotEqualTo(weightOf(other));
        }
    }

    /** −log((1 − 0.01) / 0.01) = −log 99 = −4.59512 for each class, 0 for the offsets. */
    @Test
    void headStartsAtThePrior() {
        try (Network network = Network.create(PLAN, 2, 7, Device.cpu())) {
            float[] bias = last(values(network));

            float prior = -4.59512f;
            assertThat(bias).containsExactly(new float[] {prior, prior, 0, 0, 0, 0}, offset(1e-5f));
        }
    }

    /** Fan-in 3·3·3: deviation √(2 / 27) = 0.272; of 64·27 draws the estimate is within 7% (4 σ). */
    @Test
    void weightsAreDrawnForTheirFanIn() {
        Architecture wide = new Architecture(15, 4, List.of(64, 4, 4, 4, 4), true, true);
        try (Network network = Network.create(wide, 1, 3, Device.cpu())) {
            float[] weights = weightOf(network);
            double sum = 0;
            for (float weight : weights) {
                sum += weight * weight;
            }

            assertThat(weights).hasSize(64 * 27);
            assertThat(Math.sqrt(sum / weights.length)).isBetween(0.253, 0.291);
        }
    }

    /** Kernels of the plan: 4, 3, 3, 2 and the head's 1; γ and β are learned, running statistics are not. */
    @Test
    void countsWhatIsLearned() {
        int convolutions = 3 * 3 * 16 + 4 * 3 * 9 + 5 * 4 * 9 + 7 * 5 * 4;
        int normalisation = 2 * (3 + 4 + 5 + 7);
        int head = 6 * 7 + 6;
        try (Network network = Network.create(PLAN, 2, 7, Device.cpu())) {
            assertThat(network.parameterCount()).isEqualTo(convolutions + normalisation + head);
        }
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (Network network = Network.create(PLAN, 2, 7, Device.cpu())) {
            network.write(written);
            try (Network read = Network.read(PLAN, 2, new ByteArrayInputStream(written.toByteArray()), Device.cpu())) {
                assertThat(values(read)).usingRecursiveComparison().isEqualTo(values(network));
            }
        }
    }

    @Test
    void refusesOtherAndDamagedWeights() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (Network network = Network.create(PLAN, 2, 7, Device.cpu())) {
            network.write(written);
        }
        byte[] whole = written.toByteArray();
        Architecture plain = new Architecture(16, 4, List.of(3, 4, 5, 6, 7), false, true);

        refuses(plain, 2, whole, "arrays must be");
        refuses(PLAN, 3, whole, "must have shape (7, 7, 1, 1), found (6, 7, 1, 1)");
        refuses(PLAN, 2, Arrays.copyOf(whole, whole.length / 2), "");
        refuses(PLAN, 2, new byte[0], "");
        refuses(PLAN, 2, "these are no weights".getBytes(StandardCharsets.UTF_8), "");
    }

    private static void refuses(Architecture plan, int classes, byte[] weights, String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Network.read(plan, classes, new ByteArrayInputStream(weights), Device.cpu()))
                .withMessageContaining(message);
    }

    static Map<String, float[]> values(Network network) {
        Map<String, float[]> values = new LinkedHashMap<>();
        network.parameters().forEach((name, parameter) -> {
            NDArray array = parameter.getArray();
            values.put(name, array.toFloatArray());
        });
        return values;
    }

    private static float[] weightOf(Network network) {
        return values(network).values().iterator().next();
    }

    private static float[] last(Map<String, float[]> values) {
        return List.copyOf(values.values()).get(values.size() - 1);
    }
}

package io.errata.core.loss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against PyTorch and torchvision; the numbers are those of {@code torch_losses.py}, which stands beside them. */
class LossFixtureTest {

    /** One row of torch_losses.csv; the numbers are predictions, targets, values and gradient. */
    record Row(String loss, double a, double b, String inputs, List<double[]> numbers) {

        static Row parse(String line) {
            String[] f = line.split(";");
            double b = f[2].isEmpty() ? 0 : Double.parseDouble(f[2]);
            List<double[]> numbers = Arrays.stream(f).skip(4).map(Row::numbers).toList();
            return new Row(f[0], Double.parseDouble(f[1]), b, f[3], numbers);
        }

        private static double[] numbers(String numbers) {
            return Arrays.stream(numbers.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        BinaryOperator<NDArray> ours() {
            return switch (loss) {
                case "focal" -> (a < 0 ? FocalLoss.withoutAlpha(b) : FocalLoss.of(a, b))::perElement;
                case "bce" ->
                    (a == 1
                                    ? BinaryCrossEntropy.create()
                                    : BinaryCrossEntropy.create().withPositiveWeight(a))::perElement;
                case "smooth-l1" -> SmoothL1.of(a)::perElement;
                default -> throw new IllegalArgumentException(loss);
            };
        }

        @Override
        public String toString() {
            return loss + " " + a + " " + b + " " + inputs;
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream in = requireNonNull(LossFixtureTest.class.getResourceAsStream("torch_losses.csv"))) {
            return new String(in.readAllBytes(), UTF_8).lines().map(Row::parse).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithPyTorchInValueAndGradient(Row row) {
        Probe ours = Probe.of(row.ours(), row.numbers.get(0), row.numbers.get(1));

        assertClose(ours.values(), row.numbers.get(2), 1e-5, 1e-12);
        assertClose(ours.gradient(), row.numbers.get(3), 1e-5, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithPyTorchInSinglePrecision(Row row) {
        Probe ours = Probe.of(row.ours(), row.numbers.get(0), row.numbers.get(1), DataType.FLOAT32, () -> {});

        assertClose(ours.values(), row.numbers.get(2), 1e-4, 1e-6);
        assertClose(ours.gradient(), row.numbers.get(3), 1e-4, 1e-6);
    }

    private static void assertClose(double[] found, double[] expected, double relative, double absolute) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(Math.abs(found[i] - expected[i]))
                    .as("element %d: expected %s, found %s", i, expected[i], found[i])
                    .isLessThanOrEqualTo(absolute + relative * Math.abs(expected[i]));
        }
    }
}

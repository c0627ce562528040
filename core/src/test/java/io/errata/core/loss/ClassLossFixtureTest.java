package io.errata.core.loss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.errata.core.weight.ClassCounts;
import io.errata.core.weight.ClassWeights;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against PyTorch; the numbers are those of {@code torch_class_losses.py}, which stands beside them. */
class ClassLossFixtureTest {

    private static final int CLASSES = 3;
    private static final ClassCounts COUNTS = ClassCounts.of(5000, 400, 30);
    private static final long EXAMPLES = 20_000;
    private static final ClassWeights WEIGHTS = ClassWeights.of(0.5, 1, 3);

    /** One row of torch_class_losses.csv; the numbers are logits, targets, values and gradient. */
    record Row(String name, double setting, String inputs, List<double[]> numbers) {

        static Row parse(String line) {
            String[] f = line.split(";");
            double setting = f[1].isEmpty() ? Double.NaN : Double.parseDouble(f[1]);
            return new Row(
                    f[0],
                    setting,
                    f[2],
                    Arrays.stream(f).skip(3).map(Row::numbers).toList());
        }

        private static double[] numbers(String numbers) {
            return Arrays.stream(numbers.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        BinaryOperator<NDArray> ours() {
            ClassificationLoss ours = loss();
            return (x, y) -> ours.perElement(x.reshape(-1, CLASSES), y.reshape(-1, CLASSES))
                    .flatten();
        }

        private ClassificationLoss loss() {
            return switch (name) {
                case "cross-entropy" -> CrossEntropy.create();
                case "weighted cross-entropy" -> CrossEntropy.create().withClassWeights(WEIGHTS);
                case "softmax-focal" -> SoftmaxFocalLoss.of(setting);
                case "weighted softmax-focal" -> SoftmaxFocalLoss.of(setting).withClassWeights(WEIGHTS);
                case "ldam" -> LdamLoss.softmax(COUNTS).withScale(setting);
                case "weighted ldam" ->
                    LdamLoss.softmax(COUNTS).withScale(setting).withClassWeights(WEIGHTS);
                case "sigmoid ldam" -> LdamLoss.sigmoid(COUNTS).withScale(setting);
                case "weighted sigmoid ldam" ->
                    LdamLoss.sigmoid(COUNTS).withClassWeights(WEIGHTS).withScale(setting);
                case "logit-adjusted" -> LogitAdjustedLoss.softmax(COUNTS, setting);
                case "sigmoid logit-adjusted" -> LogitAdjustedLoss.sigmoid(COUNTS, EXAMPLES, setting);
                case "quality" -> QualityFocalLoss.of(setting);
                case "varifocal" -> VarifocalLoss.of(0.75, setting);
                case "background cross-entropy" -> ImplicitBackground.of(CrossEntropy.create());
                case "background softmax-focal" -> ImplicitBackground.of(SoftmaxFocalLoss.of(setting));
                default -> throw new IllegalArgumentException(name);
            };
        }

        @Override
        public String toString() {
            return name + " " + setting + " " + inputs;
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream in =
                requireNonNull(ClassLossFixtureTest.class.getResourceAsStream("torch_class_losses.csv"))) {
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

    /**
     * At 1e4 the numbers of single precision are 0.001 apart, too far for margins and priors; see ClassLossTest for
     * those.
     */
    static List<Row> rowsOfSinglePrecision() throws IOException {
        return rows().stream()
                .filter(row -> !(row.inputs.startsWith("extreme")
                        && (row.name.endsWith("ldam") || row.name.endsWith("logit-adjusted"))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rowsOfSinglePrecision")
    void agreesWithPyTorchInSinglePrecision(Row row) {
        Probe ours = Probe.of(row.ours(), row.numbers.get(0), row.numbers.get(1), DataType.FLOAT32, () -> {});

        assertClose(ours.values(), row.numbers.get(2), 1e-4, 1e-5);
        assertClose(ours.gradient(), row.numbers.get(3), 1e-4, 1e-5);
    }

    static List<Row> rowsOfModerateInputs() throws IOException {
        return rows().stream()
                .filter(row -> row.inputs.equals("random") || row.inputs.equals("soft"))
                .toList();
    }

    /** Central differences in double precision, at seeded logits away from the kinks. */
    @ParameterizedTest
    @MethodSource("rowsOfModerateInputs")
    void gradientIsTheSlopeOfTheValue(Row row) {
        double[] x = new Random(5).doubles(18, -2, 2).toArray();
        double[] y = row.numbers.get(1);
        double[] gradient = Probe.of(row.ours(), x, y).gradient();
        double step = 1e-5;
        for (int i = 0; i < x.length; i += 5) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += step;
            down[i] -= step;
            double rise = total(Probe.of(row.ours(), up, y)) - total(Probe.of(row.ours(), down, y));
            assertClose(new double[] {gradient[i]}, new double[] {rise / (2 * step)}, 1e-6, 1e-7);
        }
    }

    private static double total(Probe probe) {
        return Arrays.stream(probe.values()).sum();
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

package io.errata.core.loss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against plain derivations in PyTorch; the numbers are those of {@code batch_losses.py}, which stands beside them. */
class BatchLossFixtureTest {

    /** One row of batch_losses.csv. */
    record Row(
            String loss,
            double[] settings,
            String inputs,
            Shape shape,
            double[] predictions,
            double[] targets,
            double[] weights,
            double[] losses,
            double[] gradient,
            double[] countsAfter) {

        static Row parse(String line) {
            String[] f = line.split(";", -1);
            long[] shape = Arrays.stream(numbers(f[3])).mapToLong(d -> (long) d).toArray();
            return new Row(
                    f[0],
                    numbers(f[1]),
                    f[2],
                    new Shape(shape),
                    numbers(f[4]),
                    numbers(f[5]),
                    numbers(f[6]),
                    numbers(f[7]),
                    numbers(f[8]),
                    numbers(f[9]));
        }

        private static double[] numbers(String numbers) {
            return numbers.isEmpty()
                    ? new double[0]
                    : Arrays.stream(numbers.split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
        }

        /** What follows the first settings, as floats: the counts before the step. */
        float[] countsBefore(int settingsBefore) {
            float[] counts = new float[settings.length - settingsBefore];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (float) settings[settingsBefore + i];
            }
            return counts;
        }

        /** Ours, which may also be a GHM whose counts can be read. */
        Object ours() {
            return switch (loss) {
                case "ghm-c" -> {
                    GhmClassification ghm =
                            GhmClassification.of((int) settings[0]).withMomentum(settings[1]);
                    if (settings[1] > 0) {
                        ghm.restore(countsBefore(2));
                    }
                    yield ghm;
                }
                case "ghm-r" -> {
                    GhmRegression ghm =
                            GhmRegression.of((int) settings[0], settings[1]).withMomentum(settings[2]);
                    if (settings[2] > 0) {
                        ghm.restore(countsBefore(3));
                    }
                    yield ghm;
                }
                case "dice" -> {
                    DiceLoss dice = DiceLoss.of(settings[0]);
                    dice = settings[1] == 1 ? dice.overSoftmax() : dice;
                    dice = settings[2] == 1 ? dice.perRow() : dice;
                    yield settings[3] == 1 ? dice.withSquares() : dice;
                }
                case "dsc" -> SelfAdjustingDiceLoss.of(settings[0], settings[1]);
                case "bce" ->
                    settings[0] == 1
                            ? BinaryCrossEntropy.create()
                            : BinaryCrossEntropy.create().withPositiveWeight(settings);
                case "giou" -> GeneralizedIouLoss.create();
                default -> throw new IllegalArgumentException(loss);
            };
        }

        Probe probe(Object ours, DataType type) {
            return Probe.of((x, y) -> perElement(ours, x, y), predictions, targets, type, () -> {});
        }

        private NDArray perElement(Object ours, NDArray x, NDArray y) {
            if (ours instanceof RegressionLoss regression) {
                return weights.length == 0
                        ? regression.perElement(shaped(x), shaped(y))
                        : regression.perElement(shaped(x), shaped(y), weights(x));
            }
            ClassificationLoss classification = (ClassificationLoss) ours;
            return weights.length == 0
                    ? classification.perElement(shaped(x), shaped(y))
                    : classification.perElement(shaped(x), shaped(y), weights(x));
        }

        private NDArray shaped(NDArray flat) {
            return flat.reshape(shape);
        }

        private NDArray weights(NDArray like) {
            NDArray array = like.getManager().create(weights).toType(like.getDataType(), false);
            return weights.length == shape.size() ? array.reshape(shape) : array;
        }

        @Override
        public String toString() {
            return loss + " " + Arrays.toString(settings) + " " + inputs;
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream in = requireNonNull(BatchLossFixtureTest.class.getResourceAsStream("batch_losses.csv"))) {
            return new String(in.readAllBytes(), UTF_8).lines().map(Row::parse).toList();
        }
    }

    static List<Row> rowsWithMomentum() throws IOException {
        return rows().stream()
                .filter(row -> row.countsAfter.length > 0 && row.countsAfter.length == 5)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithPyTorchInValueAndGradient(Row row) {
        Probe ours = row.probe(row.ours(), DataType.FLOAT64);

        assertClose(ours.values(), row.losses, 1e-5, 1e-11);
        assertClose(ours.gradient(), row.gradient, 1e-5, 1e-11);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithPyTorchInSinglePrecision(Row row) {
        Probe ours = row.probe(row.ours(), DataType.FLOAT32);

        assertClose(ours.values(), row.losses, 1e-4, 1e-6);
        assertClose(ours.gradient(), row.gradient, 1e-4, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("rowsWithMomentum")
    void countsMoveOn(Row row) {
        Object ours = row.ours();
        row.probe(ours, DataType.FLOAT32);

        float[] after = ours instanceof GhmClassification ghm ? ghm.counts() : ((GhmRegression) ours).counts();

        assertClose(IntStream.range(0, after.length).mapToDouble(i -> after[i]).toArray(), row.countsAfter, 1e-6, 0);
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

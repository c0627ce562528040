package io.errata.detection.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.errata.core.problem.InvalidInputException;
import io.errata.detection.network.ReceptiveField.Layer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceptiveFieldTest {

    private static final List<Integer> NARROW = List.of(2, 2, 2, 2, 2, 2, 2);

    /** By hand: 1 + 4·1 = 5 at stride 2; + 2·2 = 9; + 2·2 = 13 at stride 4; + 1·4 = 17. */
    @Test
    void growsByKernelTimesStride() {
        List<Layer> layers = List.of(new Layer(1, 5, 2), new Layer(1, 3, 1), new Layer(1, 3, 2), new Layer(1, 2, 1));

        assertThat(ReceptiveField.of(layers)).isEqualTo(new ReceptiveField(17, 4));
        assertThat(ReceptiveField.of(List.of())).isEqualTo(new ReceptiveField(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"4, 13", "8, 31"})
    void everyPlanSeesExactlyItsPatch(int stride, int smallest) {
        for (int patch = smallest; patch <= 96; patch++) {
            Architecture plan = new Architecture(patch, stride, NARROW, false, false);

            assertThat(ReceptiveField.of(plan.layers())).isEqualTo(new ReceptiveField(patch, stride));
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 13", "8, 31"})
    void everyNetworkGivesOneOutputForAPatchAndAnotherAStrideFurther(int stride, int smallest) {
        for (int patch = smallest; patch <= 96; patch++) {
            try (Network network =
                            Network.create(new Architecture(patch, stride, NARROW, false, false), 1, 0, Device.cpu());
                    FoldedNetwork folded = network.fold()) {
                assertThat(outputs(folded, patch)).isEqualTo(new Shape(1, 1, 1, 1));
                assertThat(outputs(folded, patch + stride - 1)).isEqualTo(new Shape(1, 1, 1, 1));
                assertThat(outputs(folded, patch + stride)).isEqualTo(new Shape(1, 1, 2, 2));
                int tooSmall = patch - 1;
                assertThatExceptionOfType(EngineException.class).isThrownBy(() -> outputs(folded, tooSmall));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 13", "8, 31"})
    void refusesASmallerPatchAndNamesIt(int stride, int smallest) {
        IntStream.range(-1, smallest)
                .forEach(patch -> assertThatExceptionOfType(InvalidInputException.class)
                        .isThrownBy(() -> new Architecture(patch, stride, NARROW, false, false))
                        .withMessageContaining("windows.patch")
                        .withMessageContaining("at least " + smallest)
                        .withMessageEndingWith("found " + patch));
    }

    @Test
    void refusesOtherStridesAndTooFewWidths() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new Architecture(32, 6, NARROW, true, true))
                .withMessage("windows.stride must be 4 or 8, found 6");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new Architecture(32, 4, List.of(8, 8, 8, 8), true, true))
                .withMessageContaining("at least 5 numbers from 1 to 1024 at stride 4, found [8, 8, 8, 8]");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new Architecture(32, 8, List.of(8, 8, 8, 8, 8, 0, 8), true, true))
                .withMessageContaining("found [8, 8, 8, 8, 8, 0, 8]");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new Architecture(1 << 30, 4, NARROW, true, true))
                .withMessage("windows.patch must be at most 256, found 1073741824");
    }

    private static Shape outputs(FoldedNetwork network, int side) {
        try (NDManager scratch = network.manager().newSubManager()) {
            return network.infer(scratch.zeros(new Shape(1, side, side, 3), DataType.UINT8))
                    .getShape();
        }
    }
}

package io.errata.detection.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.ClassMapping;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import io.errata.detection.DetectionSettings;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFolderTest {

    private static final Architecture PLAN = new Architecture(16, 4, List.of(2, 3, 4, 5, 6), true, true);
    private static final ModelDescription DESCRIPTION = new ModelDescription(
            ModelDescription.FORMAT,
            List.of("cat", "dög"),
            new ClassMapping(Map.of("cat", List.of("kitten")), List.of("mouse")),
            new WindowGeometry(16, 4, 1.5, List.of(WindowShape.of(20, 0.7), WindowShape.of(33.3, 1))),
            PLAN,
            null,
            DetectionSettings.withDefaults(),
            new Provenance("1.0", "PyTorch 2", "17", "cpu", 7, 1, 2, "abc", 5, 0, Double.NaN));

    private Path run;
    private Path model;

    @BeforeEach
    void write(@TempDir Path temporary) throws IOException {
        run = temporary;
        model = run.resolve("model");
        try (Network network = Network.create(PLAN, 2, 3, Device.cpu())) {
            ModelFolder.write(model, DESCRIPTION, network, null);
        }
    }

    @Test
    void readsBackWhatItWrote() {
        for (Path place : List.of(run, model)) {
            ModelFolder read = ModelFolder.read(place);

            assertThat(read.description()).isEqualTo(DESCRIPTION);
            try (Network network = read.network(Device.cpu());
                    Network written = Network.create(PLAN, 2, 3, Device.cpu())) {
                assertThat(values(network)).usingRecursiveComparison().isEqualTo(values(written));
            }
        }
    }

    @Test
    void isFoundWhereAKilledReplacementLeftIt() throws IOException {
        Files.move(model, run.resolve(".model.old"));

        for (Path place : List.of(run, model)) {
            ModelFolder read = ModelFolder.read(place);
            assertThat(read.description()).isEqualTo(DESCRIPTION);
            read.network(Device.cpu()).close();
        }
    }

    @Test
    void whatIsNoModelIsRefused(@TempDir Path empty) {
        refuses(empty, "must be a run or its model folder, found no model.json there");
        refuses(empty.resolve("none"), "must be a run or its model folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : 2| \"format\" : 3| format must be 1 to 2, found 3",
                "\"format\" : 2| \"fromat\" : 2| format must be 1 to 2, found none",
                "\"classes\" : [ \"cat\", \"dög\" ]| \"classes\" : [ ]| classes must not be empty",
                "\"classes\" : [ \"cat\", \"dög\" ]| \"classes\" : null| description in JSON",
                "\"classes\" : [ \"cat\", \"dög\" ]| \"classes\" : 5| description in JSON",
                "\"stride\" : 4| \"stride\" : 8| geometry and architecture must have one patch and one stride",
                "\"stride\" : 4| \"stride\" : 0| stride must be ≥ 1, found 0",
                "\"max_detections\" : 100| \"max_detections\" : 0| detection.max_detections must be ≥ 1, found 0",
                "\"widths\" : [ 2, 3,| \"widths\" : [ 0, 3,| network.widths"
            })
    void aDamagedDescriptionIsRefusedWithItsReason(String text, String instead, String reason) throws IOException {
        Path file = model.resolve("model.json");
        String before = Files.readString(file);
        Files.writeString(file, before.replaceFirst(Pattern.quote(text), instead));

        assertThat(file).content().isNotEqualTo(before);
        refuses(run, reason);
    }

    @ParameterizedTest
    @CsvSource({"''", "null", "[]", "{", "not json"})
    void aDescriptionThatIsNoObjectIsRefused(String text) throws IOException {
        Files.writeString(model.resolve("model.json"), text);

        refuses(run, "model.json");
    }

    @Test
    void damagedWeightsAreRefused() throws IOException {
        Path weights = model.resolve("weights.npz");
        byte[] whole = Files.readAllBytes(weights);

        for (int length : new int[] {0, 10, whole.length / 2}) {
            Files.write(weights, Arrays.copyOf(whole, length));
            refusesWeights();
        }
        Files.delete(weights);
        refusesWeights();
    }

    private static Map<String, float[]> values(Network network) {
        Map<String, float[]> values = new TreeMap<>();
        network.parameters()
                .forEach((name, parameter) ->
                        values.put(name, parameter.getArray().toFloatArray()));
        return values;
    }

    private void refusesWeights() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ModelFolder.read(run).network(Device.cpu()))
                .withMessageContaining("weights.npz")
                .withMessageContaining("must be the whole weights of the model.json beside it");
    }

    private static void refuses(Path place, String reason) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ModelFolder.read(place))
                .withMessageContaining(reason);
    }
}

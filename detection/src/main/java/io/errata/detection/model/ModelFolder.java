package io.errata.detection.model;

import ai.djl.Device;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.DetectionSettings;
import io.errata.detection.files.Json;
import io.errata.detection.files.JsonFault;
import io.errata.detection.files.SafeFiles;
import io.errata.detection.files.VersionedJson;
import io.errata.detection.network.Architecture;
import io.errata.detection.network.CropArchitecture;
import io.errata.detection.network.CropNetwork;
import io.errata.detection.network.Network;
import io.errata.detection.refine.BoxRefiner;
import io.errata.detection.refine.SecondStage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A trained detector on disk: {@code model.json}, {@code weights.npz} and, where it has a second stage, {@code second_stage.npz}, NumPy
 * arrays by name.
 *
 * @param folder where they lie
 * @param description what {@code model.json} says
 */
public record ModelFolder(Path folder, ModelDescription description) {

    private static final String DESCRIPTION = "model.json";
    private static final String WEIGHTS = "weights.npz";
    private static final String SECOND_STAGE = "second_stage.npz";

    /**
     * Reads a model's description.
     *
     * @param runOrModel a run's folder or its {@code model} folder
     * @throws InvalidInputException if there is no model, or one that this version cannot read
     */
    public static ModelFolder read(Path runOrModel) {
        Path named = SafeFiles.current(runOrModel);
        Path folder = Files.exists(named.resolve(DESCRIPTION)) ? named : SafeFiles.current(named.resolve("model"));
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.exists(file)) {
            throw invalid(runOrModel, "must be a run or its model folder, found no " + DESCRIPTION + " there");
        }
        if (!Files.isRegularFile(file)) {
            throw invalid(file, "must be a model's description in JSON, found no regular file");
        }
        JsonNode json = null;
        try {
            json = Json.MAPPER.readTree(file.toFile());
            VersionedJson.requireFormat(json, file, ModelDescription.FORMAT, "model");
            ModelDescription description = Json.MAPPER.treeToValue(json, ModelDescription.class);
            requireAgreement(file, description);
            return new ModelFolder(folder, description);
        } catch (JsonProcessingException e) {
            throw invalid(file, "must be a model's description in JSON, but " + JsonFault.of(e, json));
        } catch (IOException e) {
            throw invalid(file, "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Writes a model, replacing the one that is there: aside first, then renamed.
     *
     * @param secondStage of the description's architecture; {@code null} where it names none
     * @throws IOException if the folder cannot be written
     */
    public static void write(
            Path folder, ModelDescription description, Network network, @Nullable CropNetwork secondStage)
            throws IOException {
        SafeFiles.replaceFolder(folder, aside -> {
            Files.writeString(
                    aside.resolve(DESCRIPTION), Json.MAPPER.writeValueAsString(description) + System.lineSeparator());
            try (var out = Files.newOutputStream(aside.resolve(WEIGHTS))) {
                network.write(out);
            }
            if (secondStage != null) {
                try (var out = Files.newOutputStream(aside.resolve(SECOND_STAGE))) {
                    secondStage.write(out);
                }
            }
        });
    }

    /**
     * The network with its weights, on a device; the caller closes it.
     *
     * @throws InvalidInputException if the weights are missing or damaged, or not finite
     */
    public Network network(Device device) {
        return weights(
                WEIGHTS,
                in -> Network.read(description.architecture(), classes().size(), in, device));
    }

    /**
     * What looks again at the boxes that the network finds, on a device; the caller closes it. Empty where the model has no second stage.
     *
     * @throws InvalidInputException if its weights are missing or damaged, or not finite
     */
    public Optional<BoxRefiner> refiner(Device device) {
        CropArchitecture architecture = description.secondStage();
        if (architecture == null) {
            return Optional.empty();
        }
        return Optional.of(SecondStage.owning(weights(
                SECOND_STAGE, in -> CropNetwork.read(architecture, classes().size(), in, device))));
    }

    private <T> T weights(String name, Reading<T> reading) {
        Path weights = folder.resolve(name);
        if (Files.exists(weights) && !Files.isRegularFile(weights)) {
            throw invalid(weights, "must be the whole weights of the model.json beside it, found no regular file");
        }
        try (ZipFile whole = new ZipFile(weights.toFile()); // wants its directory, which stands at the end
                InputStream in = Files.newInputStream(weights)) {
            return reading.of(in);
        } catch (IOException e) {
            throw invalid(
                    weights,
                    "must be the whole weights of the model.json beside it, but "
                            + firstLine(e.getClass() == IOException.class ? e.getMessage() : e.toString())
                            + "; copy the model again");
        }
    }

    private static void requireAgreement(Path file, ModelDescription description) {
        WindowGeometry windows = description.geometry();
        Architecture network = description.architecture();
        if (windows.patch() != network.patch() || windows.stride() != network.stride()) {
            throw invalid(file, "geometry and architecture must have one patch and one stride");
        }
        if (description.classes().isEmpty()) {
            throw invalid(file, "classes must not be empty");
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "it is damaged" : text.lines().findFirst().orElse("it is damaged");
    }

    public List<String> classes() {
        return description.classes();
    }

    public WindowGeometry geometry() {
        return description.geometry();
    }

    public DetectionSettings detection() {
        return description.detection();
    }

    private static InvalidInputException invalid(Path file, String problem) {
        return new InvalidInputException(Problem.inFile(file.toString(), "model", problem));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(InputStream in) throws IOException;
    }
}

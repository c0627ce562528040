package io.errata.mining.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.errata.datasets.Dataset;
import io.errata.detection.TinyData;
import io.errata.detection.detector.Detector;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A run of three rounds of fifteen steps on a dozen small drawn images: seconds, and yet the whole loop. */
final class TinyRun {

    /** Nine images to train on. */
    static final Dataset TRAIN =
            TinyData.images(12).filter(image -> image.name().compareTo("smear-0010") < 0);
    /** The other three. */
    static final Dataset VALIDATION =
            TinyData.images(12).filter(image -> image.name().compareTo("smear-0010") >= 0);

    private TinyRun() {}

    static MiningRun create() {
        return on(TRAIN, VALIDATION);
    }

    static MiningRun on(Dataset train, Dataset validation) {
        return MiningRun.on(train)
                .withValidation(validation)
                .with(
                        "windows.patch=16",
                        "network.widths=[6, 8, 8, 12, 12]",
                        "network.second_stage=none",
                        "training.steps_per_round=15",
                        "training.batch_size=32",
                        "optimizer.learning_rate=0.02",
                        "optimizer.warmup_steps=5",
                        "mining.rounds=3",
                        "mining.patience=3",
                        "mining.threshold=0.1",
                        "run.seed=11",
                        "run.threads=1",
                        "run.device=cpu");
    }

    /** Trains into a folder and closes the detector. */
    static RunFolder train(MiningRun run, Path folder) {
        try (Detector trained = run.train(folder)) {
            return new RunFolder(folder);
        }
    }

    /** Goes on with a run and closes the detector. */
    static RunFolder resume(MiningRun run, Path folder) {
        try (Detector trained = run.resume(folder)) {
            return new RunFolder(folder);
        }
    }

    /** The arrays of a {@code .npz} file, by name. */
    static Map<String, float[]> arrays(Path npz) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(EngineEnvironment.ENGINE);
                InputStream in = Files.newInputStream(npz)) {
            Map<String, float[]> arrays = new TreeMap<>();
            for (NDArray array : NDList.decode(manager, in)) {
                arrays.put(array.getName(), array.toFloatArray());
            }
            return arrays;
        }
    }

    /** The weights after the last of three rounds. */
    static Map<String, float[]> finalWeights(RunFolder run) throws IOException {
        return arrays(run.checkpoints().resolve("round-2").resolve("weights.npz"));
    }

    /** {@code summary.json} without what a clock measured. */
    static JsonNode untimed(RunFolder run) throws IOException {
        JsonNode summary = Json.MAPPER.readTree(run.summary().toFile());
        for (JsonNode round : summary.get("rounds")) {
            ((ObjectNode) round.get("train")).remove("seconds");
            ((ObjectNode) round).remove("scan");
        }
        return summary;
    }
}

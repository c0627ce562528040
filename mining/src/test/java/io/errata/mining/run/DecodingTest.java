package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest {

    private final Map<String, Integer> reads = new ConcurrentHashMap<>();

    /** Once to see that they can be read, then once a round for the patches and once for the scan, or for validation. */
    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aRunReadsEachImageOnceAPassWhateverMemoryThereIs(int cacheMb, @TempDir Path folder) {
        train(folder, cacheMb);

        assertThat(reads).hasSize(9 + 3);
        TinyRun.TRAIN
                .images()
                .forEach(image -> assertThat(reads.get(image.name())).isBetween(3, 5));
        TinyRun.VALIDATION
                .images()
                .forEach(image -> assertThat(reads.get(image.name())).isEqualTo(3));
    }

    /** Patches from memory and from a file are the same. */
    @Test
    void memoryChangesNothing(@TempDir Path folder) throws IOException {
        train(folder.resolve("memory"), 256);
        train(folder.resolve("file"), 0);

        RunSummary memory = new RunFolder(folder.resolve("memory/run")).readSummary();
        RunSummary file = new RunFolder(folder.resolve("file/run")).readSummary();
        assertThat(file.rounds()).hasSameSizeAs(memory.rounds());
        for (int round = 0; round < memory.rounds().size(); round++) {
            assertThat(file.rounds().get(round).loss())
                    .isEqualTo(memory.rounds().get(round).loss());
            assertThat(file.rounds().get(round).hardFound())
                    .isEqualTo(memory.rounds().get(round).hardFound());
        }
        assertThat(folder.resolve("file/run/patches.tmp")).doesNotExist();
    }

    /** Two rounds. */
    private void train(Path folder, int cacheMb) {
        MiningRun run = TinyRun.on(counted(TinyRun.TRAIN), counted(TinyRun.VALIDATION))
                .with("mining.rounds=2", "training.steps_per_round=3", "run.cache_mb=" + cacheMb);
        TinyRun.train(run, folder.resolve("run"));
    }

    private Dataset counted(Dataset dataset) {
        return new Dataset(
                dataset.classes(), dataset.images().stream().map(this::counted).toList());
    }

    private AnnotatedImage counted(AnnotatedImage image) {
        return new AnnotatedImage(
                image.name(),
                () -> {
                    reads.merge(image.name(), 1, Integer::sum);
                    return image.source().read();
                },
                image.width(),
                image.height(),
                image.objects());
    }
}

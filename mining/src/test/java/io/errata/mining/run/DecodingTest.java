package io.errata.mining.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodingTest {

    private final Map<String, Integer> reads = new ConcurrentHashMap<>();

    @Test
    void aRunReadsEachImageOnceWhereMemoryAllows(@TempDir Path folder) {
        train(folder, 1024);

        assertThat(reads)
                .hasSize(9 + 3)
                .allSatisfy((image, count) -> assertThat(count).isEqualTo(1));
    }

    /** And goes on without any, if slowly. */
    @Test
    void aRunWithoutMemoryReadsThemAgain(@TempDir Path folder) {
        train(folder, 0);

        assertThat(reads)
                .hasSize(9 + 3)
                .allSatisfy((image, count) -> assertThat(count).isGreaterThanOrEqualTo(3));
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

package io.errata.datasets.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Scenes;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchPackTest {

    private static final int IMAGES = 6;

    @TempDir
    Path folder;

    /** Few patches of a level are resized by themselves, many are cut out of the whole: both are what a whole level has. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 3000})
    void givesThePatchesAsTheyWereAskedForEachImageDecodedOnce(int count) {
        for (int seed = 0; seed < 4; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            WindowGeometry geometry = Scenes.randomGeometry(random);
            try (PyramidStore store = new PyramidStore(images(seed), geometry, 2)) {
                PatchRequests requests = new PatchRequests(geometry.patch());
                List<byte[]> expected = ask(store, requests, random, count);
                for (long memory : new long[] {Long.MAX_VALUE, 0}) {
                    long before = store.decoded();
                    try (PatchPack pack = PatchPack.cut(requests, store, memory, folder.resolve("patches"))) {
                        assertThat(store.decoded() - before).isLessThanOrEqualTo(IMAGES);
                        assertThat(pack.isInFile()).isEqualTo(memory == 0);
                        assertThat(Files.exists(folder.resolve("patches"))).isEqualTo(memory == 0);
                        PatchSource reader = pack.reader();
                        for (byte[] patch : expected) {
                            assertThat(reader.window(0)).containsExactly(patch);
                        }
                        int last = expected.size() - 1;
                        assertThat(pack.reader().at(last).frame(0, 0, 0, 0, 0)).containsExactly(expected.get(last));
                    }
                    assertThat(folder).isEmptyDirectory();
                }
            }
        }
    }

    /** Asks for windows and frames at random, and for the same of whole levels. */
    private static List<byte[]> ask(PyramidStore store, PatchRequests requests, SplittableRandom random, int count) {
        PatchSource direct = new DirectPatches(store);
        WindowGeometry geometry = store.geometry();
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int image = random.nextInt(IMAGES);
            int level = random.nextInt(geometry.levels());
            AnnotatedImage annotated = store.images().get(image);
            LevelGrid grid = geometry.grid(level, annotated.width(), annotated.height());
            if (random.nextBoolean()) {
                long key = WindowKey.of(image, level, random.nextInt(grid.rows()), random.nextInt(grid.columns()));
                requests.window(key);
                expected.add(direct.window(key).clone());
            } else {
                double x = random.nextDouble(-10, grid.paddedWidth() + 10);
                double y = random.nextDouble(-10, grid.paddedHeight() + 10);
                double zoom = Math.exp(random.nextDouble(-1, 1.5));
                requests.frame(image, level, x, y, zoom);
                expected.add(direct.frame(image, level, x, y, zoom).clone());
            }
        }
        return expected;
    }

    @Test
    void replacesAFileThatAKilledProcessLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("patches"), "left over");
        try (PyramidStore store = store();
                PatchPack pack = PatchPack.cut(oneWindow(), store, 0, file)) {
            assertThat(pack.reader().window(0)).containsExactly(new DirectPatches(store).window(0));
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void tellsAFileThatWasCutShort() throws IOException {
        Path file = folder.resolve("patches");
        try (PyramidStore store = store();
                PatchPack pack = PatchPack.cut(oneWindow(), store, 0, file)) {
            Files.write(file, new byte[10], StandardOpenOption.TRUNCATE_EXISTING);
            assertThatThrownBy(() -> pack.reader().window(0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("cut short");
        }
    }

    @Test
    void namesAFileThatCannotBeWritten() {
        Path nowhere = folder.resolve("no/such/folder/patches");
        try (PyramidStore store = store()) {
            assertThatThrownBy(() -> PatchPack.cut(oneWindow(), store, 0, nowhere))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(nowhere.toString());
        }
    }

    private static PatchRequests oneWindow() {
        PatchRequests requests = new PatchRequests(20);
        requests.window(0);
        return requests;
    }

    private static PyramidStore store() {
        return new PyramidStore(images(1), new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20))), 1);
    }

    private static List<AnnotatedImage> images(int seed) {
        return IntStream.range(0, IMAGES)
                .mapToObj(i -> Scenes.image("image-" + seed + "-" + i, 60 + 25 * i, 150 - 15 * i))
                .toList();
    }
}

package io.errata.detection.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFilesTest {

    private Path root;
    private Path folder;

    @BeforeEach
    void place(@TempDir Path temporary) {
        root = temporary;
        folder = root.resolve("model");
    }

    @Test
    void replacesAFilesText() throws IOException {
        Path file = root.resolve("summary.json");
        SafeFiles.replace(file, "one");
        SafeFiles.replace(file, "zwö");

        assertThat(file).hasContent("zwö");
        assertThat(entries()).containsExactly("summary.json");
    }

    /** A reader sees one text or the other, whole, however often it looks. */
    @Test
    void aReaderNeverSeesHalfAFile() throws Exception {
        Path file = root.resolve("summary.json");
        String one = "a".repeat(300_000);
        String other = "b".repeat(200_000);
        SafeFiles.replace(file, one);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try {
                for (int i = 0; i < 100; i++) {
                    SafeFiles.replace(file, i % 2 == 0 ? other : one);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                done.set(true);
            }
        });
        writer.start();
        while (!done.get()) {
            assertThat(Files.readString(file)).isIn(one, other);
        }
        writer.join();
    }

    @Test
    void replacesAFolderByWhatIsWritten() throws IOException {
        write("one", "old");
        write("two", "new");

        assertThat(folder.resolve("two")).hasContent("new");
        assertThat(folder.resolve("one")).doesNotExist();
        assertThat(entries()).containsExactly("model");
    }

    @Test
    void keepsTheOldFolderWhereTheNewOneCannotBeWritten() throws IOException {
        write("one", "old");

        assertThatIOException()
                .isThrownBy(() -> SafeFiles.replaceFolder(folder, aside -> {
                    Files.writeString(aside.resolve("two"), "half");
                    throw new IOException("disk full");
                }));
        assertThat(folder.resolve("one")).hasContent("old");

        write("three", "new");
        assertThat(folder).isDirectoryNotContaining(path -> !path.endsWith("three"));
        assertThat(entries()).containsExactly("model");
    }

    @Test
    void findsTheOldFolderWhereAProcessWasKilledBetweenTheRenames() throws IOException {
        killBetweenTheRenames();

        assertThat(SafeFiles.current(folder)).isEqualTo(root.resolve(".model.old"));
        assertThat(SafeFiles.current(folder).resolve("one")).hasContent("old");
        SafeFiles.replaceFolder(folder, aside -> {
            assertThat(folder.resolve("one"))
                    .as("back while the next is written")
                    .hasContent("old");
            Files.writeString(aside.resolve("two"), "new");
        });
        assertThat(SafeFiles.current(folder)).isEqualTo(folder);
        assertThat(entries()).containsExactly("model");
    }

    @Test
    void anUnfinishedReplacementLosesNothingEvenAfterAnother() throws IOException {
        killBetweenTheRenames();

        assertThatIOException()
                .isThrownBy(() -> SafeFiles.replaceFolder(folder, aside -> {
                    throw new IOException("killed again");
                }));
        assertThat(SafeFiles.current(folder).resolve("one")).hasContent("old");
    }

    @Test
    void deletesFoldersWithAllThatIsInThemAndNothingWhereThereIsNone() throws IOException {
        write("one", "old");
        Files.createDirectories(folder.resolve("deep/er"));
        SafeFiles.delete(folder);
        SafeFiles.delete(folder);

        assertThat(folder).doesNotExist();
        assertThat(SafeFiles.current(folder)).isEqualTo(folder);
    }

    /** What is on disk after the first of the two renames: the old folder aside, the new one whole but not in place. */
    private void killBetweenTheRenames() throws IOException {
        write("one", "old");
        Files.move(folder, root.resolve(".model.old"));
        Files.createDirectories(root.resolve(".model.new"));
        Files.writeString(root.resolve(".model.new").resolve("two"), "new");
    }

    private void write(String file, String text) throws IOException {
        SafeFiles.replaceFolder(folder, aside -> Files.writeString(aside.resolve(file), text));
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }
}

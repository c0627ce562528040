package io.errata.datasets.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.errata.datasets.image.OpenCvLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that load OpenCV, with a cache and a temporary folder of their own. */
@EnabledOnOs(OS.LINUX)
class UnpackedLibraryTest {

    @TempDir
    private Path folder = Path.of("");

    private Path home = Path.of("");
    private Path cache = Path.of("");
    private Path temporary = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        home = folder.resolve("home cache");
        cache = home.resolve("errata");
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private Process start() throws IOException {
        ProcessBuilder loading = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path", "."),
                Loading.class.getName());
        loading.environment().put("XDG_CACHE_HOME", home.toString());
        return loading.redirectErrorStream(true).start();
    }

    /** Returns what the process said: the library's file or {@code none}. */
    private static String end(Process loading) throws IOException, InterruptedException {
        try {
            String said = new String(loading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(loading.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(loading.exitValue()).as(said).isZero();
            return said.strip();
        } finally {
            loading.destroyForcibly();
        }
    }

    private Path unpacked() throws IOException, InterruptedException {
        Path file = Path.of(end(start()));
        assertThat(file).startsWith(cache).isRegularFile();
        return file;
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.contains("opencv"))
                    .toList();
        }
    }

    @Test
    void isUnpackedOnceByFirstStartsAtOnce() throws Exception {
        List<Process> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(start());
        }
        List<String> said = new ArrayList<>();
        for (Process one : all) {
            said.add(end(one));
        }

        assertThat(said).allMatch(said.get(0)::equals);
        assertThat(cached()).singleElement().asString().startsWith("libopencv_java490.so-");
        assertThat(temporary).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
        Object before = Files.readAttributes(Path.of(said.get(0)), "unix:ino,ctime");
        assertThat(unpacked()).hasToString(said.get(0));
        assertThat((Object) Files.readAttributes(Path.of(said.get(0)), "unix:ino,ctime"))
                .isEqualTo(before);
    }

    @Test
    void whatAKilledProcessLeftIsReplaced() throws Exception {
        Path file = unpacked();
        long size = Files.size(file);
        Path aside = Files.createDirectory(cache.resolve("." + cached().get(0) + ".new"));
        Files.writeString(aside.resolve(file.getFileName()), "half");
        Files.writeString(file, "half");

        assertThat(unpacked()).isEqualTo(file).hasSize(size);
        assertThat(aside).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwxr-xrwx"})
    void isNotLoadedFromWhereOthersCanWrite(String permissions) throws Exception {
        Path file = unpacked();
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString(permissions));
        assertThat(end(start())).isEqualTo("none");
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString(permissions));
        assertThat(end(start())).isEqualTo("none");
    }

    @Test
    void isNotLoadedByWayOfALink() throws Exception {
        Path file = unpacked();
        Path real = folder.resolve("elsewhere");
        Files.move(file.getParent(), real);
        Files.createSymbolicLink(file.getParent(), real);

        assertThat(end(start())).isEqualTo("none");

        Files.delete(file.getParent());
        Files.move(real, file.getParent());
        assertThat(unpacked()).isEqualTo(file);
        Files.move(cache, folder.resolve("cache elsewhere"));
        Files.createSymbolicLink(cache, folder.resolve("cache elsewhere"));
        assertThat(end(start())).isEqualTo("none");
    }

    @Test
    void isNotLoadedFromAFolderOfSomebodyElse() throws Exception {
        Path file = unpacked();
        try {
            Files.setAttribute(file.getParent(), "unix:uid", 65534);
        } catch (IOException e) {
            assumeThat(e).as("only root can give a folder away").isNull();
        }

        assertThat(end(start())).isEqualTo("none");
    }

    @Test
    void withoutAHomeOpenCvUnpacksItself() throws Exception {
        home = Files.createFile(folder.resolve("file"));

        assertThat(end(start())).isEqualTo("none");

        assertThat(home).isEmptyFile();
    }

    /** Loads OpenCV, and tells from where. */
    static final class Loading {

        private Loading() {}

        public static void main(String... arguments) {
            OpenCvLibrary.load();
            String folder = "/nu/pattern/opencv/linux/"
                    + (System.getProperty("os.arch").equals("aarch64") ? "ARMv8" : "x86_64");
            System.out.println(UnpackedLibrary.file(folder + "/libopencv_java490.so")
                    .map(Path::toString)
                    .orElse("none"));
        }
    }
}

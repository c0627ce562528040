package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher sets for the JVM, seen by a {@code java} that prints it. */
class LauncherTest {

    private static final String JAVA = """
            #!/bin/sh
            [ "$1" = -version ] && { echo 'openjdk version "17.0.1"' >&2; exit 0; }
            echo "spins=${GOMP_SPINCOUNT:-none}"
            """;

    @TempDir
    Path folder;

    @Test
    void waitingThreadsSleepEarlyUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(printed(Map.of())).isEqualTo("spins=2000");
        assertThat(printed(Map.of("GOMP_SPINCOUNT", "7"))).isEqualTo("spins=7");
        assertThat(printed(Map.of("OMP_WAIT_POLICY", "active"))).isEqualTo("spins=none");
    }

    private String printed(Map<String, String> environment) throws IOException, InterruptedException {
        Path java = folder.resolve("jdk/bin/java");
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(java, JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(folder.resolve("dist/bin"));
        Files.createDirectories(folder.resolve("dist/lib"));
        Path launcher = folder.resolve("dist/bin/errata");
        Files.writeString(
                launcher,
                Files.readString(Path.of(System.getProperty("errata.root", ".."), "cli/src/main/launcher/errata")));
        ProcessBuilder program = new ProcessBuilder("sh", launcher.toString(), "doctor");
        program.environment().remove("GOMP_SPINCOUNT");
        program.environment().remove("OMP_WAIT_POLICY");
        program.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        program.environment().putAll(environment);
        Process process = program.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text.strip();
    }
}

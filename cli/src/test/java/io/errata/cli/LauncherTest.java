package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
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

    private Launched launched;

    @BeforeEach
    void makeJavaAndLauncher() throws IOException {
        Path java = folder.resolve("jdk/bin/java");
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(java, JAVA);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        launched = Launched.in(folder.resolve("dist"));
    }

    @Test
    void waitingThreadsSleepEarlyUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(printed(Map.of())).isEqualTo("spins=2000");
        assertThat(printed(Map.of("GOMP_SPINCOUNT", "7"))).isEqualTo("spins=7");
        assertThat(printed(Map.of("OMP_WAIT_POLICY", "active"))).isEqualTo("spins=none");
    }

    private String printed(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder program = launched.program("doctor");
        program.environment().keySet().removeAll(List.of("GOMP_SPINCOUNT", "OMP_WAIT_POLICY"));
        program.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        program.environment().putAll(environment);
        int status = Launched.status(program);
        assertThat(status).as(launched.err()).isZero();
        return launched.out().strip();
    }
}

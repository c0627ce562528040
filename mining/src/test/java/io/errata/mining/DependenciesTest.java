package io.errata.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A library user who mines in Java carries nothing that only the command line needs. */
class DependenciesTest {

    @Test
    void noTerminalNoChartsNoLoggingBackend() {
        List<String> jars = List.of(System.getProperty("java.class.path", "").split(File.pathSeparator));

        assertThat(jars)
                .as("jars on the class path")
                .anyMatch(jar -> jar.contains("sqlite"))
                .noneMatch(jar -> jar.matches(".*(picocli|xchart|progressbar|logback|slf4j-(simple|nop|jdk14)).*"));
    }
}

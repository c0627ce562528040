package io.errata.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A library user who only detects carries nothing that only the loop or the command line needs. */
class DependenciesTest {

    @Test
    void noSqlNoTerminalNoChartsNoLoggingBackend() {
        List<String> jars = List.of(System.getProperty("java.class.path", "").split(File.pathSeparator));

        assertThat(jars)
                .as("jars on the class path")
                .anyMatch(jar -> jar.contains("opencv"))
                .noneMatch(
                        jar -> jar.matches(".*(sqlite|picocli|xchart|progressbar|logback|slf4j-(simple|nop|jdk14)).*"));
    }
}

package io.errata.datasets;

import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where real data sets lie; a test that asks for one is skipped where they are not. */
public final class RealData {

    private RealData() {}

    public static Path folder(String name) {
        String data = System.getProperty("errata.data");
        Assumptions.assumeTrue(data != null && !data.isBlank(), "errata.data is not set");
        return Path.of(data, name);
    }
}

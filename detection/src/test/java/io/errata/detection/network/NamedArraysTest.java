package io.errata.detection.network;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.errata.detection.engine.EngineEnvironment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedArraysTest {

    private final NDManager manager = NDManager.newBaseManager(EngineEnvironment.ENGINE);

    @AfterEach
    void close() {
        manager.close();
    }

    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put("weight", manager.create(new float[] {1, -2.5f, 3e-8f, 4, 5, 6}, new Shape(1, 3, 2, 1)));
        arrays.put("bias", manager.create(new float[] {7, 8, 9}));
        arrays.put("scale", manager.create(0.5f));
        return arrays;
    }

    private static byte[] written(Map<String, NDArray> arrays) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NamedArrays.write(arrays, out);
        return out.toByteArray();
    }

    @Test
    void comeBackAsTheyWere() throws IOException {
        Map<String, NDArray> read = arrays();
        read.values().forEach(array -> array.muli(0));

        NamedArrays.restore(read, new ByteArrayInputStream(written(arrays())), manager);

        arrays().forEach((name, array) -> assertThat(read.get(name)).isEqualTo(array));
    }

    /** The engine's own reader stands for other tools. */
    @Test
    void areThoseOfNumPy() throws IOException {
        NDList decoded = NDList.decode(manager, new ByteArrayInputStream(written(arrays())));

        assertThat(decoded).extracting(NDArray::getName).containsExactly("weight", "bias", "scale");
        assertThat(decoded).containsExactlyElementsOf(arrays().values());
    }

    /** NumPy's {@code numpy.lib.format}, version 1.0: magic, version, length of the header, header, values. */
    @Test
    void haveTheHeaderThatNumPyDescribes() throws IOException {
        byte[] npy;
        try (ZipInputStream zip = new ZipInputStream(
                new ByteArrayInputStream(written(Map.of("bias", requireNonNull(arrays().get("bias"))))))) {
            assertThat(requireNonNull(zip.getNextEntry()).getName()).isEqualTo("bias.npy");
            npy = zip.readAllBytes();
        }

        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
        assertThat(npy).hasSize(128 + 3 * 4);
        assertThat(HexFormat.of().formatHex(npy, 0, 10)).isEqualTo("934e554d50590100" + "7600");
        assertThat(new String(npy, 10, 118, StandardCharsets.US_ASCII))
                .isEqualTo(header + " ".repeat(117 - header.length()) + "\n");
        assertThat(HexFormat.of().formatHex(npy, 128, 140)).isEqualTo("0000e0400000004100001041");
    }

    @Test
    void areTheSameBytesWheneverAndWhereverTheyAreWritten() throws Exception {
        byte[] first = written(arrays());
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            Thread.sleep(2100); // the time of a zip file has steps of two seconds

            assertThat(written(arrays())).isEqualTo(first);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void numbersThatAreNoneAreRefused(float bad) throws IOException {
        Map<String, NDArray> arrays = arrays();
        requireNonNull(arrays.get("bias")).set(new float[] {7, bad, 9});
        byte[] written = written(arrays);

        assertThatIOException()
                .isThrownBy(() -> NamedArrays.restore(arrays(), new ByteArrayInputStream(written), manager))
                .withMessage("bias must have finite numbers only, found " + bad + " as number 2");
    }
}

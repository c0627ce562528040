package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Arrays of float32 in a file, by name: NumPy's {@code .npz}, so that other tools can read them. Equal arrays give equal bytes: the
 * entries stand in the order of the map, carry one fixed time, and are stored as they are, as {@code numpy.savez} does.
 */
public final class NamedArrays {

    /** Java would add the time zone's own time to one before February 1980, the first that a zip file can tell. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final String ENDING = ".npy";
    /** NumPy's format, version 1.0: six bytes of its name, two of the version, two of the header's length, the header in ASCII. */
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private static final int ALIGNMENT = 64;

    private NamedArrays() {}

    /** Writes these arrays of float32; the stream stays open. */
    public static void write(Map<String, NDArray> arrays, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NDArray> array : arrays.entrySet()) {
            byte[] bytes = bytes(array.getValue());
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            ZipEntry entry = new ZipEntry(array.getKey() + ENDING);
            entry.setTimeLocal(TIME);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
        }
        zip.finish();
        zip.flush();
    }

    /** An array in NumPy's format, row by row. */
    private static byte[] bytes(NDArray array) {
        byte[] header = header(array.getShape().getShape());
        float[] values = array.toFloatArray();
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + Short.BYTES + header.length + Float.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) header.length)
                .put(header);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** A Python dictionary, filled up with spaces so that the values begin at a multiple of {@value #ALIGNMENT} bytes. */
    private static byte[] header(long[] shape) {
        String sides = Arrays.stream(shape).mapToObj(side -> side + ",").collect(Collectors.joining(" "));
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sides + "), }";
        int before = MAGIC.length + Short.BYTES;
        int length = (before + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - before;
        return (text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Fills these arrays with those of the same names.
     *
     * @throws IOException if the file cannot be read, or has other names, shapes or types, or a number that is none
     */
    public static void restore(Map<String, NDArray> arrays, InputStream in, NDManager manager) throws IOException {
        try (NDManager scratch = manager.newSubManager()) {
            Map<String, NDArray> found = new HashMap<>();
            for (NDArray array : decode(scratch, in)) {
                found.put(array.getName(), array);
            }
            if (!found.keySet().equals(arrays.keySet())) {
                throw new IOException("arrays must be " + arrays.keySet() + ", found " + found.keySet());
            }
            for (Map.Entry<String, NDArray> target : arrays.entrySet()) {
                NDArray source = Objects.requireNonNull(found.get(target.getKey()));
                if (!source.getShape().equals(target.getValue().getShape())) {
                    throw new IOException(target.getKey() + " must have shape "
                            + target.getValue().getShape() + ", found " + source.getShape());
                }
                if (source.getDataType() != DataType.FLOAT32) {
                    throw new IOException(target.getKey() + " must be of type float32, found " + source.getDataType());
                }
                target.getValue().set(finite(target.getKey(), source.toFloatArray()));
            }
        }
    }

    private static float[] finite(String name, float[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IOException(
                        name + " must have finite numbers only, found " + values[i] + " as number " + (i + 1));
            }
        }
        return values;
    }

    private static NDList decode(NDManager scratch, InputStream in) throws IOException {
        try {
            return NDList.decode(scratch, in);
        } catch (RuntimeException e) {
            throw new IOException("cannot be read as arrays: " + e.getMessage(), e);
        }
    }
}

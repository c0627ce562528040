package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Arrays in a file, by name: NumPy's {@code .npz}, so that other tools can read them. */
public final class NamedArrays {

    private NamedArrays() {}

    /** Writes these arrays; the stream stays open. */
    public static void write(Map<String, NDArray> arrays, OutputStream out) throws IOException {
        NDList list = new NDList();
        try (NDManager scratch = arrays.values().iterator().next().getManager().newSubManager()) {
            arrays.forEach((name, array) -> {
                NDArray named = array.stopGradient();
                named.attach(scratch);
                named.setName(name);
                list.add(named);
            });
            list.encode(out, NDList.Encoding.NPZ);
        }
    }

    /**
     * Fills these arrays with those of the same names.
     *
     * @throws IOException if the file cannot be read, or has other names, shapes or types
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
                target.getValue().set(source.toFloatArray());
            }
        }
    }

    private static NDList decode(NDManager scratch, InputStream in) throws IOException {
        try {
            return NDList.decode(scratch, in);
        } catch (RuntimeException e) {
            throw new IOException("cannot be read as arrays: " + e.getMessage(), e);
        }
    }
}

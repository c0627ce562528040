package io.errata.detection.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network that learns from patches: class logits (multi-label) and perhaps class-agnostic box offsets. */
public interface TrainableNetwork {

    /**
     * The training forward pass, to be called while a gradient collector is open.
     *
     * @param patches shape {@code [N, P, P, channels]}, uint8
     * @param gains shape {@code [N, 1]}: what each normalised patch is multiplied by
     * @param shifts shape {@code [N, 3]}: what is added to its red, green and blue then
     * @return shape {@code [N, classes (+ 4)]}: class logits, then box offsets divided by their scale
     */
    NDArray forward(NDArray patches, NDArray gains, NDArray shifts);

    /** Parameters and running statistics by name, in a fixed order. */
    Map<String, Parameter> parameters();

    int classes();

    /** Whether box offsets come after the class logits. */
    boolean predictsOffsets();

    /** Where the parameters live; children of it hold what a step needs. */
    NDManager manager();

    /** How many numbers are learned. */
    default long parameterCount() {
        return parameters().values().stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    /** Writes all parameters as NumPy arrays in a zip ({@code .npz}), by name. */
    default void write(OutputStream out) throws IOException {
        NamedArrays.write(arrays(), out);
    }

    /**
     * Takes over the parameters that {@link #write} wrote.
     *
     * @throws IOException if they cannot be read or are those of another architecture
     */
    default void restore(InputStream weights) throws IOException {
        NamedArrays.restore(arrays(), weights, manager());
    }

    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        return arrays;
    }
}

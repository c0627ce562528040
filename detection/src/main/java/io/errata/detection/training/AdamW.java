package io.errata.detection.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.errata.detection.network.NamedArrays;
import io.errata.detection.network.TrainableNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101), on the engine's fused update. DJL's own keeps its
 * state private; this one can be written and read back, so that a run resumed goes on with the same numbers. Weight decay is applied to
 * every learned parameter. Owns its state on the network's device. Close it.
 */
public final class AdamW implements AutoCloseable {

    private final OptimizerSettings settings;
    private final NDManager manager;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private long steps;

    /** @param network whose learned parameters are updated */
    public AdamW(TrainableNetwork network, OptimizerSettings settings) {
        this.settings = settings;
        this.manager = network.manager().newSubManager();
        network.parameters().forEach((name, parameter) -> {
            if (parameter.requiresGradient()) {
                NDArray values = parameter.getArray();
                slots.put(
                        name,
                        new Slot(
                                parameter,
                                manager.zeros(values.getShape(), values.getDataType()),
                                manager.zeros(values.getShape(), values.getDataType())));
            }
        });
    }

    /** Moves every parameter against its gradient and clears the gradients. */
    public void step(double learningRate) {
        steps++;
        double correction1 = 1 - Math.pow(settings.beta1(), (double) steps);
        double correction2 = 1 - Math.pow(settings.beta2(), (double) steps);
        float corrected = (float) (learningRate * Math.sqrt(correction2) / correction1);
        // The engine adds ε to the root of the uncorrected variance, the method to that of the corrected one.
        float epsilon = (float) (settings.epsilon() * Math.sqrt(correction2));
        for (Slot slot : slots.values()) {
            NDArray values = slot.parameter.getArray();
            try (NDArray gradient = values.getGradient()) {
                values.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(values, gradient, slot.mean, slot.variance),
                                new NDList(values),
                                (float) learningRate,
                                corrected,
                                (float) settings.weightDecay(),
                                1,
                                -1,
                                (float) settings.beta1(),
                                (float) settings.beta2(),
                                epsilon,
                                false,
                                true);
            }
        }
    }

    /** Steps made so far. */
    public long steps() {
        return steps;
    }

    /** Writes the state ({@code .npz}); the number of steps is the caller's to keep. */
    public void write(OutputStream out) throws IOException {
        NamedArrays.write(state(), out);
    }

    /**
     * Takes over a state written by {@link #write}.
     *
     * @param steps the steps made when it was written
     * @throws IOException if it cannot be read or is another network's
     */
    public void restore(InputStream in, long steps) throws IOException {
        NamedArrays.restore(state(), in, manager);
        this.steps = steps;
    }

    private Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            state.put(name + ".mean", slot.mean);
            state.put(name + ".variance", slot.variance);
        });
        return state;
    }

    @Override
    public void close() {
        manager.close();
    }

    private record Slot(Parameter parameter, NDArray mean, NDArray variance) {}
}

package io.errata.detection.engine;

import ai.djl.Device;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.errata.core.problem.ArgumentChecks;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the network runs. In YAML {@code auto}, {@code cpu} or {@code gpu:N}. */
public sealed interface DeviceSetting {

    /**
     * The engine's device.
     *
     * @param gpus the number of GPUs that the engine sees
     * @throws InvalidInputException if a GPU is asked for that is not there
     */
    Device on(int gpus);

    /** The engine's device here; loads the engine. */
    default Device onThisMachine() {
        return on(EngineEnvironment.engine().getGpuCount());
    }

    /** The setting as it is written in YAML. */
    @JsonValue
    String text();

    /** A GPU where there is one, else the processor. */
    static DeviceSetting auto() {
        return new Auto();
    }

    /** The processor. */
    static DeviceSetting cpu() {
        return new Cpu();
    }

    /**
     * The GPU of this index.
     *
     * @param index counted from 0
     */
    static DeviceSetting gpu(int index) {
        return new Gpu(index);
    }

    /** The setting that asks for this device: its {@link #text()} is how people write it. */
    static DeviceSetting of(Device device) {
        return device.isGpu() ? gpu(device.getDeviceId()) : cpu();
    }

    /**
     * Reads {@code auto}, {@code cpu} or {@code gpu:N}; {@code gpu} is {@code gpu:0}.
     *
     * @throws InvalidInputException if the text is none of these
     */
    @JsonCreator
    static DeviceSetting parse(String text) {
        Matcher gpu = Pattern.compile("gpu(?::(\\d{1,4}))?").matcher(text);
        if (gpu.matches()) {
            return gpu(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
        }
        return switch (text) {
            case "auto" -> auto();
            case "cpu" -> cpu();
            default ->
                throw new InvalidInputException(
                        Problem.of("bad-value", "device must be auto, cpu or gpu:N, found " + text));
        };
    }

    /** A GPU where there is one. */
    record Auto() implements DeviceSetting {
        @Override
        public Device on(int gpus) {
            return gpus > 0 ? Device.gpu(0) : Device.cpu();
        }

        @Override
        public String text() {
            return "auto";
        }
    }

    /** The processor. */
    record Cpu() implements DeviceSetting {
        @Override
        public Device on(int gpus) {
            return Device.cpu();
        }

        @Override
        public String text() {
            return "cpu";
        }
    }

    /**
     * One GPU.
     *
     * @param index counted from 0
     */
    record Gpu(int index) implements DeviceSetting {

        public Gpu {
            ArgumentChecks.check(index >= 0, "index", "must be ≥ 0", index);
        }

        @Override
        public Device on(int gpus) {
            if (index >= gpus) {
                throw new InvalidInputException(new Problem(
                        null,
                        null,
                        "run.device",
                        "asks for " + text() + ", but the engine sees " + gpus + " GPUs; use auto or cpu",
                        "no-such-device"));
            }
            return Device.gpu(index);
        }

        @Override
        public String text() {
            return "gpu:" + index;
        }
    }
}

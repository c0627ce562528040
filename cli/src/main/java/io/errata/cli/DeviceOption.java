package io.errata.cli;

import io.errata.detection.engine.DeviceSetting;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The argument {@code --device}. */
final class DeviceOption {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu or gpu:N. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String device;

    /** The device, or empty where it is not here, which is noted. */
    Optional<DeviceSetting> checkedBy(InputChecks checks) {
        return checks.device("--device", () -> DeviceSetting.parse(device));
    }
}

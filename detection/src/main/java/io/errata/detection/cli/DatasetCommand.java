package io.errata.detection.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code errata dataset}: looks at data sets. */
@Command(
        name = "dataset",
        description = "Looks at data sets.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DatasetValidateCommand.class})
final class DatasetCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}

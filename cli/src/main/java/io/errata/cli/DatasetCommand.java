package io.errata.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code errata dataset}: looks at data sets, converts and makes them. */
@Command(
        name = "dataset",
        description = "Looks at data sets, converts and makes them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DatasetStatsCommand.class,
            DatasetValidateCommand.class,
            DatasetConvertCommand.class,
            DatasetGenerateCommand.class
        },
        footerHeading = "%nA SPEC, which may end in @LIST.txt with the names of the images wanted:%n",
        footer = "${bundle:spec-list}")
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

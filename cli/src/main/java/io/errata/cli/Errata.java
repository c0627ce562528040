package io.errata.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.errata.cli.Continuation.UnfinishedWorkException;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code errata}. */
@Command(
        name = "errata",
        description = "Trains object detectors by hard-negative mining.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Errata.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed, for a reason that is not in the arguments or the data",
            "2:a mistake in the arguments, the configuration or the data, told on stderr"
        },
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            DetectCommand.class,
            AblateCommand.class,
            DatasetCommand.class,
            DoctorCommand.class
        })
public final class Errata implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private final StandardOutput output;
    private boolean verbose;

    private Errata(StandardOutput output) {
        this.output = output;
    }

    /** Runs the program and ends the JVM with its exit status. */
    public static void main(String... arguments) {
        // not System.out, which says nothing of what it could not write
        System.exit(run(utf8(new FileOutputStream(FileDescriptor.out)), utf8(System.err), arguments));
    }

    private static Writer utf8(OutputStream stream) {
        return new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    }

    /** Runs the program and returns its exit status, which is not 0 where stdout could not be written. */
    static int run(Writer stdout, Writer stderr, String... arguments) {
        StandardOutput output = new StandardOutput(stdout);
        PrintWriter err = PrintableWriter.onto(stderr);
        int status = run(output, err, arguments);
        if (output.isWritten()) {
            return status;
        }
        output.fault().ifPresent(fault -> err.println("errata: " + Printable.of(fault)));
        return 1;
    }

    private static int run(StandardOutput output, PrintWriter err, String... arguments) {
        Errata errata = new Errata(output);
        try {
            CommandLine command = new CommandLine(errata)
                    .setOut(PrintableWriter.onto(output))
                    .setErr(err)
                    .setResourceBundle(new HelpTexts())
                    .setExpandAtFiles(false)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setParameterExceptionHandler(Errata::tellUsage)
                    .setExecutionExceptionHandler(errata::tell)
                    .setExecutionStrategy(errata::execute);
            return command.execute(arguments);
        } catch (InvalidInputException e) { // a format on the class path that cannot be used
            Messages.problems(e.problems(), err);
            return 2;
        } catch (OutOfMemoryError e) {
            err.println("errata: out of memory (" + e.getMessage()
                    + "); lower run.cache_mb, or give Java more: JAVA_OPTS=-Xmx…");
            return 1;
        } catch (LinkageError e) {
            err.println("errata: a native library cannot be loaded (" + Printable.of(cause(e))
                    + "); errata doctor tells more");
            return 1;
        }
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Tell more on stderr, and of a failure the stack trace.")
    void setVerbose(boolean verbose) {
        this.verbose = verbose;
    }

    private int execute(ParseResult parsed) {
        if (verbose && LoggerFactory.getLogger("io.errata") instanceof Logger logger) {
            logger.setLevel(Level.DEBUG);
        }
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (UncheckedIOException e) { // of the help, which is printed outside of any command
            if (output.isWritten()) {
                throw e;
            }
            return 1;
        }
    }

    private static int tellUsage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("errata: " + Printable.of(String.valueOf(mistake.getMessage())));
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return 2;
    }

    private int tell(Exception failure, CommandLine command, ParseResult parsed) {
        if (!output.isWritten()) {
            return 1; // whatever came of it, this is told at the end
        }
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidInputException invalid) {
            Messages.problems(invalid.problems(), err);
            return 2;
        }
        if (verbose) {
            failure.printStackTrace(err);
        }
        String what = Printable.of(cause(failure)) + (verbose ? "" : " (--verbose shows where)");
        boolean canGoOn = failure instanceof UnfinishedWorkException;
        err.println("errata: " + what + (canGoOn ? "; " + failure.getMessage() : ""));
        return 1;
    }

    /** What happened, on one line; of files that cannot be read or written also why. */
    private static String cause(Throwable failure) {
        Throwable wrapped = failure.getCause();
        if (failure instanceof UnfinishedWorkException && wrapped != null) {
            return cause(wrapped);
        }
        boolean wraps = failure instanceof UncheckedIOException || failure instanceof CompletionException;
        if (wraps && wrapped != null && wrapped.toString().equals(failure.getMessage())) {
            return cause(wrapped);
        }
        if (failure instanceof FileSystemException file && file.getFile() != null && file.getReason() == null) {
            String reason = file.getClass().getSimpleName().replace("Exception", "");
            return file.getFile() + ": "
                    + reason.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.lines().findFirst().orElse(failure.toString());
    }

    /** The version of this program and of what it runs on. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Errata.class.getPackage().getImplementationVersion();
            return new String[] {
                "errata " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}

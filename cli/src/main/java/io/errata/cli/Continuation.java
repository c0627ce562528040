package io.errata.cli;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Printable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Work that goes on after an interruption, and the command that makes it go on; told wherever the work ends too early. */
final class Continuation {

    private final Path begun;
    private final String advice;

    /**
     * @param begun the file that the work writes first: without it there is nothing to go on with
     * @param command what to call then, before the folder's name
     * @param folder of the work
     */
    Continuation(Path begun, String command, Path folder) {
        this.begun = begun;
        this.advice = Printable.of("go on with: " + command + " " + quoted(folder.toString()));
    }

    /** As a shell takes it. */
    private static String quoted(String path) {
        return path.matches("[\\w./+:@%-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /**
     * Does the work. Where a signal ends the program meanwhile, as Ctrl-C does, stderr is told how to go on.
     *
     * @throws UnfinishedWorkException in place of another failure, if the work can go on
     */
    <T> T around(Supplier<T> work, PrintWriter err) {
        Thread atExit = new Thread(() -> {
            if (Files.exists(begun)) {
                err.println("errata: interrupted; " + advice);
            }
        });
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return work.get();
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Files.exists(begun) ? new UnfinishedWorkException(advice, e) : e;
        } finally {
            forget(atExit);
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) { // the program is ending: the hook has its say
            return;
        }
    }

    /** A failure of work that can go on; its message says how, its cause what failed. */
    static final class UnfinishedWorkException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private UnfinishedWorkException(String advice, RuntimeException cause) {
            super(advice, cause);
        }
    }
}

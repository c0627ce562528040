package io.errata.cli;

import io.errata.core.problem.Printable;
import io.errata.mining.ablation.AblationListener;
import io.errata.mining.ablation.Arm;
import io.errata.mining.ablation.SeedRun;
import io.errata.mining.run.RunFolder;
import io.errata.mining.run.RunListener;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells on stderr how an ablation goes: a line a finished run, and how far the present one is, whose own lines are in its log. Close it
 * however the ablation ended.
 */
final class AblationProgress implements AblationListener, AutoCloseable {

    private final PrintWriter err;
    private final Path out;
    private @Nullable TerminalProgress progress;

    /**
     * @param err takes the lines
     * @param out the ablation's folder
     */
    AblationProgress(PrintWriter err, Path out) {
        this.err = err;
        this.out = out;
    }

    @Override
    public RunListener training(Arm arm, long seed, RunFolder folder) {
        close();
        progress = new TerminalProgress(new PrintWriter(Writer.nullWriter()), err, folder);
        return progress;
    }

    @Override
    public void finished(Arm arm, SeedRun run, int done, int total) {
        close();
        if (done == 1) {
            err.println(Printable.of(
                    "runs go to " + out + "; the same command with --out " + out + " goes on after an interruption"));
        }
        err.println(String.format(
                Locale.ROOT,
                "%d of %d, %s seed %d: %s on the %s images; %.0f s",
                done,
                total,
                Printable.of(arm.name()),
                run.seed(),
                run.figures(),
                run.test() == null ? "validation" : "test",
                run.seconds()));
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }
}

package io.errata.cli;

import io.errata.core.problem.Printable;
import io.errata.core.problem.Problem;
import io.errata.detection.files.SafeFiles;
import io.errata.mining.ledger.Suspect;
import io.errata.mining.run.RoundResult;
import io.errata.mining.run.RunFolder;
import io.errata.mining.run.RunListener;
import io.errata.mining.run.RunSummary;
import io.errata.mining.run.SecondStageResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how a run goes: a line a round, in the run's log too, and within a round how far it is. Close it however the run ended. */
final class TerminalProgress implements RunListener, AutoCloseable {

    private static final double LOW_RECALL = 0.95;
    private static final int MAX_LEAKS = 3;

    private final PrintWriter out;
    private final PrintWriter err;
    private final RunFolder folder;
    private final List<Problem> leaks;
    private @Nullable Progress progress;
    private double cutSeconds;

    TerminalProgress(PrintWriter out, PrintWriter err, RunFolder folder) {
        this(out, err, folder, List.of());
    }

    /** The same for a run that trains on images which it is validated on. */
    TerminalProgress(PrintWriter out, PrintWriter err, RunFolder folder, List<Problem> leaks) {
        this.out = out;
        this.err = err;
        this.folder = folder;
        this.leaks = List.copyOf(leaks);
    }

    @Override
    public void started(Plan plan) {
        tell(
                "training on %,d images with %,d objects; %,d more images choose the best round",
                plan.trainingImages(), plan.objects(), plan.validationImages());
        tell("%,d windows at %d sizes, %,d of them positive", plan.windows(), plan.levels(), plan.positives());
        tell(
                "network of %,d parameters on %s; at most %d rounds of %,d steps",
                plan.parameters(), plan.device(), plan.rounds(), plan.steps());
        plan.notes().forEach(note -> tell("note: %s", note));
        if (plan.gridRecall() < LOW_RECALL) {
            tell(
                    "note: the windows reach %.1f%% of the objects; raise windows.scales_per_octave or windows.shapes to reach more",
                    100 * plan.gridRecall());
        }
        leaks.stream().limit(MAX_LEAKS).forEach(leak -> tell("warning: %s", leak));
        if (leaks.size() > MAX_LEAKS) {
            tell(
                    "warning: … and %,d more images are in both training and validation; errata dataset validate names them",
                    leaks.size() - MAX_LEAKS);
        }
    }

    @Override
    public void cut(int round, int patches, double seconds) {
        cutSeconds = seconds;
    }

    @Override
    public void stepped(int round, int step, int steps) {
        stepped("round " + round, step, steps);
    }

    private void stepped(String task, int step, int steps) {
        if (progress == null) {
            progress = new Progress(task, steps, err);
        }
        progress.step();
        if (step == steps) {
            close();
        }
    }

    @Override
    public void validating(int round) {
        pass("round " + round + ": validating");
    }

    @Override
    public void scanning(int round, long heldOut) {
        pass(String.format(Locale.ROOT, "round %d: scoring %,d held-out windows", round, heldOut));
    }

    @Override
    public void finished(RoundResult result) {
        tell(
                "round %d: %s; cut patches %.1f s, trained %.1f s",
                result.round(), result.figures(), cutSeconds, result.train().seconds());
        if (result.scoredWindows() > 0) {
            tell(
                    "round %d: scored %,d held-out windows in %.1f s: %,d hard, %,d added",
                    result.round(),
                    result.scoredWindows(),
                    result.scan().seconds(),
                    result.hardFound(),
                    result.hardAdded());
        }
    }

    @Override
    public void refining(int crops, int hardNegatives) {
        tell("second stage: learning from %,d boxes, %,d of them taken for objects by mistake", crops, hardNegatives);
    }

    @Override
    public void refined(int step, int steps) {
        stepped("second stage", step, steps);
    }

    @Override
    public void refined(SecondStageResult result) {
        tell(
                "second stage: %s; %,d parameters, trained %.1f s%s",
                result.figures(),
                result.parameters(),
                result.seconds(),
                result.kept() ? "" : "; left out, for the first stage alone is better");
    }

    @Override
    public void suspecting(List<Suspect> images) {
        tell("note: %s", Suspect.inWords(images));
    }

    @Override
    public void stopped(RunSummary summary) {
        tell("stopped: %s", summary.stopReason());
        if (summary.best() != null) {
            tell("best is round %d: %s", summary.bestRound(), summary.best());
            tell("model: %s", folder.model());
        }
        if (summary.skipped() > 0) {
            tell("left out as bad: %,d", summary.skipped());
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    /** A line that the next one overwrites; nothing where no terminal can do so. */
    private void pass(String text) {
        if (Progress.onTerminal()) {
            Progress.clearLine(err);
            err.print(Printable.of(text));
            err.flush();
            System.err.print('\r');
            System.err.flush();
        }
    }

    private void tell(String format, @Nullable Object... values) {
        pass("");
        String line = Printable.of(String.format(Locale.ROOT, format, values));
        out.println(line);
        out.flush();
        try {
            SafeFiles.append(folder.log(), line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

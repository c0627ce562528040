package io.errata.detection.cli;

import io.errata.detection.rounds.RoundResult;
import io.errata.detection.rounds.RunFolder;
import io.errata.detection.rounds.RunListener;
import io.errata.detection.rounds.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Tells how a run goes: a line a round, in the run's log too, and on a terminal a progress bar within it. */
final class TerminalProgress implements RunListener {

    private static final double LOW_RECALL = 0.95;

    private final PrintWriter out;
    private final RunFolder folder;
    private final boolean terminal = Boolean.getBoolean("errata.terminal"); // the launcher knows
    private @Nullable ProgressBar bar;

    TerminalProgress(PrintWriter out, RunFolder folder) {
        this.out = out;
        this.folder = folder;
    }

    @Override
    public void started(Plan plan) {
        tell(
                "%,d training images with %,d objects, %,d validation images; %d levels, %,d windows, %,d positive",
                plan.trainingImages(),
                plan.objects(),
                plan.validationImages(),
                plan.levels(),
                plan.windows(),
                plan.positives());
        tell(
                "network of %,d parameters on %s; %d rounds of %,d steps",
                plan.parameters(), plan.device(), plan.rounds(), plan.steps());
        if (plan.gridRecall() < LOW_RECALL) {
            tell(
                    "note: windows reach only %.1f%% of the objects; more windows.scales_per_octave or windows.shapes reach more",
                    100 * plan.gridRecall());
        }
    }

    @Override
    public void stepped(int round, int step, int steps) {
        if (terminal) {
            if (bar == null) {
                bar = new ProgressBarBuilder()
                        .setTaskName("round " + round)
                        .setInitialMax(steps)
                        .build();
            }
            bar.stepTo(step);
            if (step == steps) {
                bar.close();
                bar = null;
            }
        }
    }

    @Override
    public void finished(RoundResult result) {
        String quality = String.format(
                Locale.ROOT,
                "round %d  AP50 %.3f  AP %.3f  miss rate %.3f  trained %.1f s",
                result.round(),
                result.ap50(),
                result.ap(),
                result.lamr(),
                result.train().seconds());
        if (result.scoredWindows() == 0) {
            tell("%s", quality);
        } else {
            tell(
                    "%s  scored %,d held-out windows in %.1f s: %,d hard, %,d added",
                    quality, result.scoredWindows(), result.scan().seconds(), result.hardFound(), result.hardAdded());
        }
    }

    @Override
    public void stopped(RunSummary summary) {
        RunSummary.Best best = summary.best();
        if (best != null) {
            tell(
                    "%s; best is round %d: AP50 %.3f  AP %.3f  miss rate %.3f  ->  %s",
                    summary.stopReason(), summary.bestRound(), best.ap50(), best.ap(), best.lamr(), folder.model());
        }
    }

    private void tell(String format, @Nullable Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        out.println(line);
        out.flush();
        try {
            Files.writeString(folder.log(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.errata.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How far a piece of work is, on stderr: a bar on a terminal, elsewhere a line now and then. Safe to use from several threads. */
final class Progress implements AutoCloseable {

    private static final long SILENCE = TimeUnit.SECONDS.toNanos(20);

    private final String task;
    private final long total;
    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private long done;
    private long lastReport = System.nanoTime();

    /**
     * @param task what is done, such as {@code round 3}
     * @param total how many parts it has
     * @param err takes the lines where there is no terminal
     */
    Progress(String task, long total, PrintWriter err) {
        this.task = task;
        this.total = total;
        this.err = err;
        this.bar = onTerminal()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .build()
                : null;
    }

    /** Whether a person looks on; the launcher knows. */
    static boolean onTerminal() {
        return Boolean.getBoolean("errata.terminal");
    }

    /** Takes the bar away until it is drawn again, so that a line can be printed in its place. */
    void clear() {
        if (bar != null) {
            clearLine(err);
        }
    }

    /** Empties the terminal's line; {@code err} itself lets no such thing through. */
    static void clearLine(PrintWriter err) {
        err.flush();
        System.err.print("\r\u001b[K");
        System.err.flush();
    }

    /** One more part is done. */
    synchronized void step() {
        done++;
        if (bar != null) {
            bar.stepTo(done);
        } else if (System.nanoTime() - lastReport > SILENCE) {
            lastReport = System.nanoTime();
            err.println(String.format(Locale.ROOT, "%s: %,d of %,d", task, done, total));
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}

package io.errata.mining.ablation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An ablation's result for people, in Markdown. */
final class AblationTable {

    private final AblationResult result;
    private final ArmResult baseline;
    private final StringBuilder text = new StringBuilder();

    AblationTable(AblationResult result) {
        this.result = result;
        this.baseline = result.arms().get(0);
    }

    String markdown() {
        text.setLength(0);
        row(
                "arm",
                "AP50",
                "[min, max]",
                "difference from " + baseline.arm().name() + ", 95% interval",
                "AP",
                "miss rate",
                "seconds",
                "verdict");
        row("---", "---", "---", "---", "---", "---", "---", "---");
        result.arms().forEach(this::arm);
        Set<String> classes = baseline.ap50PerClass().keySet();
        if (classes.size() > 1) {
            perClass(List.copyOf(classes));
        }
        notes();
        return text.toString();
    }

    private void arm(ArmResult arm) {
        Spread ap50 = arm.ap50();
        row(
                arm.arm().name(),
                shown(ap50.mean()),
                "[" + shown(ap50.min()) + ", " + shown(ap50.max()) + "]",
                difference(arm.difference()),
                shown(arm.ap().mean()),
                shown(arm.lamr().mean()),
                Double.isNaN(arm.seconds().mean())
                        ? "n/a"
                        : String.format(Locale.ROOT, "%.0f", arm.seconds().mean()),
                arm.verdict() == null ? "baseline" : arm.verdict().text());
    }

    private static String difference(@Nullable PairedDifference difference) {
        if (difference == null) {
            return "";
        }
        String interval = Double.isNaN(difference.low())
                ? "n/a"
                : String.format(Locale.ROOT, "[%+.3f, %+.3f]", difference.low(), difference.high());
        return Double.isNaN(difference.mean())
                ? "n/a"
                : String.format(Locale.ROOT, "%+.3f, %s", difference.mean(), interval);
    }

    private void perClass(List<String> classes) {
        text.append('\n');
        row("AP50", classes.stream().map(AblationTable::escaped).toList());
        row("---", classes.stream().map(label -> "---").toList());
        for (ArmResult arm : result.arms()) {
            row(
                    arm.arm().name(),
                    classes.stream()
                            .map(label -> shown(arm.ap50PerClass().getOrDefault(label, Double.NaN)))
                            .toList());
        }
    }

    private void notes() {
        int seeds = result.seeds().size();
        line("");
        line(
                "Means over %d %s (%s) of at most %s a run; differences are of AP50 and paired by seed, their intervals Student's; seconds are of training and scanning.",
                seeds,
                seeds == 1 ? "seed" : "seeds",
                result.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                result.budget());
        if (result.test() == null) {
            line(
                    "EvaluationReport on the %d validation images, which also chose the best round of each run: that flatters. --test SPEC measures on others.",
                    result.images());
        } else {
            line(
                    "EvaluationReport on %d test images, which chose nothing: %s",
                    result.images(), escaped(result.test()));
        }
        if (seeds < 2) {
            line("One seed shows no difference; --seeds 3 or more can.");
        }
        if (result.arms().size() > 2) {
            line(
                    "Each interval is of one comparison: among many arms that are no different, one in twenty shows a difference by chance.");
        }
        stoppedEarly();
    }

    private void stoppedEarly() {
        for (ArmResult arm : result.arms()) {
            for (SeedRun run : arm.runs()) {
                if (run.steps() < result.budget().steps()) {
                    line("%s stopped after %d steps: %s.", run.folder(), run.steps(), run.stopReason());
                }
            }
        }
    }

    private void row(String first, List<String> others) {
        text.append("| ").append(first);
        others.forEach(cell -> text.append(" | ").append(cell));
        text.append(" |\n");
    }

    private void row(String first, String... others) {
        row(first, List.of(others));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String label) {
        return label.replace("|", "\\|").replaceAll("\\s+", " ");
    }

    private static String shown(double figure) {
        return Double.isNaN(figure) ? "n/a" : String.format(Locale.ROOT, "%.3f", figure);
    }
}

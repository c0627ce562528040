package io.errata.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Printable;
import io.errata.core.problem.Problem;
import io.errata.datasets.Dataset;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import io.errata.datasets.Recordings;
import io.errata.datasets.statistics.ClassStatistics;
import io.errata.datasets.statistics.DatasetStatistics;
import io.errata.datasets.statistics.Distribution;
import io.errata.datasets.statistics.WindowStatistics;
import io.errata.datasets.window.WindowCandidate;
import io.errata.datasets.window.WindowChoice;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.detection.files.Json;
import io.errata.mining.config.RunConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code errata dataset stats} tells.
 *
 * @param objects what is annotated
 * @param recordings what file names show of recordings; {@code null} where they show none
 * @param choice what windows there were to choose from; {@code null} where there is no object to choose for
 * @param windows the windows that Errata would train on; {@code null} where it can choose none, which a warning explains
 * @param windowsPerSecond how fast windows are scanned, to tell how long that takes
 * @param problems how many annotations or images were left out
 * @param notes what should be known of how the data were read
 * @param warnings what is likely to go wrong, each in a sentence
 */
record DatasetReport(
        DatasetStatistics objects,
        @Nullable Recordings recordings,
        @Nullable WindowChoice choice,
        @Nullable WindowStatistics windows,
        double windowsPerSecond,
        int problems,
        List<Note> notes,
        List<String> warnings) {

    /** Below this share of the objects within reach, another geometry should be chosen. */
    private static final double LEAST_REACH = 0.95;

    /** Ladders like the chosen one that are printed, and how many of them are cheaper. */
    private static final int MOST_CANDIDATES = 16;

    private static final int CHEAPER_CANDIDATES = 3;
    private static final int MOST_WARNINGS = 20;

    private static final Map<String, Double> QUANTILES = Collections.unmodifiableMap(quantiles());
    private static final String CLASS_ROW = "%-24s %8s %8s %10s %8s %8s %8s %10s %8s %7s";
    private static final String SIZE_ROW = "%-24s" + " %7s".repeat(10);
    private static final String LEVEL_ROW = "%-24s %12s %12s";
    private static final String REACH_ROW = "%-24s %12s %12s %7s";
    private static final String CANDIDATE_ROW = "%-24s %7s %7s %14s %7s %9s";

    /**
     * Counts the objects, and the windows that this configuration would choose for them.
     *
     * @param windowsPerSecond how fast windows are scanned, &gt; 0
     */
    static DatasetReport of(Reading reading, RunConfig config, double windowsPerSecond) {
        Dataset dataset = reading.dataset().clipped();
        DatasetStatistics objects = DatasetStatistics.of(dataset);
        List<Note> notes = new ArrayList<>(reading.notes());
        Recordings recordings = Recordings.of(dataset).orElse(null);
        if (recordings != null) {
            notes.add(recordings.note());
        }
        List<String> warnings = new ArrayList<>();
        for (ClassStatistics one : objects.classes()) {
            if (one.objects() == 0) {
                warnings.add("class " + one.label() + " has no object to learn");
            }
        }
        WindowChoice choice = null;
        WindowStatistics windows = null;
        try {
            choice = WindowChoice.of(dataset, config.windows(), config.run().seed());
            notes.addAll(choice.notes());
            windows = WindowStatistics.of(WindowCorpus.of(
                    dataset, choice.geometry(), config.sampling().labelling()));
            warnOfReach(windows, warnings);
        } catch (InvalidInputException e) {
            // Data for which there are no windows can still be described: it shows why.
            e.problems().stream().map(Problem::toString).forEach(warnings::add);
        }
        return new DatasetReport(
                objects,
                recordings,
                choice,
                windows,
                windowsPerSecond,
                reading.problems().size(),
                notes,
                warnings);
    }

    private static void warnOfReach(WindowStatistics windows, List<String> warnings) {
        if (windows.gridRecall().at50() < LEAST_REACH) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "at least %.2f of the objects should have a window at IoU ≥ 0.5, found %.3f; raise windows.scales_per_octave or"
                            + " windows.shapes",
                    LEAST_REACH,
                    windows.gridRecall().at50()));
        }
        for (WindowStatistics.OfClass one : windows.classes()) {
            if (one.reach() < LEAST_REACH) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "class %s: only %d of %d objects have a window that counts as positive",
                        Excerpt.of(one.label()),
                        one.reached(),
                        one.objects()));
            }
        }
    }

    /** Objects of the commonest class for each of the rarest that has any; NaN where no class has. */
    private double classImbalance() {
        return (double) objects.commonest().map(ClassStatistics::objects).orElse(0)
                / objects.rarest().map(ClassStatistics::objects).orElse(0);
    }

    /** What was found of a class's windows; {@code null} where there are none. */
    private WindowStatistics.@Nullable OfClass windowsOf(int index) {
        return windows == null ? null : windows.classes().get(index);
    }

    JsonNode toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("images", objects.images());
        json.put("backgrounds", objects.backgrounds());
        json.put("objects", objects.objects());
        json.put("problems", problems);
        Map<String, Object> classes = new LinkedHashMap<>();
        for (int i = 0; i < objects.classes().size(); i++) {
            ClassStatistics one = objects.classes().get(i);
            classes.put(one.label(), json(one, windowsOf(i)));
        }
        json.put("classes", classes);
        json.put("class_imbalance", classImbalance());
        json.put("size", json(objects.sizes()));
        json.put("width", json(objects.widths()));
        json.put("height", json(objects.heights()));
        json.put("aspect", json(objects.aspects()));
        json.put("objects_per_image", json(objects.objectsPerImage()));
        json.put("windows", windows == null ? null : json(windows));
        json.put("window_choice", choice == null ? null : json(choice));
        json.put("split_group", recordings == null ? null : json(recordings));
        json.put("notes", notes.stream().map(Note::text).toList());
        json.put("warnings", warnings);
        return Json.MAPPER.valueToTree(json);
    }

    private static Map<String, Object> json(ClassStatistics one, WindowStatistics.@Nullable OfClass windows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("images", one.images());
        json.put("objects", one.objects());
        json.put("difficult", one.difficult());
        json.put("ignored", one.ignored());
        json.put("size", json(one.sizes()));
        json.put("aspect", json(one.aspects()));
        if (windows != null) {
            json.put("positives", windows.positives());
            json.put("reached", windows.reached());
        }
        return json;
    }

    private static Map<String, Object> json(Distribution values) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("min", values.quantile(0));
        QUANTILES.forEach((name, share) -> json.put(name, values.quantile(share)));
        json.put("max", values.quantile(1));
        json.put("mean", values.mean());
        return json;
    }

    private static Map<String, @Nullable Object> json(Recordings recordings) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("proposed", recordings.canBeHeldOut() ? recordings.regex() : null);
        json.put("images", recordings.sizes());
        return json;
    }

    private static Map<String, Object> json(WindowStatistics windows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("patch", windows.geometry().patch());
        json.put("stride", windows.geometry().stride());
        json.put("context", windows.geometry().context());
        json.put("levels", windows.levels().stream().map(DatasetReport::json).toList());
        json.put("windows", windows.windows());
        json.put("positives", windows.positives());
        json.put("ignored", windows.ignored());
        json.put("negatives", windows.negatives());
        json.put("negatives_per_positive", windows.negativesPerPositive());
        json.put("recall50", windows.gridRecall().at50());
        json.put("recall70", windows.gridRecall().at70());
        json.put("sizes", windows.sizes().stream().map(DatasetReport::json).toList());
        return json;
    }

    private static Map<String, Object> json(WindowStatistics.OfSize size) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", size.from());
        json.put("to", 2 * size.from());
        json.put("objects", size.objects());
        json.put("reached", size.reached());
        return json;
    }

    private Map<String, Object> json(WindowChoice choice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("windows_per_second", windowsPerSecond);
        json.put(
                "candidates",
                Stream.concat(choice.ladders().stream(), choice.others().stream())
                        .map(one -> json(one, choice.chosen()))
                        .toList());
        return json;
    }

    private Map<String, @Nullable Object> json(WindowCandidate one, WindowCandidate chosen) {
        boolean possible = Double.isFinite(one.windows());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("shapes", one.shapes());
        json.put("smallest", one.smallest());
        json.put("levels", one.geometry().levels());
        json.put("windows", possible ? (long) one.windows() : null);
        json.put("reached", one.reached());
        json.put("recall", one.recall());
        json.put("scan_seconds", possible ? one.windows() / windowsPerSecond : null);
        json.put("chosen", one.equals(chosen));
        return json;
    }

    private static Map<String, Object> json(WindowStatistics.OfLevel level) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("width", level.shape().width());
        json.put("height", level.shape().height());
        json.put("windows", level.windows());
        json.put("positives", level.positives());
        return json;
    }

    void print(PrintWriter out) {
        line(
                out,
                "images: %d (%d without annotations), objects: %d, classes: %d, problems left out: %d",
                objects.images(),
                objects.backgrounds(),
                objects.objects(),
                objects.classes().size(),
                problems);
        printClasses(out);
        printSizes(out);
        if (windows != null) {
            print(windows, out);
        }
        if (choice != null) {
            print(choice, out);
        }
        if (!warnings.isEmpty() || !notes.isEmpty()) {
            out.println();
            notes.forEach(note -> out.println("note: " + Printable.of(note.toString())));
            warnings.stream().limit(MOST_WARNINGS).forEach(warning -> out.println("warning: " + Printable.of(warning)));
            if (warnings.size() > MOST_WARNINGS) {
                out.println("warning: … and " + (warnings.size() - MOST_WARNINGS) + " more, which --json has");
            }
        }
    }

    private void printClasses(PrintWriter out) {
        out.println();
        line(
                out,
                CLASS_ROW,
                "class",
                "images",
                "objects",
                "difficult",
                "ignored",
                "size",
                "aspect",
                "positives",
                "reached",
                "recall");
        for (int i = 0; i < objects.classes().size(); i++) {
            ClassStatistics one = objects.classes().get(i);
            WindowStatistics.OfClass ofClass = windowsOf(i);
            line(
                    out,
                    CLASS_ROW,
                    Excerpt.of(one.label()),
                    one.images(),
                    one.objects(),
                    one.difficult(),
                    one.ignored(),
                    shown(one.sizes().quantile(0.5)),
                    shown(one.aspects().quantile(0.5)),
                    ofClass == null ? "-" : ofClass.positives(),
                    ofClass == null ? "-" : ofClass.reached(),
                    ofClass == null ? "-" : recall(ofClass.reached(), ofClass.objects()));
        }
        if (objects.classes().size() > 1 && classImbalance() > 0) {
            out.println(shown(classImbalance()) + " objects of "
                    + Printable.of(objects.commonest().orElseThrow().label()) + " for each of "
                    + Printable.of(objects.rarest().orElseThrow().label()));
        }
    }

    private void printSizes(PrintWriter out) {
        Map<String, Distribution> measured = new LinkedHashMap<>();
        measured.put("size, pixels", objects.sizes());
        measured.put("width, pixels", objects.widths());
        measured.put("height, pixels", objects.heights());
        measured.put("aspect ratio", objects.aspects());
        measured.put("objects on an image", objects.objectsPerImage());
        out.println();
        line(out, SIZE_ROW, "", "min", "1%", "5%", "25%", "50%", "75%", "95%", "99%", "max", "mean");
        measured.forEach((name, values) -> line(
                out,
                SIZE_ROW,
                Stream.concat(Stream.of(name), json(values).values().stream().map(value -> shown((double) value)))
                        .toArray()));
    }

    private static void print(WindowStatistics windows, PrintWriter out) {
        WindowGeometry geometry = windows.geometry();
        out.println();
        line(
                out,
                "windows: %d, patches of %d × %d pixels every %d, context %s",
                windows.windows(),
                geometry.patch(),
                geometry.patch(),
                geometry.stride(),
                geometry.context());
        line(out, LEVEL_ROW, "objects of", "windows", "positives");
        for (WindowStatistics.OfLevel level : windows.levels()) {
            String shape =
                    shown(level.shape().width()) + " × " + shown(level.shape().height());
            line(out, LEVEL_ROW, shape, level.windows(), level.positives());
        }
        line(
                out,
                "%d positive, %d ignored, %d negative: %s negatives for each positive",
                windows.positives(),
                windows.ignored(),
                windows.negatives(),
                shown(windows.negativesPerPositive()));
        line(
                out,
                "%.3f of the objects have a window at IoU ≥ 0.5, %.3f at IoU ≥ 0.7",
                windows.gridRecall().at50(),
                windows.gridRecall().at70());
        out.println();
        line(out, REACH_ROW, "objects of size, pixels", "objects", "reached", "recall");
        for (WindowStatistics.OfSize size : windows.sizes()) {
            line(
                    out,
                    REACH_ROW,
                    shown(size.from()) + " to " + shown(2 * size.from()),
                    size.objects(),
                    size.reached(),
                    recall(size.reached(), size.objects()));
        }
    }

    private void print(WindowChoice choice, PrintWriter out) {
        out.println();
        line(
                out,
                "windows to choose from; recall is the mean of the classes, a scan is at %.0f windows/s",
                windowsPerSecond);
        line(out, CANDIDATE_ROW, "objects from, pixels", "shapes", "levels", "windows", "recall", "scan, s");
        List<WindowCandidate> ladders = choice.ladders();
        int end = Math.min(ladders.size(), ladders.indexOf(choice.chosen()) + 1 + CHEAPER_CANDIDATES);
        ladders.subList(Math.max(0, end - MOST_CANDIDATES), end).forEach(one -> print(one, choice.chosen(), out));
        choice.others().forEach(one -> print(one, choice.chosen(), out));
    }

    private void print(WindowCandidate one, WindowCandidate chosen, PrintWriter out) {
        line(
                out,
                CANDIDATE_ROW,
                shown(one.smallest()) + (one.equals(chosen) ? " (chosen)" : ""),
                one.shapes(),
                one.geometry().levels(),
                Double.isFinite(one.windows()) ? String.format(Locale.ROOT, "%.0f", one.windows()) : "too many",
                String.format(Locale.ROOT, "%.3f", one.recall()),
                shown(one.windows() / windowsPerSecond));
    }

    private static String recall(int reached, int objects) {
        return objects == 0 ? "-" : String.format(Locale.ROOT, "%.3f", (double) reached / objects);
    }

    private static void line(PrintWriter out, String format, Object... values) {
        out.println(Printable.of(String.format(Locale.ROOT, format, values).stripTrailing()));
    }

    /** Three digits are enough to judge by; where there is nothing there is no figure. */
    private static String shown(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    private static Map<String, Double> quantiles() {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("p01", 0.01);
        shares.put("p05", 0.05);
        shares.put("p25", 0.25);
        shares.put("p50", 0.5);
        shares.put("p75", 0.75);
        shares.put("p95", 0.95);
        shares.put("p99", 0.99);
        return shares;
    }
}

package io.errata.datasets.window;

import io.errata.core.problem.Excerpt;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Note;
import io.errata.datasets.window.WindowLadders.Cluster;
import io.errata.datasets.window.WindowLadders.Rung;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses the windows for a data set by what they buy: the share of the objects that a window reaches (IoU ≥ 0.5) against how many
 * windows there are to scan. The share is a mean over the classes, so that a rare class counts as much as a common one.
 *
 * <p><b>Sizes.</b> A ladder of sizes runs from the 1% to the 99% quantile of the boxes' sizes. Its smallest levels have the most
 * windows: at two levels an octave each has about as many as all larger ones together, so that a few specks can make nearly all of the
 * cost. So the smallest levels are dropped one after the other, and the ladder is taken where {@code share − 0.01 · log2(windows)} is
 * largest: half of the windows is worth one object in a hundred. Ladders that save less than three quarters of the windows are not
 * considered, so that sizes which thin out as usual keep all levels: the smallest octave of these has more than two objects in a
 * hundred.
 *
 * <p><b>More sizes.</b> The ladder is continued below the 1% quantile for a class of small objects, of which there are ten at least,
 * where {@code share − 0.025 · log2(windows)} is larger with it.
 *
 * <p><b>Shapes.</b> With one shape, the median aspect ratio, objects are reached that are up to about twice as wide or as high, and the
 * regression of boxes finds others. Two to four shapes, by clustering the aspect ratios, are taken where {@code share − 0.15 ·
 * log2(windows)} is larger; each must be that of ten objects. That is much to ask because every shape is one more way in which the network
 * sees an object: of the sets it was tried on, drawn objects of aspect ratios from 0.33 to 5 were found more exactly with two shapes
 * (0.37 for a doubling), but fewer of the players of table football (0.13).
 *
 * <p>Settings that name a number are obeyed.
 */
public final class WindowChoice {

    /** What share of the objects half of the windows is worth, when small objects are given up. */
    private static final double RECALL_FOR_HALF = 0.01;
    /** The windows must become fewer by this factor, or nothing is given up. */
    private static final double LEAST_SAVING = 4;
    /** What share of the objects further sizes must bring for each doubling of the windows. */
    private static final double RECALL_FOR_SIZES = 0.025;
    /** What share of the objects further shapes must bring for each doubling of the windows. */
    private static final double RECALL_FOR_SHAPES = 0.15;

    private static final int MOST_SHAPES = 4;
    private static final int MOST_NAMED = 10;

    private final Dataset train;
    private final WindowSettings settings;
    private final WindowLadders boxes;
    private final List<Ladder> tried = new ArrayList<>();
    private final Ladder chosen;

    private WindowChoice(Dataset train, WindowSettings settings, WindowLadders boxes) {
        this.train = train;
        this.settings = settings;
        this.boxes = boxes;
        Integer shapes = settings.shapes();
        chosen = shapes == null ? chooseShapes() : chooseSizes(boxes.clusters(shapes));
    }

    /**
     * Chooses the windows.
     *
     * @param seed of the clustering of aspect ratios
     * @throws InvalidInputException if there is no object to choose from, or the settings ask for too many levels
     */
    public static WindowChoice of(Dataset train, WindowSettings settings, long seed) {
        Dataset clipped = train.clipped();
        return new WindowChoice(clipped, settings, WindowLadders.of(clipped, settings, seed));
    }

    /** The best of one to four shapes; more than one are not tried where there is little that they could bring. */
    private Ladder chooseShapes() {
        Ladder best = chooseSizes(boxes.clusters(1));
        if (couldBeBetter(best)) {
            for (int shapes = 2; shapes <= MOST_SHAPES; shapes++) {
                List<Cluster> clusters = boxes.clusters(shapes);
                boolean enough = clusters.size() == shapes
                        && clusters.stream().allMatch(cluster -> cluster.objects() >= WindowLadders.ENOUGH_OBJECTS);
                if (enough && boxes.rungs(clusters, settings.smallest()).size() <= WindowKey.MAX_LEVELS) {
                    best = better(best, chooseSizes(clusters), RECALL_FOR_SHAPES);
                }
            }
        }
        return best;
    }

    /** The ladders of these shapes, with further sizes for a class of small objects where that pays. */
    private Ladder chooseSizes(List<Cluster> clusters) {
        List<Rung> rungs = boxes.rungs(clusters, settings.smallest());
        Ladder usual = ladder(clusters, rungs);
        tried.add(usual);
        if (settings.smallest() != null || !couldBeBetter(usual)) {
            return usual;
        }
        List<Rung> more = boxes.rungsForEveryClass(clusters);
        if (more.size() == rungs.size() || more.size() > WindowKey.MAX_LEVELS) {
            return usual;
        }
        Ladder all = ladder(clusters, more);
        double most = usual.candidates().get(0).windows();
        Ladder longer = all.without(0);
        for (int dropped = 1; all.candidates().get(dropped).windows() > most; dropped++) {
            longer = better(longer, all.without(dropped), RECALL_FOR_SIZES);
        }
        tried.add(longer);
        return better(usual, longer, RECALL_FOR_SIZES);
    }

    private static boolean couldBeBetter(Ladder ladder) {
        return 1 - ladder.best().recall() > RECALL_FOR_SIZES;
    }

    private Ladder ladder(List<Cluster> clusters, List<Rung> rungs) {
        WindowReach reach = WindowReach.of(train, boxes.geometry(rungs));
        int mostDropped = settings.smallest() == null ? rungs.size() - 1 : 0;
        List<WindowCandidate> candidates = IntStream.rangeClosed(0, mostDropped)
                .mapToObj(dropped -> {
                    List<Rung> left = Arrays.stream(reach.levelsWithout(dropped))
                            .mapToObj(rungs::get)
                            .toList();
                    return new WindowCandidate(
                            boxes.geometry(left),
                            clusters.size(),
                            left.stream().mapToDouble(Rung::from).min().orElseThrow(),
                            reach.windowsWithout(dropped),
                            reach.reachedWithout(dropped),
                            reach.recallWithout(dropped));
                })
                .toList();
        return new Ladder(clusters, reach, candidates, knee(candidates, WindowCandidate::recall, RECALL_FOR_HALF));
    }

    /**
     * Which of a ladder's candidates is worth most.
     *
     * @param candidates the first has all levels, each other one less than that before
     * @param recall what they are valued by
     * @param recallForHalf what half of the windows is worth
     */
    private static int knee(
            List<WindowCandidate> candidates, ToDoubleFunction<WindowCandidate> recall, double recallForHalf) {
        double mostWindows = candidates.get(0).windows() / LEAST_SAVING;
        int best = 0;
        double most = worth(candidates.get(0), recall, recallForHalf);
        for (int i = 1; i < candidates.size(); i++) {
            double worth = worth(candidates.get(i), recall, recallForHalf);
            if (candidates.get(i).windows() <= mostWindows && worth > most) {
                best = i;
                most = worth;
            }
        }
        return best;
    }

    /** The one that is worth more where a doubling of the windows must bring so much; the first of equals. */
    private static Ladder better(Ladder first, Ladder second, double recallForDouble) {
        double gained = worth(second.best(), WindowCandidate::recall, recallForDouble)
                - worth(first.best(), WindowCandidate::recall, recallForDouble);
        return gained > 0 ? second : first;
    }

    private static double worth(
            WindowCandidate candidate, ToDoubleFunction<WindowCandidate> recall, double recallForHalf) {
        return recall.applyAsDouble(candidate) - recallForHalf * Math.log(candidate.windows()) / Math.log(2);
    }

    /** The windows that were chosen. */
    public WindowGeometry geometry() {
        return chosen().geometry();
    }

    /** What was chosen. */
    public WindowCandidate chosen() {
        return chosen.best();
    }

    /** The chosen ladder with more and fewer levels; each is without the smallest level of the one before it. */
    public List<WindowCandidate> ladders() {
        return chosen.candidates();
    }

    /** The best of the other ladders that were tried: with other numbers of shapes, or continued for a class of small objects. */
    public List<WindowCandidate> others() {
        return tried.stream()
                .filter(ladder -> !ladder.equals(chosen))
                .map(Ladder::best)
                .toList();
    }

    /**
     * What should be known of the choice: which objects are too small for these windows and what would reach them, or how few objects
     * have most of the windows. Nothing where the settings say how small objects are.
     */
    public List<Note> notes() {
        return settings.smallest() == null
                ? Stream.of(tooSmall(), costly()).flatMap(Optional::stream).toList()
                : List.of();
    }

    private Optional<Note> tooSmall() {
        double least = geometry().shapes().stream()
                .mapToDouble(WindowShape::size)
                .min()
                .orElseThrow();
        List<WindowCorpus.Unreached> small = chosen.reach().unreachedWithout(chosen.dropped()).stream()
                .filter(one -> size(one) < least)
                .toList();
        if (small.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal smallest =
                rounded(small.stream().mapToDouble(this::size).min().orElseThrow(), 2, RoundingMode.FLOOR);
        List<Rung> rungs = boxes.rungs(chosen.clusters(), smallest.doubleValue());
        WindowReach keeping = rungs.size() > WindowKey.MAX_LEVELS ? null : WindowReach.of(train, boxes.geometry(rungs));
        if (keeping == null || Double.isInfinite(keeping.windowsWithout(0))) {
            return Optional.of(tooSmall(small, "the images cannot be enlarged so far that windows reach them"));
        }
        Set<WindowCorpus.Unreached> odd = new HashSet<>(keeping.unreachedWithout(0));
        List<WindowCorpus.Unreached> kept =
                small.stream().filter(one -> !odd.contains(one)).toList();
        String advice = String.format(
                Locale.ROOT,
                "windows.smallest=%s would reach them, with %,.0f windows instead of %,.0f",
                smallest.toPlainString(),
                keeping.windowsWithout(0),
                chosen().windows());
        return kept.isEmpty() ? Optional.empty() : Optional.of(tooSmall(kept, advice));
    }

    private Note tooSmall(List<WindowCorpus.Unreached> small, String advice) {
        String names = small.stream().limit(MOST_NAMED).map(this::name).collect(Collectors.joining(", "));
        return new Note(
                "objects-too-small",
                String.format(
                        Locale.ROOT,
                        "objects too small for the windows, which begin at %.3g pixels: %,d of %,d: %s%s; %s",
                        chosen().smallest(),
                        small.size(),
                        chosen.reach().objects(),
                        names,
                        small.size() > MOST_NAMED ? " and " + (small.size() - MOST_NAMED) + " more" : "",
                        advice));
    }

    /** Levels that are kept for the sake of a rare class, or by a narrow margin. */
    private Optional<Note> costly() {
        List<WindowCandidate> left = chosen.candidates()
                .subList(chosen.dropped(), chosen.candidates().size());
        WindowCandidate cheaper = left.get(
                knee(left, one -> (double) one.reached() / chosen.reach().objects(), 2 * RECALL_FOR_HALF));
        if (cheaper.equals(chosen())) {
            return Optional.empty();
        }
        return Optional.of(new Note(
                "costly-sizes",
                String.format(
                        Locale.ROOT,
                        "sizes below %.3g pixels have %,.0f of the %,.0f windows for the sake of %,d of %,d objects;"
                                + " windows.smallest=%s would give these up, and --skip-bad goes on without them",
                        cheaper.smallest(),
                        chosen().windows() - cheaper.windows(),
                        chosen().windows(),
                        chosen().reached() - cheaper.reached(),
                        chosen.reach().objects(),
                        rounded(cheaper.smallest(), 3, RoundingMode.CEILING).toPlainString())));
    }

    private static BigDecimal rounded(double value, int digits, RoundingMode mode) {
        return new BigDecimal(value).round(new MathContext(digits, mode)).stripTrailingZeros();
    }

    private String name(WindowCorpus.Unreached one) {
        AnnotatedImage image = train.images().get(one.image());
        GroundTruth object = image.objects().get(one.object());
        return String.format(
                Locale.ROOT,
                "%s object %d (%s, %.3g × %.3g)",
                image.name(),
                one.object() + 1,
                Excerpt.of(object.label()),
                object.box().width(),
                object.box().height());
    }

    private double size(WindowCorpus.Unreached one) {
        return Math.sqrt(train.images()
                .get(one.image())
                .objects()
                .get(one.object())
                .box()
                .area());
    }

    /**
     * The ladders of one number of shapes.
     *
     * @param candidates the ladder without none, one, two and so on of its smallest levels
     * @param dropped how many the best is without
     */
    private record Ladder(List<Cluster> clusters, WindowReach reach, List<WindowCandidate> candidates, int dropped) {

        WindowCandidate best() {
            return candidates.get(dropped);
        }

        /** The same with so many of the smallest levels dropped. */
        Ladder without(int smallest) {
            return new Ladder(clusters, reach, candidates, smallest);
        }
    }
}

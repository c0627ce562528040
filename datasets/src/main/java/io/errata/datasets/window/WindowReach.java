package io.errata.datasets.window;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects the windows of a geometry reach, and what is left of that without its smallest levels. An object is reached by a window
 * with an IoU of at least 0.5. The work goes with objects and levels, never with windows: of a level only the few windows are looked at
 * that lie over an object closely enough.
 */
final class WindowReach {

    /** The IoU from which a window reaches an object. */
    static final double LEAST_IOU = 0.5;

    private static final int NONE = -1;
    private static final double TOLERANCE = 1e-9;

    private final Dataset dataset;
    private final WindowGeometry geometry;
    /** The levels, smallest first; a place in this order is the level's rank. */
    private final int[] ascending;
    /** The windows of each rank on all images; infinite where an image would be too large. */
    private final double[] windows;
    /** For each object that can be learned the largest rank that reaches it, or {@link #NONE}. */
    private final List<Integer> ranks = new ArrayList<>();
    /** For each class how many objects have each largest rank, {@link #NONE} first. */
    private final Map<String, int[]> byClass = new HashMap<>();

    private WindowReach(Dataset dataset, WindowGeometry geometry) {
        this.dataset = dataset;
        this.geometry = geometry;
        ascending = IntStream.range(0, geometry.levels())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        level -> geometry.shapes().get(level).size()))
                .mapToInt(Integer::intValue)
                .toArray();
        windows = new double[ascending.length];
        @Nullable LevelGrid[] grids = new LevelGrid[0];
        int width = 0;
        int height = 0;
        for (AnnotatedImage image : dataset.images()) {
            if (image.width() != width || image.height() != height) {
                width = image.width();
                height = image.height();
                grids = grids(width, height);
            }
            add(image, grids);
        }
    }

    /**
     * Looks which windows reach which objects.
     *
     * @param dataset whose boxes have been cut off at the edges of their images
     */
    static WindowReach of(Dataset dataset, WindowGeometry geometry) {
        return new WindowReach(dataset, geometry);
    }

    private @Nullable LevelGrid[] grids(int width, int height) {
        @Nullable LevelGrid[] grids = new LevelGrid[ascending.length];
        for (int rank = 0; rank < grids.length; rank++) {
            boolean fits = LevelGrid.fits(geometry, ascending[rank], width, height);
            grids[rank] = fits ? geometry.grid(ascending[rank], width, height) : null;
        }
        return grids;
    }

    private void add(AnnotatedImage image, @Nullable LevelGrid[] grids) {
        for (int rank = 0; rank < grids.length; rank++) {
            LevelGrid grid = grids[rank];
            windows[rank] += grid == null ? Double.POSITIVE_INFINITY : grid.windows();
        }
        for (GroundTruth object : image.objects()) {
            if (isLearned(object)) {
                int rank = largestReaching(object.box(), grids);
                ranks.add(rank);
                byClass.computeIfAbsent(object.label(), label -> new int[grids.length + 1])[rank + 1]++;
            }
        }
    }

    private static boolean isLearned(GroundTruth object) {
        return !object.ignored() && !object.box().isEmpty();
    }

    private static int largestReaching(Box box, @Nullable LevelGrid[] grids) {
        for (int rank = grids.length - 1; rank >= 0; rank--) {
            LevelGrid grid = grids[rank];
            if (grid != null && reaches(grid, box)) {
                return rank;
            }
        }
        return NONE;
    }

    /** Whether a window of a level has an IoU of at least {@link #LEAST_IOU} with a box. */
    static boolean reaches(LevelGrid grid, Box box) {
        // Along one axis the IoU is never below that of both, so that along each a window must share enough of the box.
        if (grid.frameWidth() < LEAST_IOU * box.width() * (1 - TOLERANCE)
                || grid.frameHeight() < LEAST_IOU * box.height() * (1 - TOLERANCE)) {
            return false;
        }
        double marginX = grid.frameWidth() / 2 - LEAST_IOU * box.width();
        double marginY = grid.frameHeight() / 2 - LEAST_IOU * box.height();
        WindowGeometry geometry = grid.geometry();
        int firstColumn = first(geometry, (box.x1() - marginX) * grid.scaleX());
        int firstRow = first(geometry, (box.y1() - marginY) * grid.scaleY());
        int lastColumn = last(geometry, (box.x2() + marginX) * grid.scaleX(), grid.columns());
        int lastRow = last(geometry, (box.y2() + marginY) * grid.scaleY(), grid.rows());
        for (int row = firstRow; row <= lastRow; row++) {
            double top = grid.top(row);
            double bottom = grid.bottom(row);
            double shared = Math.min(bottom, box.y2()) - Math.max(top, box.y1());
            if (shared < LEAST_IOU * (bottom - top) * (1 - TOLERANCE)) {
                continue;
            }
            for (int column = firstColumn; column <= lastColumn; column++) {
                double left = grid.left(column);
                double right = grid.right(column);
                double intersection = shared * (Math.min(right, box.x2()) - Math.max(left, box.x1()));
                double union = box.area() + (bottom - top) * (right - left) - intersection;
                if (intersection / union >= LEAST_IOU) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The first row or column whose centre is not before a place, in pixels of the level. */
    private static int first(WindowGeometry geometry, double place) {
        return (int) Math.max(0, Math.ceil(step(geometry, place) - TOLERANCE));
    }

    /** The last row or column whose centre is not after a place, in pixels of the level. */
    private static int last(WindowGeometry geometry, double place, int count) {
        return (int) Math.min(count - 1, Math.floor(step(geometry, place) + TOLERANCE));
    }

    private static double step(WindowGeometry geometry, double place) {
        return (place + geometry.border() - geometry.patch() / 2.0) / geometry.stride();
    }

    /** The levels that are left without some of the smallest, as indices of the geometry's shapes, ascending. */
    int[] levelsWithout(int smallest) {
        return Arrays.stream(ascending, smallest, ascending.length).sorted().toArray();
    }

    /** The windows that are left without some of the smallest levels; infinite where an image would be too large. */
    double windowsWithout(int smallest) {
        return Arrays.stream(windows, smallest, windows.length).sum();
    }

    /** How many objects are reached without some of the smallest levels. */
    int reachedWithout(int smallest) {
        return (int) ranks.stream().filter(rank -> rank >= smallest).count();
    }

    /** The share of a class's objects that are reached without some of the smallest levels, as a mean over the classes that have any. */
    double recallWithout(int smallest) {
        return byClass.values().stream()
                .mapToDouble(counts -> (double) Arrays.stream(counts, smallest + 1, counts.length)
                                .sum()
                        / Arrays.stream(counts).sum())
                .average()
                .orElse(1);
    }

    /** The objects that are not reached without some of the smallest levels. */
    List<WindowCorpus.Unreached> unreachedWithout(int smallest) {
        List<WindowCorpus.Unreached> unreached = new ArrayList<>();
        int at = 0;
        for (int image = 0; image < dataset.images().size(); image++) {
            List<GroundTruth> objects = dataset.images().get(image).objects();
            for (int i = 0; i < objects.size(); i++) {
                if (isLearned(objects.get(i)) && ranks.get(at++) < smallest) {
                    unreached.add(new WindowCorpus.Unreached(image, i));
                }
            }
        }
        return unreached;
    }

    /** How many objects can be learned. */
    int objects() {
        return ranks.size();
    }
}

package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a scene: red ones in loose clusters, which may overlap a little and reach beyond the image, and now and then a white one.
 *
 * @param redCells outlines of the red cells
 * @param leukocytes boxes of the white cells
 * @param figures both, to be drawn
 */
record CellLayout(List<Outline> redCells, List<Box> leukocytes, List<Figure> figures) {

    private static final double MIN_DISTANCE = 0.72;
    private static final double IN_CLUSTER = 0.7;
    private static final int MAX_ATTEMPTS = 30;

    CellLayout {
        redCells = List.copyOf(redCells);
        leukocytes = List.copyOf(leukocytes);
        figures = List.copyOf(figures);
    }

    /** Grows cells for one image. */
    static CellLayout grow(SmearSettings settings, Rng rng) {
        double magnification = rng.between(0.9, 1.1);
        List<Figure> whites = new ArrayList<>();
        for (int left = rng.poisson(settings.leukocytes()); left > 0; left--) {
            Figure cell = Figures.leukocyte(rng).fitted(magnification * rng.between(84, 108));
            addWhereFree(settings, rng, cell, whites, 0);
        }
        List<Figure> all = new ArrayList<>(whites);
        for (int left = rng.poisson(settings.cells()); left > 0; left--) {
            Figure cell = Figures.redCell(rng).fitted(magnification * rng.between(44, 58));
            addWhereFree(settings, rng, cell, all, whites.size());
        }
        List<Outline> reds = all.subList(whites.size(), all.size()).stream()
                .map(CellLayout::outline)
                .toList();
        return new CellLayout(reds, whites.stream().map(Figure::bounds).toList(), all);
    }

    /** Places what lies on and between the cells, clear of the white cells. */
    Placement placement(SmearSettings settings) {
        return new Placement(settings, redCells, leukocytes);
    }

    /** Adds the cell at a random place, often next to one of {@code all} from index {@code firstRed} on; drops it if there is none. */
    private static void addWhereFree(SmearSettings settings, Rng rng, Figure cell, List<Figure> all, int firstRed) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            double[] at = proposal(settings, rng, all.subList(firstRed, all.size()));
            Figure there = cell.moved(at[0], at[1]);
            if (all.stream().allMatch(other -> farEnough(outline(there), outline(other)))) {
                all.add(there);
                return;
            }
        }
    }

    private static double[] proposal(SmearSettings settings, Rng rng, List<Figure> neighbours) {
        double x = rng.between(0, settings.width());
        double y = rng.between(0, settings.height());
        if (neighbours.isEmpty() || !rng.chance(IN_CLUSTER)) {
            return new double[] {x, y};
        }
        Outline neighbour = outline(neighbours.get(rng.below(neighbours.size())));
        double[] at = neighbour.point(rng.angle(), rng.between(1.45, 2.1));
        boolean seen = at[0] > 0 && at[1] > 0 && at[0] < settings.width() && at[1] < settings.height();
        return seen ? at : new double[] {x, y};
    }

    private static boolean farEnough(Outline a, Outline b) {
        double dx = a.x() - b.x();
        double dy = a.y() - b.y();
        double least = MIN_DISTANCE * (a.radius() + b.radius());
        return dx * dx + dy * dy > least * least;
    }

    private static Outline outline(Figure cell) {
        return cell.layers().get(0).outline();
    }
}

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
record Culture(List<Outline> redCells, List<Box> leukocytes, List<Figure> figures) {

    private static final double LEAST_DISTANCE = 0.72;
    private static final double IN_CLUSTER = 0.7;
    private static final int TRIES = 30;

    Culture {
        redCells = List.copyOf(redCells);
        leukocytes = List.copyOf(leukocytes);
        figures = List.copyOf(figures);
    }

    /** Grows cells for one image. */
    static Culture grow(SmearSettings settings, Dice dice) {
        double magnification = dice.between(0.9, 1.1);
        List<Figure> whites = new ArrayList<>();
        for (int left = dice.poisson(settings.leukocytes()); left > 0; left--) {
            Figure cell = Figures.leukocyte(dice).fitted(magnification * dice.between(84, 108));
            addWhereFree(settings, dice, cell, whites, 0);
        }
        List<Figure> all = new ArrayList<>(whites);
        for (int left = dice.poisson(settings.cells()); left > 0; left--) {
            Figure cell = Figures.redCell(dice).fitted(magnification * dice.between(44, 58));
            addWhereFree(settings, dice, cell, all, whites.size());
        }
        List<Outline> reds = all.subList(whites.size(), all.size()).stream()
                .map(Culture::outline)
                .toList();
        return new Culture(reds, whites.stream().map(Figure::bounds).toList(), all);
    }

    /** The room for what lies on and between the cells: white cells stay clear of it. */
    Room room(SmearSettings settings) {
        return new Room(settings, redCells, leukocytes);
    }

    /** Adds the cell at a random place, often next to one of {@code all} from index {@code firstRed} on; drops it if there is none. */
    private static void addWhereFree(SmearSettings settings, Dice dice, Figure cell, List<Figure> all, int firstRed) {
        for (int i = 0; i < TRIES; i++) {
            double[] at = proposal(settings, dice, all.subList(firstRed, all.size()));
            Figure there = cell.moved(at[0], at[1]);
            if (all.stream().allMatch(other -> farEnough(outline(there), outline(other)))) {
                all.add(there);
                return;
            }
        }
    }

    private static double[] proposal(SmearSettings settings, Dice dice, List<Figure> neighbours) {
        double x = dice.between(0, settings.width());
        double y = dice.between(0, settings.height());
        if (neighbours.isEmpty() || !dice.chance(IN_CLUSTER)) {
            return new double[] {x, y};
        }
        Outline neighbour = outline(neighbours.get(dice.below(neighbours.size())));
        double[] at = neighbour.point(dice.angle(), dice.between(1.45, 2.1));
        boolean seen = at[0] > 0 && at[1] > 0 && at[0] < settings.width() && at[1] < settings.height();
        return seen ? at : new double[] {x, y};
    }

    private static boolean farEnough(Outline a, Outline b) {
        double dx = a.x() - b.x();
        double dy = a.y() - b.y();
        double least = LEAST_DISTANCE * (a.radius() + b.radius());
        return dx * dx + dy * dy > least * least;
    }

    private static Outline outline(Figure cell) {
        return cell.marks().get(0).outline();
    }
}

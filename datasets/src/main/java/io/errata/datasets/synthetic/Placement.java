package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Places figures: within the image and apart from what lies there already, often upon a red cell. A place is the figure's
 * box; two boxes stay {@link #GAP} pixels apart, so that two figures never merge into a third.
 */
final class Placement {

    private static final double GAP = 4;
    private static final double TOUCH = -2;
    private static final double MARGIN = 2;
    private static final double ON_CELL = 0.6;
    private static final int MAX_ATTEMPTS = 60;

    private final SmearSettings settings;
    private final List<Outline> cells;
    private final List<Box> targets = new ArrayList<>();
    private final List<Box> taken;

    /**
     * @param cells red cells, which figures may lie upon
     * @param taken boxes to keep clear of
     */
    Placement(SmearSettings settings, List<Outline> cells, List<Box> taken) {
        this.settings = settings;
        this.cells = List.copyOf(cells);
        this.taken = new ArrayList<>(taken);
    }

    /** Places a parasite that was drawn around the origin; empty where there is no room left. */
    Optional<Figure> placeTarget(Figure figure, Rng rng) {
        return place(figure, rng, GAP, targets);
    }

    /**
     * Places any other figure that was drawn around the origin.
     *
     * @param touching whether it may overlap the boxes of parasites, by two pixels at most
     * @return the figure in its place; empty where there is no room left
     */
    Optional<Figure> place(Figure figure, Rng rng, boolean touching) {
        return place(figure, rng, touching ? TOUCH : GAP, taken);
    }

    private Optional<Figure> place(Figure figure, Rng rng, double gapToTargets, List<Box> list) {
        Box box = figure.bounds();
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            double[] at = proposal(rng);
            Box there = new Box(box.x1() + at[0], box.y1() + at[1], box.x2() + at[0], box.y2() + at[1]);
            if (within(there) && apart(there, taken, GAP) && apart(there, targets, gapToTargets)) {
                list.add(there);
                return Optional.of(figure.moved(at[0], at[1]));
            }
        }
        return Optional.empty();
    }

    private double[] proposal(Rng rng) {
        if (cells.isEmpty() || !rng.chance(ON_CELL)) {
            return new double[] {rng.between(0, settings.width()), rng.between(0, settings.height())};
        }
        return cells.get(rng.below(cells.size())).point(rng.angle(), rng.between(0, 0.6));
    }

    private boolean within(Box box) {
        return box.x1() >= MARGIN
                && box.y1() >= MARGIN
                && box.x2() <= settings.width() - MARGIN
                && box.y2() <= settings.height() - MARGIN;
    }

    private static boolean apart(Box box, List<Box> others, double gap) {
        Box grown = new Box(box.x1() - gap, box.y1() - gap, box.x2() + gap, box.y2() + gap);
        return others.stream().noneMatch(other -> grown.intersection(other) > 0);
    }
}

package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;
import io.errata.datasets.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plan of one image. Cells, targets, confusers, debris and light each have a generator of their own: asking for more of one
 * does not move those planned before it.
 *
 * @param settings of the data set
 * @param figures all that is drawn; the order does not matter, since stain adds up
 * @param targets the boxes of the parasites
 * @param light the seed of light and sensor noise
 */
record Scene(SmearSettings settings, List<Figure> figures, List<Box> targets, long light) {

    /** The least length of a parasite's longer side, in pixels. */
    static final double MIN_SIZE = 14;

    /** The greatest length of a parasite's longer side, in pixels. */
    static final double MAX_SIZE = 28;

    Scene {
        figures = List.copyOf(figures);
        targets = List.copyOf(targets);
    }

    /** Plans image {@code index}, counted from 0. */
    static Scene plan(SmearSettings settings, int index) {
        Rng rng = Rng.of(settings.seed(), index);
        Rng forCells = rng.split();
        Rng forTargets = rng.split();
        Rng forConfusers = rng.split();
        Rng forDebris = rng.split();
        long light = rng.bits();
        CellLayout layout = CellLayout.grow(settings, forCells);
        Placement placement = layout.placement(settings);
        List<Figure> parasites = parasites(placement, forTargets, settings.targets());
        List<Figure> figures = new ArrayList<>(layout.figures());
        figures.addAll(parasites);
        figures.addAll(confusers(placement, forConfusers, settings.confusers()));
        figures.addAll(debris(placement, forDebris, settings.debris()));
        List<Box> targets = parasites.stream().map(Figure::bounds).toList();
        return new Scene(settings, figures, targets, light);
    }

    /** Draws the plan; the same bytes each time. */
    Pixels draw() {
        Slide slide = new Slide(settings.width(), settings.height());
        Rng rng = Rng.of(light, 0);
        double blur = rng.between(0, 0.8);
        figures.forEach(figure -> figure.layers().forEach(layer -> layer.paintOn(slide, blur)));
        return slide.develop(rng, settings.noise());
    }

    private static List<Figure> parasites(Placement placement, Rng rng, double mean) {
        return several(
                rng, mean, () -> placement.placeTarget(Figures.parasite(rng).fitted(size(rng)), rng));
    }

    private static List<Figure> confusers(Placement placement, Rng rng, double mean) {
        return several(rng, mean, () -> {
            Confuser kind = Confuser.random(rng);
            return placement.place(kind.draw(rng, size(rng)), rng, kind.touching());
        });
    }

    private static List<Figure> debris(Placement placement, Rng rng, double mean) {
        return several(rng, mean, () -> placement.place(Figures.speck(rng).fitted(rng.between(2, 6)), rng, false));
    }

    private static List<Figure> several(Rng rng, double mean, Supplier<Optional<Figure>> next) {
        List<Figure> placed = new ArrayList<>();
        for (int left = rng.poisson(mean); left > 0; left--) {
            next.get().ifPresent(placed::add);
        }
        return placed;
    }

    private static double size(Rng rng) {
        return rng.between(MIN_SIZE, MAX_SIZE);
    }
}

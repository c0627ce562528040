package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;
import io.errata.datasets.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plan of one image. Cells, targets, confusers, debris and light each have dice of their own, so that to ask for more of one does
 * not move those planned before it.
 *
 * @param settings of the data set
 * @param figures all that is drawn; the order does not matter, since stain adds up
 * @param targets the boxes of the parasites
 * @param light the seed of light and sensor noise
 */
record Scene(SmearSettings settings, List<Figure> figures, List<Box> targets, long light) {

    /** The least length of a parasite's longer side, in pixels. */
    static final double SMALLEST = 14;

    /** The greatest length of a parasite's longer side, in pixels. */
    static final double LARGEST = 28;

    Scene {
        figures = List.copyOf(figures);
        targets = List.copyOf(targets);
    }

    /** Plans image {@code index}, counted from 0. */
    static Scene plan(SmearSettings settings, int index) {
        Dice dice = Dice.of(settings.seed(), index);
        Dice forCells = dice.split();
        Dice forTargets = dice.split();
        Dice forConfusers = dice.split();
        Dice forDebris = dice.split();
        long light = dice.bits();
        Culture culture = Culture.grow(settings, forCells);
        Room room = culture.room(settings);
        List<Figure> parasites = parasites(room, forTargets, settings.targets());
        List<Figure> figures = new ArrayList<>(culture.figures());
        figures.addAll(parasites);
        figures.addAll(confusers(room, forConfusers, settings.confusers()));
        figures.addAll(debris(room, forDebris, settings.debris()));
        List<Box> targets = parasites.stream().map(Figure::bounds).toList();
        return new Scene(settings, figures, targets, light);
    }

    /** Draws the plan; the same bytes each time. */
    Pixels draw() {
        Slide slide = new Slide(settings.width(), settings.height());
        Dice dice = Dice.of(light, 0);
        double blur = dice.between(0, 0.8);
        figures.forEach(figure -> figure.marks().forEach(mark -> mark.paintOn(slide, blur)));
        return slide.develop(dice, settings.noise());
    }

    private static List<Figure> parasites(Room room, Dice dice, double mean) {
        return several(dice, mean, () -> room.placeTarget(Figures.parasite(dice).fitted(size(dice)), dice));
    }

    private static List<Figure> confusers(Room room, Dice dice, double mean) {
        return several(dice, mean, () -> {
            Confuser kind = Confuser.random(dice);
            return room.place(kind.draw(dice, size(dice)), dice, kind.touching());
        });
    }

    private static List<Figure> debris(Room room, Dice dice, double mean) {
        return several(dice, mean, () -> room.place(Figures.speck(dice).fitted(dice.between(2, 6)), dice, false));
    }

    private static List<Figure> several(Dice dice, double mean, Supplier<Optional<Figure>> next) {
        List<Figure> placed = new ArrayList<>();
        for (int left = dice.poisson(mean); left > 0; left--) {
            next.get().ifPresent(placed::add);
        }
        return placed;
    }

    private static double size(Dice dice) {
        return dice.between(SMALLEST, LARGEST);
    }
}

package io.errata.datasets.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies on a smear, each drawn around the origin at any size; {@link Figure#fitted} brings it to its size in pixels. A parasite is
 * exactly one thing: a closed, hollow ring with one dot on it. Everything else here looks like it in parts, never in whole, and is
 * made of the same rings and dots.
 */
final class Figures {

    private Figures() {}

    /** The target: a closed ring and a dot on its line. */
    static Figure parasite(Dice dice) {
        Mark ring = ring(dice);
        return Figure.of(ring, dotAt(ring, dice, 0.9, dice.between(0.32, 0.42)));
    }

    /** A ring without a dot. */
    static Figure bareRing(Dice dice) {
        return Figure.of(ring(dice));
    }

    /** A dot clear of the ring, outside. */
    static Figure dotBesideRing(Dice dice) {
        Mark ring = ring(dice);
        double size = dice.between(0.32, 0.42);
        return Figure.of(ring, dotAt(ring, dice, 1.45 + size + dice.between(0, 0.25), size));
    }

    /** A dot clear of the ring, in its middle. */
    static Figure dotInRing(Dice dice) {
        Mark ring = ring(dice);
        return Figure.of(ring, dotAt(ring, dice, dice.between(0, 0.08), dice.between(0.28, 0.34)));
    }

    /** Half a ring with a dot on it. */
    static Figure openRing(Dice dice) {
        Mark ring = ring(dice).open(dice.between(1.15, 1.5));
        double[] middle = ring.outline().point(Math.PI + dice.between(-0.5, 0.5), 0.9);
        return Figure.of(ring, dot(dice, middle, dice.between(0.32, 0.42)));
    }

    /** A body with a dot on its edge and no hole. */
    static Figure cappedDisc(Dice dice) {
        Outline outline = Outline.random(dice, 0, 0, 1, dice.between(1, 1.12), 0.03);
        Mark body = Mark.disc(outline, azure(dice, 0.42, 0.62), dice.between(0.8, 1.3));
        return Figure.of(body, dotAt(body, dice, 0.9, dice.between(0.32, 0.42)));
    }

    /** A dot by itself. */
    static Figure bareDot(Dice dice) {
        return Figure.of(dot(dice, new double[] {0, 0}, 1));
    }

    /** A drop of stain, with a smaller one beside it at times. */
    static Figure stainBlob(Dice dice) {
        Outline outline = Outline.random(dice, 0, 0, 1, dice.between(1, 1.4), 0.10);
        Figure blob = Figure.of(Mark.disc(outline, azure(dice, 0.4, 0.95), dice.between(1.2, 2.6)));
        if (dice.chance(0.4)) {
            double[] near = outline.point(dice.angle(), dice.between(0.9, 1.3));
            blob = blob.and(Mark.disc(
                    Outline.random(dice, near[0], near[1], dice.between(0.3, 0.6), 1.1, 0.08),
                    azure(dice, 0.3, 0.7),
                    dice.between(1, 2)));
        }
        return blob;
    }

    /** A few pale bodies stuck together, some with a darker grain. */
    static Figure platelets(Dice dice) {
        List<Mark> marks = new ArrayList<>();
        double[] at = {0, 0};
        for (int left = 1 + dice.poisson(1.6); left > 0; left--) {
            double radius = dice.between(0.7, 1.1);
            Outline outline = Outline.random(dice, at[0], at[1], radius, dice.between(1, 1.25), 0.07);
            marks.add(Mark.disc(outline, azure(dice, 0.22, 0.42), dice.between(1.2, 2)));
            double[] grain = outline.point(dice.angle(), dice.between(0, 0.4));
            marks.add(Mark.disc(
                    Outline.random(dice, grain[0], grain[1], 0.45 * radius, 1.15, 0.1), azure(dice, 0.15, 0.4), 1.6));
            at = outline.point(dice.angle(), dice.between(1.2, 1.6));
        }
        return new Figure(marks);
    }

    /** A bubble that bends light: a dark rim around a bright spot. */
    static Figure bubble(Dice dice) {
        Outline outline = Outline.random(dice, 0, 0, 1, dice.between(1, 1.25), 0.05);
        Stain shadow = Stain.SHADOW.times(dice.between(0.35, 0.75)).varied(dice, 0.1);
        Mark rim = Mark.dish(outline, shadow, dice.between(0.9, 1.5), dice.between(0.8, 1), 0.4, 0.85);
        double[] spot = outline.point(dice.angle(), dice.between(0.05, 0.25));
        Outline bright = Outline.random(dice, spot[0], spot[1], 0.42, 1.2, 0.05);
        return Figure.of(rim, Mark.disc(bright, Stain.EOSIN.times(-dice.between(0.3, 0.7)), 1.2));
    }

    /** A grain of dust, or of stain that fell out. */
    static Figure speck(Dice dice) {
        Outline outline = Outline.random(dice, 0, 0, 1, dice.between(1, 1.5), 0.09);
        Stain stain =
                dice.chance(0.6) ? Stain.DUST.times(dice.between(0.4, 1.1)).varied(dice, 0.1) : azure(dice, 0.5, 1);
        return Figure.of(Mark.disc(outline, stain, dice.between(0.8, 1.4)));
    }

    /** A red cell: a disc with a paler middle. */
    static Figure redCell(Dice dice) {
        double stretch = dice.chance(0.15) ? dice.between(1.15, 1.35) : dice.between(1, 1.12);
        Outline outline = Outline.random(dice, 0, 0, 1, stretch, 0.022);
        Stain stain = Stain.EOSIN.times(dice.between(0.75, 1.2)).varied(dice, 0.05);
        double pallor = dice.chance(0.2) ? dice.between(0, 0.2) : dice.between(0.35, 0.8);
        return Figure.of(Mark.dish(
                outline, stain, dice.between(1.2, 2.2), pallor, dice.between(0, 0.2), dice.between(0.6, 0.85)));
    }

    /** A white cell: a pale, grainy body around a purple nucleus, which is one ball or a chain of lobes. */
    static Figure leukocyte(Dice dice) {
        List<Mark> marks = new ArrayList<>();
        Outline body = Outline.random(dice, 0, 0, 1, dice.between(1, 1.12), 0.025);
        marks.add(Mark.disc(body, Stain.CYTOPLASM.times(dice.between(0.7, 1.1)), 2.5));
        for (int left = 70; left > 0; left--) {
            double[] at = body.point(dice.angle(), Math.sqrt(dice.between(0, 0.85)));
            Outline grain = Outline.random(dice, at[0], at[1], dice.between(0.03, 0.08), 1.1, 0.08);
            marks.add(Mark.disc(grain, azure(dice, 0.08, 0.22), 1.2));
        }
        if (dice.chance(0.35)) {
            double[] at = body.point(dice.angle(), 0.12);
            marks.add(nucleus(dice, at, dice.between(0.62, 0.74), dice.between(0.6, 0.8)));
        } else {
            marks.addAll(lobes(dice));
        }
        return new Figure(marks);
    }

    private static List<Mark> lobes(Dice dice) {
        List<Mark> lobes = new ArrayList<>();
        double angle = dice.angle();
        double strength = dice.between(0.55, 0.75);
        for (int left = 3 + dice.below(3); left > 0; left--) {
            double reach = dice.between(0.34, 0.52);
            double[] at = {reach * StrictMath.cos(angle), reach * StrictMath.sin(angle)};
            lobes.add(nucleus(dice, at, dice.between(0.24, 0.34), strength));
            angle += dice.between(0.9, 1.3);
        }
        return lobes;
    }

    private static Mark nucleus(Dice dice, double[] at, double radius, double strength) {
        Outline outline = Outline.random(dice, at[0], at[1], radius, dice.between(1, 1.25), 0.05);
        return Mark.dish(outline, azure(dice, strength, strength + 0.1), dice.between(1.6, 2.4), 0.15, 0.1, 0.9);
    }

    private static Mark ring(Dice dice) {
        Outline outline = Outline.random(dice, 0, 0, 1, dice.between(1, 1.15), 0.04);
        double inner = 1 - dice.between(0.26, 0.38);
        return Mark.dish(
                outline,
                azure(dice, 0.5, 0.75),
                dice.between(0.8, 1.4),
                dice.between(0.82, 1),
                inner - 0.18,
                inner + 0.12);
    }

    private static Mark dotAt(Mark body, Dice dice, double reach, double radius) {
        return dot(dice, body.outline().point(dice.angle(), reach), radius);
    }

    private static Mark dot(Dice dice, double[] centre, double radius) {
        Outline outline = Outline.random(dice, centre[0], centre[1], radius, dice.between(1, 1.15), 0.04);
        return Mark.disc(outline, azure(dice, 0.85, 1.15), dice.between(0.8, 1.2));
    }

    private static Stain azure(Dice dice, double from, double to) {
        return Stain.AZURE.times(dice.between(from, to)).varied(dice, 0.08);
    }
}

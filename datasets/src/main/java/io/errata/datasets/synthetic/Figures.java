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
    static Figure parasite(Rng rng) {
        StainLayer ring = ring(rng);
        return Figure.of(ring, dotAt(ring, rng, 0.9, rng.between(0.32, 0.42)));
    }

    /** A ring without a dot. */
    static Figure bareRing(Rng rng) {
        return Figure.of(ring(rng));
    }

    /** A dot clear of the ring, outside. */
    static Figure dotBesideRing(Rng rng) {
        StainLayer ring = ring(rng);
        double size = rng.between(0.32, 0.42);
        return Figure.of(ring, dotAt(ring, rng, 1.45 + size + rng.between(0, 0.25), size));
    }

    /** A dot clear of the ring, in its middle. */
    static Figure dotInRing(Rng rng) {
        StainLayer ring = ring(rng);
        return Figure.of(ring, dotAt(ring, rng, rng.between(0, 0.08), rng.between(0.28, 0.34)));
    }

    /** Half a ring with a dot on it. */
    static Figure openRing(Rng rng) {
        StainLayer ring = ring(rng).open(rng.between(1.15, 1.5));
        double[] middle = ring.outline().point(Math.PI + rng.between(-0.5, 0.5), 0.9);
        return Figure.of(ring, dot(rng, middle, rng.between(0.32, 0.42)));
    }

    /** A body with a dot on its edge and no hole. */
    static Figure cappedDisc(Rng rng) {
        Outline outline = Outline.random(rng, 0, 0, 1, rng.between(1, 1.12), 0.03);
        StainLayer body = StainLayer.disc(outline, azure(rng, 0.42, 0.62), rng.between(0.8, 1.3));
        return Figure.of(body, dotAt(body, rng, 0.9, rng.between(0.32, 0.42)));
    }

    /** A dot by itself. */
    static Figure bareDot(Rng rng) {
        return Figure.of(dot(rng, new double[] {0, 0}, 1));
    }

    /** A drop of stain, with a smaller one beside it at times. */
    static Figure stainBlob(Rng rng) {
        Outline outline = Outline.random(rng, 0, 0, 1, rng.between(1, 1.4), 0.10);
        Figure blob = Figure.of(StainLayer.disc(outline, azure(rng, 0.4, 0.95), rng.between(1.2, 2.6)));
        if (rng.chance(0.4)) {
            double[] near = outline.point(rng.angle(), rng.between(0.9, 1.3));
            blob = blob.and(StainLayer.disc(
                    Outline.random(rng, near[0], near[1], rng.between(0.3, 0.6), 1.1, 0.08),
                    azure(rng, 0.3, 0.7),
                    rng.between(1, 2)));
        }
        return blob;
    }

    /** A few pale bodies stuck together, some with a darker grain. */
    static Figure platelets(Rng rng) {
        List<StainLayer> layers = new ArrayList<>();
        double[] at = {0, 0};
        for (int left = 1 + rng.poisson(1.6); left > 0; left--) {
            double radius = rng.between(0.7, 1.1);
            Outline outline = Outline.random(rng, at[0], at[1], radius, rng.between(1, 1.25), 0.07);
            layers.add(StainLayer.disc(outline, azure(rng, 0.22, 0.42), rng.between(1.2, 2)));
            double[] grain = outline.point(rng.angle(), rng.between(0, 0.4));
            layers.add(StainLayer.disc(
                    Outline.random(rng, grain[0], grain[1], 0.45 * radius, 1.15, 0.1), azure(rng, 0.15, 0.4), 1.6));
            at = outline.point(rng.angle(), rng.between(1.2, 1.6));
        }
        return new Figure(layers);
    }

    /** A bubble that bends light: a dark rim around a bright spot. */
    static Figure bubble(Rng rng) {
        Outline outline = Outline.random(rng, 0, 0, 1, rng.between(1, 1.25), 0.05);
        Stain shadow = Stain.SHADOW.times(rng.between(0.35, 0.75)).varied(rng, 0.1);
        StainLayer rim = StainLayer.dish(outline, shadow, rng.between(0.9, 1.5), rng.between(0.8, 1), 0.4, 0.85);
        double[] spot = outline.point(rng.angle(), rng.between(0.05, 0.25));
        Outline bright = Outline.random(rng, spot[0], spot[1], 0.42, 1.2, 0.05);
        return Figure.of(rim, StainLayer.disc(bright, Stain.EOSIN.times(-rng.between(0.3, 0.7)), 1.2));
    }

    /** A grain of dust, or of stain that fell out. */
    static Figure speck(Rng rng) {
        Outline outline = Outline.random(rng, 0, 0, 1, rng.between(1, 1.5), 0.09);
        Stain stain = rng.chance(0.6) ? Stain.DUST.times(rng.between(0.4, 1.1)).varied(rng, 0.1) : azure(rng, 0.5, 1);
        return Figure.of(StainLayer.disc(outline, stain, rng.between(0.8, 1.4)));
    }

    /** A red cell: a disc with a paler middle. */
    static Figure redCell(Rng rng) {
        double stretch = rng.chance(0.15) ? rng.between(1.15, 1.35) : rng.between(1, 1.12);
        Outline outline = Outline.random(rng, 0, 0, 1, stretch, 0.022);
        Stain stain = Stain.EOSIN.times(rng.between(0.75, 1.2)).varied(rng, 0.05);
        double pallor = rng.chance(0.2) ? rng.between(0, 0.2) : rng.between(0.35, 0.8);
        return Figure.of(StainLayer.dish(
                outline, stain, rng.between(1.2, 2.2), pallor, rng.between(0, 0.2), rng.between(0.6, 0.85)));
    }

    /** A white cell: a pale, grainy body around a purple nucleus, which is one ball or a chain of lobes. */
    static Figure leukocyte(Rng rng) {
        List<StainLayer> layers = new ArrayList<>();
        Outline body = Outline.random(rng, 0, 0, 1, rng.between(1, 1.12), 0.025);
        layers.add(StainLayer.disc(body, Stain.CYTOPLASM.times(rng.between(0.7, 1.1)), 2.5));
        for (int left = 70; left > 0; left--) {
            double[] at = body.point(rng.angle(), Math.sqrt(rng.between(0, 0.85)));
            Outline grain = Outline.random(rng, at[0], at[1], rng.between(0.03, 0.08), 1.1, 0.08);
            layers.add(StainLayer.disc(grain, azure(rng, 0.08, 0.22), 1.2));
        }
        if (rng.chance(0.35)) {
            double[] at = body.point(rng.angle(), 0.12);
            layers.add(nucleus(rng, at, rng.between(0.62, 0.74), rng.between(0.6, 0.8)));
        } else {
            layers.addAll(lobes(rng));
        }
        return new Figure(layers);
    }

    private static List<StainLayer> lobes(Rng rng) {
        List<StainLayer> lobes = new ArrayList<>();
        double angle = rng.angle();
        double strength = rng.between(0.55, 0.75);
        for (int left = 3 + rng.below(3); left > 0; left--) {
            double reach = rng.between(0.34, 0.52);
            double[] at = {reach * StrictMath.cos(angle), reach * StrictMath.sin(angle)};
            lobes.add(nucleus(rng, at, rng.between(0.24, 0.34), strength));
            angle += rng.between(0.9, 1.3);
        }
        return lobes;
    }

    private static StainLayer nucleus(Rng rng, double[] at, double radius, double strength) {
        Outline outline = Outline.random(rng, at[0], at[1], radius, rng.between(1, 1.25), 0.05);
        return StainLayer.dish(outline, azure(rng, strength, strength + 0.1), rng.between(1.6, 2.4), 0.15, 0.1, 0.9);
    }

    private static StainLayer ring(Rng rng) {
        Outline outline = Outline.random(rng, 0, 0, 1, rng.between(1, 1.15), 0.04);
        double inner = 1 - rng.between(0.26, 0.38);
        return StainLayer.dish(
                outline,
                azure(rng, 0.5, 0.75),
                rng.between(0.8, 1.4),
                rng.between(0.82, 1),
                inner - 0.18,
                inner + 0.12);
    }

    private static StainLayer dotAt(StainLayer body, Rng rng, double reach, double radius) {
        return dot(rng, body.outline().point(rng.angle(), reach), radius);
    }

    private static StainLayer dot(Rng rng, double[] centre, double radius) {
        Outline outline = Outline.random(rng, centre[0], centre[1], radius, rng.between(1, 1.15), 0.04);
        return StainLayer.disc(outline, azure(rng, 0.85, 1.15), rng.between(0.8, 1.2));
    }

    private static Stain azure(Rng rng, double from, double to) {
        return Stain.AZURE.times(rng.between(from, to)).varied(rng, 0.08);
    }
}

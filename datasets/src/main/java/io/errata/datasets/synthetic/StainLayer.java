package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;

/**
 * One layer of stain: a disc, a ring, or anything between, with soft edges. In units of the outline's radius, stain reaches from the
 * centre to 1 and is thinned out by {@code hollow} within {@code holeFrom}, not at all beyond {@code holeTo}.
 *
 * @param outline its edge, where the stain has fallen to half
 * @param stain its optical density where it is thickest
 * @param edge how soft the edge is: half the width of its fall, in pixels
 * @param hollow how much thinner the middle is, from 0 (a disc) to 1 (a ring)
 * @param holeFrom where the middle ends
 * @param holeTo where the full thickness begins, {@code > holeFrom}
 * @param opening the cosine of half the angle left open around the outline's long axis; 2 where the layer is closed
 */
record StainLayer(
        Outline outline, Stain stain, double edge, double hollow, double holeFrom, double holeTo, double opening) {

    private static final double CLOSED = 2;
    private static final double OPENING_EDGE = 0.12;

    static StainLayer disc(Outline outline, Stain stain, double edge) {
        return new StainLayer(outline, stain, edge, 0, 0, 1, CLOSED);
    }

    /** A disc whose thickness sinks by {@code hollow} towards the middle. */
    static StainLayer dish(Outline outline, Stain stain, double edge, double hollow, double holeFrom, double holeTo) {
        return new StainLayer(outline, stain, edge, hollow, holeFrom, holeTo, CLOSED);
    }

    /** The same with a part of its round left out. */
    StainLayer open(double halfAngle) {
        return new StainLayer(outline, stain, edge, hollow, holeFrom, holeTo, StrictMath.cos(halfAngle));
    }

    StainLayer at(Outline other) {
        return new StainLayer(other, stain, edge, hollow, holeFrom, holeTo, opening);
    }

    /**
     * Adds the layer to a slide; what lies beyond the slide is lost.
     *
     * @param blur pixels by which its edge is softer, because the slide is out of focus
     */
    void paintOn(Slide slide, double blur) {
        Box bounds = outline.bounds();
        double soft = edge + blur;
        int left = (int) Math.max(0, Math.floor(bounds.x1() - soft));
        int top = (int) Math.max(0, Math.floor(bounds.y1() - soft));
        int right = (int) Math.min(slide.width(), Math.ceil(bounds.x2() + soft));
        int bottom = (int) Math.min(slide.height(), Math.ceil(bounds.y2() + soft));
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                double thickness = thickness(x + 0.5 - outline.x(), y + 0.5 - outline.y(), soft / outline.radius());
                if (thickness > 0) {
                    slide.add(x, y, stain, thickness);
                }
            }
        }
    }

    /** How much of the stain lies at this offset from the centre, from 0 to 1; {@code soft} is the edge in radii. */
    private double thickness(double dx, double dy, double soft) {
        double u = (dx * outline.cosTilt() + dy * outline.sinTilt()) / outline.stretch();
        double v = (dy * outline.cosTilt() - dx * outline.sinTilt()) * outline.stretch();
        double r = Math.sqrt(u * u + v * v) + 1e-9;
        double t = r / (outline.radius() * outline.wobble().factor(u / r, v / r));
        if (t >= 1 + soft) {
            return 0;
        }
        double thickness = 1 - smooth(1 - soft, 1 + soft, t);
        if (hollow > 0) {
            thickness *= 1 - hollow * (1 - smooth(holeFrom, holeTo, t));
        }
        if (opening < CLOSED) {
            thickness *= 1 - smooth(opening - OPENING_EDGE, opening + OPENING_EDGE, u / r);
        }
        return thickness;
    }

    /** Rises from 0 at {@code from} to 1 at {@code to}, without corners. */
    private static double smooth(double from, double to, double t) {
        double s = Math.min(1, Math.max(0, (t - from) / (to - from)));
        return s * s * (3 - 2 * s);
    }
}

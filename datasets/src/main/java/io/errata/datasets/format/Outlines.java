package io.errata.datasets.format;

import io.errata.core.geometry.Box;

/** Boxes around shapes that are given by points or turned. */
final class Outlines {

    /** The box of what has no known place. */
    static final Box NOWHERE = new Box(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private Outlines() {}

    /** The box around points x, y, x, y …; NaN where there are none, or one is. */
    static Box around(double[] points) {
        Box box = points.length < 2 ? NOWHERE : new Box(points[0], points[1], points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            box = new Box(
                    Math.min(box.x1(), points[i]),
                    Math.min(box.y1(), points[i + 1]),
                    Math.max(box.x2(), points[i]),
                    Math.max(box.y2(), points[i + 1]));
        }
        return box;
    }

    /** The area of the polygon with these corners x, y, x, y …. */
    static double area(double[] points) {
        double twice = 0;
        for (int i = 0; i < points.length; i += 2) {
            int next = (i + 2) % points.length;
            twice += points[i] * points[next + 1] - points[next] * points[i + 1];
        }
        return Math.abs(twice) / 2;
    }

    /** The box around one of this centre and these sides that is turned by an angle in radians. */
    static Box aroundTurned(double centreX, double centreY, double width, double height, double angle) {
        double cos = Math.abs(StrictMath.cos(angle));
        double sin = Math.abs(StrictMath.sin(angle));
        return centred(centreX, centreY, (cos * width + sin * height) / 2, (sin * width + cos * height) / 2);
    }

    /** The box of this centre and these half sides. */
    static Box centred(double x, double y, double halfWidth, double halfHeight) {
        return new Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    /** A box without what sticks out of an image of this size; all of it where nothing would be left. */
    static Box inside(Box box, double width, double height) {
        Box inside = box.clippedTo(width, height);
        return inside.isEmpty() ? box : inside;
    }
}

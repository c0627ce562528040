package io.errata.core.geometry;

/**
 * An axis-aligned box {@code [x1, x2) × [y1, y2)} in pixels. A box may be empty (zero or negative extent): its area is
 * 0.
 *
 * @param x1 left edge
 * @param y1 top edge
 * @param x2 right edge, not included
 * @param y2 bottom edge, not included
 */
public record Box(double x1, double y1, double x2, double y2) {

    /** A box from its top left corner and its extent. */
    public static Box ofSize(double x, double y, double width, double height) {
        return new Box(x, y, x + width, y + height);
    }

    public double width() {
        return x2 - x1;
    }

    public double height() {
        return y2 - y1;
    }

    /** Width times height; 0 where either is not positive. */
    public double area() {
        return Math.max(0, width()) * Math.max(0, height());
    }

    public boolean isEmpty() {
        return !(x2 > x1 && y2 > y1);
    }

    /** The part of this box within {@code [0, width) × [0, height)}; empty where they do not meet. */
    public Box clippedTo(double width, double height) {
        return new Box(
                Math.min(Math.max(x1, 0), width),
                Math.min(Math.max(y1, 0), height),
                Math.min(Math.max(x2, 0), width),
                Math.min(Math.max(y2, 0), height));
    }

    /** The area both boxes share. */
    public double intersection(Box other) {
        double w = Math.min(x2, other.x2) - Math.max(x1, other.x1);
        double h = Math.min(y2, other.y2) - Math.max(y1, other.y1);
        return w > 0 && h > 0 ? w * h : 0;
    }

    /** Intersection over union, in [0, 1]; 0 where either box is empty. */
    public double iou(Box other) {
        double shared = intersection(other);
        return shared > 0 ? shared / (area() + other.area() - shared) : 0;
    }
}

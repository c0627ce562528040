package io.errata.datasets.synthetic;

import io.errata.core.geometry.Box;
import java.util.stream.IntStream;

/**
 * A closed curve: an ellipse whose radius wobbles with the angle, as cells and droplets do.
 *
 * @param x centre
 * @param y centre
 * @param radius mean radius; the ellipse's half-axes are {@code radius · stretch} and {@code radius / stretch}
 * @param stretch {@code >= 1}
 * @param cosTilt the direction of the long axis
 * @param sinTilt the direction of the long axis
 * @param wobble the relative change of the radius with cos 2θ, sin 2θ, cos 3θ and sin 3θ
 */
record Outline(double x, double y, double radius, double stretch, double cosTilt, double sinTilt, Wobble wobble) {

    private static final int CORNERS = 72;
    private static final double[] COSINES = IntStream.range(0, CORNERS)
            .mapToDouble(k -> StrictMath.cos(2 * Math.PI * k / CORNERS))
            .toArray();
    private static final double[] SINES = IntStream.range(0, CORNERS)
            .mapToDouble(k -> StrictMath.sin(2 * Math.PI * k / CORNERS))
            .toArray();

    /** Coefficients of the second and third harmonic; their sum stays well below 1. */
    record Wobble(double cos2, double sin2, double cos3, double sin3) {

        /** Random in shape, with each coefficient up to {@code strength} in size. */
        static Wobble random(Rng rng, double strength) {
            return new Wobble(
                    rng.between(-strength, strength),
                    rng.between(-strength, strength),
                    rng.between(-strength, strength),
                    rng.between(-strength, strength));
        }

        /** The factor of the radius in the direction of the unit vector {@code (c, s)}. */
        double factor(double c, double s) {
            return 1
                    + cos2 * (c * c - s * s)
                    + sin2 * 2 * c * s
                    + cos3 * c * (4 * c * c - 3)
                    + sin3 * s * (3 - 4 * s * s);
        }
    }

    /** An outline of random tilt and wobble. */
    static Outline random(Rng rng, double x, double y, double radius, double stretch, double wobble) {
        double tilt = rng.angle();
        return new Outline(
                x, y, radius, stretch, StrictMath.cos(tilt), StrictMath.sin(tilt), Wobble.random(rng, wobble));
    }

    /** The point {@code reach} times as far from the centre as the curve, at {@code angle} from the long axis; {@code [x, y]}. */
    double[] point(double angle, double reach) {
        return point(StrictMath.cos(angle), StrictMath.sin(angle), reach);
    }

    private double[] point(double c, double s, double reach) {
        double r = reach * radius * wobble.factor(c, s);
        double u = r * c * stretch;
        double v = r * s / stretch;
        return new double[] {x + u * cosTilt - v * sinTilt, y + u * sinTilt + v * cosTilt};
    }

    /** The smallest box around the curve, to within a hundredth of its size. */
    Box bounds() {
        double x1 = x;
        double y1 = y;
        double x2 = x;
        double y2 = y;
        for (int k = 0; k < CORNERS; k++) {
            double[] p = point(COSINES[k], SINES[k], 1);
            x1 = Math.min(x1, p[0]);
            y1 = Math.min(y1, p[1]);
            x2 = Math.max(x2, p[0]);
            y2 = Math.max(y2, p[1]);
        }
        return new Box(x1, y1, x2, y2);
    }

    Outline scaled(double factor) {
        return new Outline(x * factor, y * factor, radius * factor, stretch, cosTilt, sinTilt, wobble);
    }

    Outline moved(double dx, double dy) {
        return new Outline(x + dx, y + dy, radius, stretch, cosTilt, sinTilt, wobble);
    }
}

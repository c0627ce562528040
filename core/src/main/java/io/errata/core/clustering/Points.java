package io.errata.core.clustering;

import io.errata.core.problem.ArgumentChecks;
import io.errata.core.resampling.FeatureMatrix;

/** Rows in double precision, one array each, as the clusterers take them. */
final class Points {

    private Points() {}

    /** The rows, {@code [n][d]}. */
    static double[][] of(FeatureMatrix rows) {
        ArgumentChecks.check(rows.size() > 0, "rows", "must be at least one", "none");
        double[][] points = new double[rows.size()][rows.dimension()];
        for (int row = 0; row < points.length; row++) {
            for (int i = 0; i < rows.dimension(); i++) {
                points[row][i] = rows.value(row, i);
            }
        }
        return points;
    }

    /**
     * The rows divided by their lengths.
     *
     * @return {@code [n][d]}
     */
    static double[][] ofUnitLength(FeatureMatrix rows) {
        double[][] points = of(rows);
        for (int row = 0; row < points.length; row++) {
            double squares = 0;
            for (double x : points[row]) {
                squares += x * x;
            }
            if (squares == 0) {
                String rule = "must not be all zeros where distance is COSINE";
                throw ArgumentChecks.failure("rows", rule, "zeros in row " + row);
            }
            double length = Math.sqrt(squares);
            for (int i = 0; i < points[row].length; i++) {
                points[row][i] /= length;
            }
        }
        return points;
    }
}

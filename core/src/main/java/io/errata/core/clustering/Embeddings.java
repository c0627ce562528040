package io.errata.core.clustering;

import io.errata.core.problem.InvalidInputException;

/** Feature vectors, one a row, all of one length: {@code [n, d]}, n ≥ 1, d ≥ 1, finite. */
public final class Embeddings {

    private final float[] values;
    private final int dimension;

    private Embeddings(float[] values, int dimension) {
        this.values = values;
        this.dimension = dimension;
    }

    /**
     * Rows in one flat array.
     *
     * @param values flat {@code [n, d]}; not copied, so it must not be written to afterwards
     * @param dimension d
     * @throws InvalidInputException if there is no row, the last one is not full, or a value is NaN or infinite
     */
    public static Embeddings of(float[] values, int dimension) {
        new Rules()
                .require(dimension >= 1, "dimension must be >= 1", dimension)
                .require(
                        values.length > 0 && dimension > 0 && values.length % dimension == 0,
                        "values must be at least one row of " + dimension,
                        values.length + " values")
                .requireFinite("values", values)
                .verify();
        return new Embeddings(values, dimension);
    }

    /** How many rows there are, n. */
    public int rows() {
        return values.length / dimension;
    }

    /** How many numbers a row has, d. */
    public int dimension() {
        return dimension;
    }

    /** The rows in double precision, {@code [n][d]}. */
    double[][] points() {
        double[][] points = new double[rows()][dimension];
        for (int i = 0; i < values.length; i++) {
            points[i / dimension][i % dimension] = values[i];
        }
        return points;
    }

    /**
     * The rows divided by their lengths, {@code [n][d]}.
     *
     * @throws InvalidInputException if a row has no length
     */
    double[][] unitPoints() {
        double[][] points = points();
        for (int row = 0; row < points.length; row++) {
            double squares = 0;
            for (double x : points[row]) {
                squares += x * x;
            }
            if (squares == 0) {
                String rule = "rows must not be all zeros where distance is COSINE";
                new Rules().require(false, rule, "zeros in row " + row).verify();
            }
            double length = Math.sqrt(squares);
            for (int i = 0; i < dimension; i++) {
                points[row][i] /= length;
            }
        }
        return points;
    }
}

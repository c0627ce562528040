package io.errata.datasets.synthetic;

/** A smooth random field, from −1 to 1: values on a grid, and between them no corners (value noise). */
final class ValueNoise {

    private final double spacing;
    private final int columns;
    private final float[] values;
    private final int[] left;
    private final float[] weight;

    /**
     * @param width of the image
     * @param height of the image
     * @param spacing pixels from one grid point to the next
     */
    ValueNoise(int width, int height, double spacing, Rng rng) {
        this.spacing = spacing;
        columns = (int) (width / spacing) + 2;
        values = new float[columns * ((int) (height / spacing) + 2)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rng.between(-1, 1);
        }
        left = new int[width];
        weight = new float[width];
        for (int x = 0; x < width; x++) {
            left[x] = (int) (x / spacing);
            weight[x] = eased(x / spacing - left[x]);
        }
    }

    /** Fills {@code row} with the values along row {@code y} of the image. */
    void read(int y, float[] row) {
        int above = (int) (y / spacing);
        float t = eased(y / spacing - above);
        float[] between = new float[columns];
        for (int i = 0; i < columns; i++) {
            float top = values[above * columns + i];
            between[i] = top + t * (values[(above + 1) * columns + i] - top);
        }
        for (int x = 0; x < row.length; x++) {
            float from = between[left[x]];
            row[x] = from + weight[x] * (between[left[x] + 1] - from);
        }
    }

    private static float eased(double s) {
        return (float) (s * s * (3 - 2 * s));
    }
}

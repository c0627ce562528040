package io.errata.core.resampling;

import java.util.Arrays;

/**
 * Rows after resampling, and where each came from. A row lies between two of the rows that were resampled, its origin
 * and that one's neighbour; where it was copied both are the row it is a copy of.
 *
 * <p>Immutable and thread-safe.
 */
public final class Resampled {

    private final FeatureSet rows;
    private final int[] origins;
    private final int[] neighbours;

    private Resampled(FeatureSet rows, int[] origins, int[] neighbours) {
        this.rows = rows;
        this.origins = origins;
        this.neighbours = neighbours;
    }

    /** The rows of {@code before} at {@code kept}. */
    static Resampled selection(FeatureSet before, int[] kept) {
        return new Resampled(before.select(kept), kept, kept);
    }

    /** The rows and their classes. */
    public FeatureSet rows() {
        return rows;
    }

    /** The row, counted before resampling, that {@code row} is a copy of or was made from. */
    public int origin(int row) {
        return origins[row];
    }

    /** The other row, counted before resampling, that {@code row} was made from; its origin if it is a copy. */
    public int neighbour(int row) {
        return neighbours[row];
    }

    /** Whether a row was interpolated between two others and is not in the data. */
    public boolean isSynthetic(int row) {
        return origins[row] != neighbours[row];
    }

    /** Adds rows to the original ones. */
    static final class Builder {

        private final FeatureSet before;
        private final float[] values;
        private final int[] labels;
        private final int[] origins;
        private final int[] neighbours;
        private int next;

        /** Room for {@code extra} rows, all of which must be added. */
        Builder(FeatureSet before, int extra) {
            this.before = before;
            this.next = before.size();
            this.values = before.features().valuesWithRoomFor(extra);
            this.labels = Arrays.copyOf(before.labels(), next + extra);
            this.origins = new int[next + extra];
            Arrays.setAll(origins, row -> row);
            this.neighbours = origins.clone();
        }

        void addCopy(int origin) {
            addBetween(origin, origin, 0);
        }

        /** Adds origin + share · (neighbour − origin), of the class of origin. */
        void addBetween(int origin, int neighbour, double share) {
            FeatureMatrix features = before.features();
            int d = features.dimension();
            for (int f = 0; f < d; f++) {
                double from = features.value(origin, f);
                values[next * d + f] = (float) (from + share * (features.value(neighbour, f) - from));
            }
            labels[next] = before.label(origin);
            origins[next] = origin;
            neighbours[next++] = neighbour;
        }

        Resampled build() {
            return new Resampled(FeatureSet.wrap(values, before.features().dimension(), labels), origins, neighbours);
        }
    }
}

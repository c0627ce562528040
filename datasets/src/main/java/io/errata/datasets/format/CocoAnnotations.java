package io.errata.datasets.format;

import io.errata.core.geometry.Box;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The annotations of a COCO file, packed: 60 bytes each, for files of millions. They come before or after the images and categories
 * they name, whose ids are therefore {@linkplain IdIndex numbered} as they are met.
 */
final class CocoAnnotations {

    private static final int REALS = 5;
    private static final int INTEGERS = 3;

    private final BitSet crowds = new BitSet();
    private final Map<Integer, String> oddBoxes = new HashMap<>();
    private final Map<Integer, String> textIds = new HashMap<>();
    private long[] ids = new long[64];
    private double[] reals = new double[REALS * 64]; // x, y, width, height, area
    private int[] integers = new int[INTEGERS * 64]; // line, image, category
    private int size;

    /**
     * Takes an annotation.
     *
     * @param id its own id; empty where it has none
     * @param line where it stands
     * @param image the number of its image's id
     * @param category the number of its category's id
     * @param bbox x, y, width and height; NaN where it gives none
     * @param area NaN where it gives none
     */
    void add(String id, int line, int image, int category, double[] bbox, double area, boolean crowd) {
        if (INTEGERS * size == integers.length) {
            reals = Arrays.copyOf(reals, Math.addExact(reals.length, REALS * (size / 2)));
            integers = Arrays.copyOf(integers, integers.length + INTEGERS * (size / 2));
            ids = Arrays.copyOf(ids, ids.length + size / 2);
        }
        keepId(id);
        System.arraycopy(bbox, 0, reals, REALS * size, 4);
        reals[REALS * size + 4] = area;
        integers[INTEGERS * size] = line;
        integers[INTEGERS * size + 1] = image;
        integers[INTEGERS * size + 2] = category;
        crowds.set(size, crowd);
        size++;
    }

    private void keepId(String id) {
        try {
            ids[size] = Long.parseLong(id);
        } catch (NumberFormatException e) {
            ids[size] = 0;
        }
        if (!Long.toString(ids[size]).equals(id)) {
            textIds.put(size, id);
        }
    }

    /** The annotation's id as it was written; empty where it has none. */
    String id(int index) {
        return textIds.getOrDefault(index, Long.toString(ids[index]));
    }

    /** Keeps what the next annotation to come has instead of a box of four numbers. */
    void oddBox(String found) {
        oddBoxes.put(size, found);
    }

    int size() {
        return size;
    }

    int line(int index) {
        return integers[INTEGERS * index];
    }

    int image(int index) {
        return integers[INTEGERS * index + 1];
    }

    int category(int index) {
        return integers[INTEGERS * index + 2];
    }

    boolean crowd(int index) {
        return crowds.get(index);
    }

    /** The box, NaN where there is none. */
    Box box(int index) {
        int at = REALS * index;
        return Box.ofSize(reals[at], reals[at + 1], reals[at + 2], reals[at + 3]);
    }

    /** The area given, or else the box's. */
    double area(int index) {
        double area = reals[REALS * index + 4];
        return Double.isFinite(area) && area >= 0 ? area : box(index).area();
    }

    /** The box as it was written, for messages: made when it is asked for. */
    Object found(int index) {
        return new Object() {
            @Override
            public String toString() {
                String odd = oddBoxes.get(index);
                int at = REALS * index;
                String bbox = odd != null ? odd : "bbox " + Arrays.toString(Arrays.copyOfRange(reals, at, at + 4));
                return bbox + (id(index).isEmpty() ? "" : " of annotation " + id(index));
            }
        };
    }

    /** All indices, those of one image next to each other in the order of the file. */
    Grouped byImage(int images) {
        int[] starts = new int[images + 1];
        for (int i = 0; i < size; i++) {
            starts[image(i) + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] next = starts.clone();
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[next[image(i)]++] = i;
        }
        return new Grouped(starts, order);
    }

    /** The annotations of each image. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Grouped(int[] starts, int[] order) {

        /** The indices of the annotations on the image of this number. */
        int[] of(int image) {
            return Arrays.copyOfRange(order, starts[image], starts[image + 1]);
        }
    }
}

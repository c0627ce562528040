package io.errata.datasets.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the images nearly the same as a given one without comparing it with all. Where at most 10 of 64 bits differ, at most 2 differ in
 * one of four bands of 16 bits at least: each band is looked up with up to two of its bits changed, 137 look-ups a band (multi-index
 * hashing, arXiv:1307.2982). Of images that have nothing in common it compares less than one in a hundred.
 */
final class PerceptualHashIndex {

    private static final int BANDS = 4;
    private static final int BITS = 16;
    private static final int MAX_RESULTS = 1000;

    static {
        if (PerceptualHash.MAX_DISTANCE / BANDS != 2) {
            throw new IllegalStateException("a band is looked up with two bits changed");
        }
    }

    private final List<PerceptualHash> hashes = new ArrayList<>();
    private final List<Map<Integer, int[]>> bands = new ArrayList<>();

    PerceptualHashIndex() {
        for (int band = 0; band < BANDS; band++) {
            bands.add(new HashMap<>());
        }
    }

    /** Adds an image; its number is how many were added before. */
    void add(PerceptualHash hash) {
        int number = hashes.size();
        hashes.add(hash);
        for (int band = 0; band < BANDS; band++) {
            bands.get(band).merge(key(hash.bits(), band), new int[] {number}, PerceptualHashIndex::joined);
        }
    }

    /**
     * The numbers of the images nearly the same as this, the nearest first and otherwise in their order; only {@value #MAX_RESULTS} of
     * them, as the frames of a camera that stands still are all alike.
     */
    List<Integer> near(PerceptualHash hash) {
        boolean[] seen = new boolean[hashes.size()];
        List<Integer> near = new ArrayList<>();
        for (int band = 0; band < BANDS; band++) {
            int key = key(hash.bits(), band);
            for (int i = 0; i <= BITS; i++) {
                int one = i < BITS ? key ^ (1 << i) : key;
                collect(band, one, hash, seen, near);
                for (int j = i + 1; j < BITS; j++) {
                    collect(band, one ^ (1 << j), hash, seen, near);
                }
            }
        }
        near.sort((a, b) -> {
            int byDistance = Integer.compare(hash.distance(hashes.get(a)), hash.distance(hashes.get(b)));
            return byDistance == 0 ? Integer.compare(a, b) : byDistance;
        });
        return near;
    }

    private void collect(int band, int key, PerceptualHash hash, boolean[] seen, List<Integer> near) {
        for (int number : bands.get(band).getOrDefault(key, new int[0])) {
            if (!seen[number] && near.size() < MAX_RESULTS) {
                seen[number] = true;
                if (hash.isNear(hashes.get(number))) {
                    near.add(number);
                }
            }
        }
    }

    private static int key(long bits, int band) {
        return (int) (bits >>> (band * BITS)) & 0xFFFF;
    }

    private static int[] joined(int[] numbers, int[] more) {
        int[] joined = Arrays.copyOf(numbers, numbers.length + 1);
        joined[numbers.length] = more[0];
        return joined;
    }
}

package io.errata.core.resampling;

/** The numbers of {@code minstd.py}. */
final class Minstd {

    private Minstd() {}

    static float[] values(long seed, int count, int levels) {
        float[] values = new float[count];
        long x = seed;
        for (int i = 0; i < count; i++) {
            x = x * 48271 % 2147483647;
            values[i] = (x % levels - levels / 2) / 1000f;
        }
        return values;
    }
}

package io.errata.datasets.synthetic;

import io.errata.datasets.image.Pixels;

/**
 * A glass slide: the optical density of each pixel for red, green and blue light. Layers add up, and the light that passes is
 * {@code exp(−density)} of what comes in (Beer–Lambert), which is why overlapping cells look darker where they overlap.
 */
final class Slide {

    private static final double MIN_DENSITY = -0.5;
    private static final int STEPS_PER_UNIT = 512;
    private static final float[] PASSING = passing();

    private final int width;
    private final int height;
    private final float[] density;

    Slide(int width, int height) {
        this.width = width;
        this.height = height;
        density = new float[3 * width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Adds a layer of stain to one pixel. */
    void add(int x, int y, Stain stain, double thickness) {
        int i = 3 * (y * width + x);
        density[i] += (float) (thickness * stain.red());
        density[i + 1] += (float) (thickness * stain.green());
        density[i + 2] += (float) (thickness * stain.blue());
    }

    /**
     * Takes the picture: uneven light through the slide onto a noisy sensor.
     *
     * @param noise the standard deviation of the sensor's noise, in grey levels
     */
    Pixels develop(Rng rng, double noise) {
        Lamp lamp = Lamp.random(rng);
        ValueNoise haze = new ValueNoise(width, height, 90, rng);
        ValueNoise grain = new ValueNoise(width, height, 4, rng);
        float[] veil = new float[width];
        float[] dye = new float[width];
        byte[] rgb = new byte[density.length];
        for (int y = 0, i = 0; y < height; y++) {
            haze.read(y, veil);
            grain.read(y, dye);
            for (int x = 0; x < width; x++, i += 3) {
                double shade = lamp.shade((x + 0.5) / width, (y + 0.5) / height);
                double tint = 0.012 * veil[x];
                double strength = 1 + 0.08 * dye[x] + 0.06 * veil[x];
                long bits = rng.bits();
                double common = 0.35 * noise * (Long.bitCount(bits & 0x1FFFFF) - 10.5);
                rgb[i] = level(lamp.red() * (shade - tint), strength * density[i], noise, common, bits >>> 21);
                rgb[i + 1] = level(lamp.green() * shade, strength * density[i + 1], noise, common, bits >>> 35);
                rgb[i + 2] = level(lamp.blue() * (shade + tint), strength * density[i + 2], noise, common, bits >>> 49);
            }
        }
        return new Pixels(width, height, rgb);
    }

    /** A grey level; noise is a sum of coin throws, 21 shared by the channels and 14 for each, that has about the deviation asked for. */
    private static byte level(double light, double density, double noise, double common, long bits) {
        double own = 0.32 * noise * (Long.bitCount(bits & 0x3FFF) - 7);
        int step = (int) ((density - MIN_DENSITY) * STEPS_PER_UNIT);
        double value = light * PASSING[Math.max(0, Math.min(PASSING.length - 1, step))] + common + own + 0.5;
        return (byte) (int) Math.max(0, Math.min(255, value));
    }

    private static float[] passing() {
        float[] table = new float[6 * STEPS_PER_UNIT];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) StrictMath.exp(-(MIN_DENSITY + (i + 0.5) / STEPS_PER_UNIT));
        }
        return table;
    }

    /**
     * The light of a microscope: brightest somewhere near the middle, weaker towards the corners.
     *
     * @param red the brightest grey level
     * @param green the brightest grey level
     * @param blue the brightest grey level
     * @param falloff how much of the light is lost in the corners, were its middle the image's
     * @param x the middle of the light, as a fraction of the width
     * @param y the middle of the light, as a fraction of the height
     */
    private record Lamp(double red, double green, double blue, double falloff, double x, double y) {

        static Lamp random(Rng rng) {
            double level = rng.between(226, 240);
            return new Lamp(
                    level * rng.between(0.965, 1.0),
                    level * rng.between(0.965, 0.985),
                    level * rng.between(0.95, 1.0),
                    rng.between(0.06, 0.14),
                    rng.between(0.3, 0.7),
                    rng.between(0.3, 0.7));
        }

        double shade(double u, double v) {
            double dx = u - x;
            double dy = v - y;
            return 1 - 2 * falloff * (dx * dx + dy * dy);
        }
    }
}

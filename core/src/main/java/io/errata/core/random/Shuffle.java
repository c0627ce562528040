package io.errata.core.random;

import java.util.SplittableRandom;

/**
 * Fisher–Yates shuffles in place. The order follows from the generator's state alone, on every version of Java that draws bounded numbers
 * alike.
 */
public final class Shuffle {

    private Shuffle() {}

    /** Shuffles all numbers and returns the array. */
    public static long[] all(long[] numbers, SplittableRandom random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
        return numbers;
    }

    /** Shuffles all numbers and returns the array. */
    public static int[] all(int[] numbers, SplittableRandom random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
        return numbers;
    }

    /**
     * Draws {@code count} of the first {@code size} numbers, each with equal chance, to the front of the array.
     *
     * @param count in [0, size]
     * @param size at most the array's length
     */
    public static void front(int[] numbers, int count, int size, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(size - i);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
    }

    /**
     * Draws {@code count} of the first {@code size} numbers, each with equal chance, to the front of the array.
     *
     * @param count in [0, size]
     * @param size at most the array's length
     */
    public static void front(long[] numbers, int count, int size, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(size - i);
            long swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
    }
}

package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WindowSetTest {

    private static final int LAST_IMAGE = WindowKey.MAX_IMAGES - 1;
    private static final int LAST_LEVEL = WindowKey.MAX_LEVELS - 1;
    private static final int LAST = WindowKey.MAX_STEPS - 1;

    @Test
    void packsAndUnpacksUpToTheLimits() {
        int[] images = {0, 1, 77, LAST_IMAGE};
        int[] levels = {0, 1, 128, LAST_LEVEL};
        int[] steps = {0, 1, 0x8000, LAST};
        for (int image : images) {
            for (int level : levels) {
                for (int row : steps) {
                    for (int column : steps) {
                        long key = WindowKey.of(image, level, row, column);
                        assertThat(key).isNotNegative();
                        assertThat(WindowKey.image(key)).isEqualTo(image);
                        assertThat(WindowKey.level(key)).isEqualTo(level);
                        assertThat(WindowKey.row(key)).isEqualTo(row);
                        assertThat(WindowKey.column(key)).isEqualTo(column);
                    }
                }
            }
        }
        assertThat(WindowKey.of(LAST_IMAGE, LAST_LEVEL, LAST, LAST)).isEqualTo(Long.MAX_VALUE);
        assertThat(WindowKey.toString(WindowKey.of(3, 2, 1, 65535))).isEqualTo("3/2/1/65535");
    }

    @Test
    void keysSortByImageLevelRowAndColumn() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1000; i++) {
            int[] a = {random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(LAST)};
            int[] b = {random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(LAST)};
            assertThat(Long.signum(Long.compare(key(a), key(b)))).isEqualTo(Integer.signum(Arrays.compare(a, b)));
        }
    }

    @Test
    void holdsEveryKeyOnceInAscendingOrder() {
        WindowSet set = WindowSet.of(9, 3, 9, 5, 3);

        assertThat(set.size()).isEqualTo(3);
        assertThat(set.toArray()).containsExactly(3, 5, 9);
        assertThat(set.get(2)).isEqualTo(9);
        assertThat(set.contains(5)).isTrue();
        assertThat(set.contains(4)).isFalse();
        assertThat(WindowSet.empty().size()).isZero();
        assertThat(WindowSet.empty().contains(0)).isFalse();
    }

    @Test
    void isNotChangedFromOutside() {
        long[] keys = {2, 1};
        WindowSet set = WindowSet.of(keys);
        keys[0] = 7;
        set.toArray()[0] = 8;

        assertThat(set.toArray()).containsExactly(1, 2);
    }

    @Test
    void unitesWithoutDuplicates() {
        WindowSet one = WindowSet.of(1, 2, 3);
        WindowSet other = WindowSet.of(3, 4);

        assertThat(one.union(other).toArray()).containsExactly(1, 2, 3, 4);
        assertThat(one.union(WindowSet.empty()).toArray()).containsExactly(1, 2, 3);
        assertThat(one.toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void findsTheWindowsOfAGridAndOfAnImage() {
        WindowGeometry geometry =
                new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20), new WindowShape(10, 10)));
        LevelGrid grid = geometry.grid(1, 90, 60);
        long first = WindowKey.of(4, 1, 0, 0);
        long inner = WindowKey.of(4, 1, 3, 7);
        long last = WindowKey.of(4, 1, grid.rows() - 1, grid.columns() - 1);
        long before = WindowKey.of(4, 0, 5, 5);
        WindowSet set = WindowSet.of(
                WindowKey.of(3, 1, 1, 1),
                before,
                first,
                inner,
                last,
                WindowKey.of(4, 2, 0, 0),
                WindowKey.of(5, 0, 0, 0));

        assertThat(set.within(4, grid)).containsExactly(first, inner, last);
        assertThat(set.within(4, grid.part(3, 6, 2, 2))).containsExactly(inner);
        assertThat(set.within(4, grid.part(0, 1, 3, 9))).isEmpty();
        assertThat(set.within(9, grid)).isEmpty();
        assertThat(WindowSet.empty().within(0, grid)).isEmpty();
        assertThat(set.ofImage(4)).containsExactly(before, first, inner, last, WindowKey.of(4, 2, 0, 0));
        assertThat(set.ofImage(9)).isEmpty();
    }

    @Test
    void findsTheVeryLastWindow() {
        long last = WindowKey.of(LAST_IMAGE, LAST_LEVEL, LAST, LAST);

        assertThat(WindowSet.of(1, last).ofImage(LAST_IMAGE)).containsExactly(last);
        assertThat(WindowSet.of(1).ofImage(LAST_IMAGE)).isEmpty();
    }

    private static long key(int[] parts) {
        return WindowKey.of(parts[0], parts[1], parts[2], parts[3]);
    }
}

package io.errata.datasets.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Scenes;
import io.errata.datasets.image.ImageSource;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PyramidStoreTest {

    private static final WindowGeometry GEOMETRY =
            new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20), new WindowShape(40, 40)));
    /** 3 · 50 · 50 and 3 · 35 · 35 bytes. */
    private static final long BYTES = 7500 + 3675;

    @Test
    void decodesAnImageOnceWhereTheBudgetAllows() {
        try (PyramidStore store = store(4, 4 * BYTES)) {
            assertThat(store.decoded()).isZero();
            Pyramid first = store.get(2);
            assertThat(first.bytes()).isEqualTo(BYTES);
            assertThat(store.get(2)).isSameAs(first);
            assertThat(store.preload()).isEmpty();
            assertThat(store.preload()).isEmpty();
            assertThat(store.decoded()).isEqualTo(4);
        }
    }

    @Test
    void keepsTheFirstThatFitAndMakesTheOthersAnew() {
        try (PyramidStore store = store(4, 2 * BYTES + 1)) {
            for (int round = 0; round < 3; round++) {
                for (int image = 0; image < 4; image++) {
                    store.get(image);
                }
            }
            // two are kept for good, two are decoded in each of three rounds
            assertThat(store.decoded()).isEqualTo(2 + 3 * 2);
            assertThat(store.get(0)).isSameAs(store.get(0));
            assertThat(store.get(3)).isNotSameAs(store.get(3));
        }
    }

    /** As a run does: every image checked first, then two rounds over all of them. */
    @ParameterizedTest
    @CsvSource({"4, 1, 1, 1, 1", "2, 1, 1, 3, 3", "0, 3, 3, 3, 3"})
    void readsAnImagesFileAgainOnlyWhereMemoryIsShort(int kept, int first, int second, int third, int fourth) {
        AtomicIntegerArray reads = new AtomicIntegerArray(4);
        List<AnnotatedImage> images = IntStream.range(0, 4)
                .mapToObj(i -> new AnnotatedImage("image-" + i, () -> counted(reads, i), 30, 30, List.of()))
                .toList();
        try (PyramidStore store = new PyramidStore(images, GEOMETRY, kept * BYTES, 1)) {
            assertThat(store.preload()).isEmpty();
            for (int round = 0; round < 2; round++) {
                store.forEach(new int[] {0, 1, 2, 3}, (image, pyramid) -> image, image -> {});
            }
            assertThat(IntStream.range(0, 4).map(reads::get)).containsExactly(first, second, third, fourth);
            assertThat(store.decoded()).isEqualTo(first + second + third + fourth);
        }
    }

    private static Pixels counted(AtomicIntegerArray reads, int image) {
        reads.incrementAndGet(image);
        return Scenes.noise(image, 30, 30);
    }

    @Test
    void keepsNothingWithoutABudget() {
        try (PyramidStore store = store(2, 0)) {
            assertThat(store.get(0)).isNotSameAs(store.get(0));
            assertThat(store.decoded()).isEqualTo(2);
        }
    }

    @Test
    void paysOnceForAnImageThatTwoThreadsDecodeTogether() {
        CountDownLatch both = new CountDownLatch(2);
        ImageSource slow = () -> {
            both.countDown();
            awaitOrFail(both);
            return Scenes.noise(1, 30, 30);
        };
        List<AnnotatedImage> images = List.of(
                new AnnotatedImage("slow", slow, 30, 30, List.of()),
                Scenes.image("second", 30, 30),
                Scenes.image("third", 30, 30));
        try (PyramidStore store = new PyramidStore(images, GEOMETRY, 3 * BYTES, 2)) {
            store.forEach(new int[] {0, 0}, (image, pyramid) -> pyramid, pyramid -> {});
            assertThat(store.decoded()).isEqualTo(2);
            store.get(1);
            assertThat(store.get(2)).isSameAs(store.get(2));
        }
    }

    @Test
    void handsResultsOverInOrderOnTheCallersThread() {
        int[] order = {3, 0, 3, 1, 2, 2, 0};
        List<Integer> seen = new ArrayList<>();
        Thread caller = Thread.currentThread();
        try (PyramidStore store = store(4, 2 * BYTES)) {
            store.forEach(
                    order,
                    (image, pyramid) -> {
                        assertThat(Thread.currentThread().getName()).isEqualTo("errata-decode");
                        sleep(image == 3 ? 20 : 0);
                        return image;
                    },
                    image -> {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                        seen.add(image);
                    });
        }
        assertThat(seen).containsExactly(3, 0, 3, 1, 2, 2, 0);
    }

    @Test
    void readsOnlyALittleAhead() {
        AtomicInteger prepared = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        try (PyramidStore store = store(40, 0)) {
            store.forEach(IntStream.range(0, 40).toArray(), (image, pyramid) -> prepared.incrementAndGet(), ignored -> {
                sleep(2);
                // two threads: four pending, and the one being handed over
                assertThat(prepared.get() - taken.getAndIncrement()).isLessThanOrEqualTo(5);
            });
        }
        assertThat(taken.get()).isEqualTo(40);
    }

    @Test
    void carriesExceptionsToTheCaller() {
        int[] order = IntStream.range(0, 40).toArray();
        try (PyramidStore store = store(40, 0)) {
            assertThatThrownBy(() -> store.forEach(
                            order,
                            (image, pyramid) -> {
                                if (image == 3) {
                                    throw new IllegalStateException("preparation of " + image);
                                }
                                return image;
                            },
                            image -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("preparation of 3");
            assertThatThrownBy(() -> store.forEach(order, (image, pyramid) -> image, image -> {
                        throw new IllegalStateException("sink of " + image);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("sink of 0");
            assertThatThrownBy(() -> store.forEach(
                            order,
                            (image, pyramid) -> {
                                throw new AssertionError("an error");
                            },
                            image -> {}))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(AssertionError.class);
            // what was pending is given up, and the store can still be used
            assertThat(store.decoded()).isLessThan(40);
            assertThat(store.get(5).bytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void tellsAllImagesThatCannotBeUsed() {
        List<AnnotatedImage> images = List.of(
                Scenes.image("good", 30, 30),
                new AnnotatedImage("broken", PyramidStoreTest::unreadable, 30, 30, List.of()),
                new AnnotatedImage("turned", () -> Scenes.noise(1, 30, 20), 20, 30, List.of()),
                Scenes.image("good too", 30, 30));
        try (PyramidStore store = new PyramidStore(images, GEOMETRY, Long.MAX_VALUE, 2)) {
            List<PyramidStore.Unreadable> unreadable = store.preload();

            assertThat(unreadable)
                    .extracting(PyramidStore.Unreadable::image)
                    .containsExactly(images.get(1), images.get(2));
            assertThat(unreadable.get(0).problems()).extracting(Problem::kind).containsExactly("one", "two");
            assertThat(unreadable.get(1).problems())
                    .containsExactly(Problem.inFile(
                            "turned", "image-size", "the image must be of the annotated size 20 × 30, found 30 × 20"));
            assertThatThrownBy(() -> store.get(1)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> store.forEach(new int[] {0, 1}, (image, pyramid) -> image, image -> {}))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void endsItsThreadsWhenClosed() throws InterruptedException {
        PyramidStore store = store(2, Long.MAX_VALUE);
        List<Thread> threads = new ArrayList<>();
        store.forEach(new int[] {0, 1}, (image, pyramid) -> Thread.currentThread(), threads::add);
        store.close();
        store.close();

        for (Thread thread : threads) {
            thread.join(5_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThatThrownBy(store::preload).isInstanceOf(RejectedExecutionException.class);
        assertThat(store.get(0).bytes()).isEqualTo(BYTES);
    }

    @Test
    void takesAnEmptyListOfImages() {
        try (PyramidStore store = store(0, 0)) {
            assertThat(store.preload()).isEmpty();
            store.forEach(new int[0], (image, pyramid) -> image, image -> {});
            assertThat(store.decoded()).isZero();
        }
    }

    private static Pixels unreadable() {
        throw new InvalidInputException(List.of(Problem.of("one", "first"), Problem.of("two", "second")));
    }

    private static PyramidStore store(int images, long budget) {
        return new PyramidStore(
                IntStream.range(0, images)
                        .mapToObj(i -> Scenes.image("image-" + i, 30, 30))
                        .toList(),
                GEOMETRY,
                budget,
                2);
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

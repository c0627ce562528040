package io.errata.datasets.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Scenes;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PyramidStoreTest {

    private static final WindowGeometry GEOMETRY =
            new WindowGeometry(20, 5, 1, List.of(new WindowShape(20, 20), new WindowShape(40, 40)));
    private static final long IMAGE = 3 * 30 * 30;

    /** As a run does: every image checked first, then two rounds over all of them. */
    @Test
    void decodesAnImageWheneverItsTurnComesAndKeepsNone() {
        AtomicIntegerArray reads = new AtomicIntegerArray(4);
        List<AnnotatedImage> images = IntStream.range(0, 4)
                .mapToObj(i -> new AnnotatedImage("image-" + i, () -> counted(reads, i), 30, 30, List.of()))
                .toList();
        try (PyramidStore store = new PyramidStore(images, GEOMETRY, 1)) {
            assertThat(store.check()).isEmpty();
            for (int round = 0; round < 2; round++) {
                store.forEach(new int[] {0, 1, 2, 3}, (image, pyramid) -> image, image -> {});
            }
            assertThat(IntStream.range(0, 4).map(reads::get)).containsExactly(3, 3, 3, 3);
            assertThat(store.decoded()).isEqualTo(12);
        }
    }

    private static Pixels counted(AtomicIntegerArray reads, int image) {
        reads.incrementAndGet(image);
        return Scenes.noise(image, 30, 30);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "4, 4", "100, 4"})
    void holdsAsManyImagesAtATimeAsFit(int fitting, int expected) {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (PyramidStore store = store(40, fitting * IMAGE)) {
            List<int[]> groups =
                    IntStream.range(0, 40).mapToObj(i -> new int[] {i}).toList();
            store.inOrder(
                    groups,
                    group -> {
                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                        return store.submit(() -> group[0]);
                    },
                    image -> open.decrementAndGet());
        }
        assertThat(most.get()).isEqualTo(expected);
    }

    @Test
    void anImageLargerThanWhatFitsComesAlone() {
        AtomicInteger open = new AtomicInteger();
        try (PyramidStore store = store(3, 1)) {
            store.inOrder(
                    List.of(new int[] {0, 1}, new int[] {2}),
                    group -> {
                        assertThat(open.incrementAndGet()).isEqualTo(1);
                        return store.submit(() -> group[0]);
                    },
                    image -> open.decrementAndGet());
        }
        assertThat(open.get()).isZero();
    }

    /** Whoever closes what the jobs work with, such as a network, must know that none is at work any more. */
    @Test
    void noJobIsAtWorkAfterAFailure() {
        AtomicInteger atWork = new AtomicInteger();
        try (PyramidStore store = store(8, Long.MAX_VALUE)) {
            assertThatThrownBy(() -> store.forEach(
                            new int[] {0, 1, 2, 3, 4, 5, 6, 7},
                            (image, pyramid) -> {
                                atWork.incrementAndGet();
                                sleep(30);
                                atWork.decrementAndGet();
                                return image;
                            },
                            image -> {
                                throw new IllegalStateException("a sink that fails");
                            }))
                    .hasMessage("a sink that fails");
            assertThat(atWork.get()).isZero();
        }
    }

    @Test
    void refusesAnImageThatWasWrittenMeanwhile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.png");
        ImageFile.write(Scenes.noise(1, 30, 30), file);
        AnnotatedImage image = new AnnotatedImage("a.png", new ImageFile(file), 30, 30, List.of());
        try (PyramidStore store = new PyramidStore(List.of(image), GEOMETRY, 1)) {
            assertThat(store.check()).isEmpty();
            store.open(0).close();
            ImageFile.write(Scenes.noise(2, 30, 30), file);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
            assertThatThrownBy(() -> store.open(0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("a.png")
                    .hasMessageContaining("was written meanwhile");
            Files.delete(file);
            assertThatThrownBy(() -> store.open(0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("must exist");
        }
    }

    @Test
    void handsResultsOverInOrderOnTheCallersThread() {
        int[] order = {3, 0, 3, 1, 2, 2, 0};
        List<Integer> seen = new ArrayList<>();
        Thread caller = Thread.currentThread();
        try (PyramidStore store = store(4, 2 * IMAGE)) {
            store.forEach(
                    order,
                    (image, pyramid) -> {
                        assertThat(Thread.currentThread().getName()).isEqualTo("errata-images");
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
        try (PyramidStore store = store(40, Long.MAX_VALUE)) {
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
        try (PyramidStore store = store(40, Long.MAX_VALUE)) {
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
            assertThat(store.open(5).grid(0).imageWidth()).isEqualTo(30);
        }
    }

    @Test
    void tellsAllImagesThatCannotBeUsed() {
        List<AnnotatedImage> images = List.of(
                Scenes.image("good", 30, 30),
                new AnnotatedImage("broken", PyramidStoreTest::unreadable, 30, 30, List.of()),
                new AnnotatedImage("turned", () -> Scenes.noise(1, 30, 20), 20, 30, List.of()),
                Scenes.image("good too", 30, 30));
        try (PyramidStore store = new PyramidStore(images, GEOMETRY, 2)) {
            List<PyramidStore.Unreadable> unreadable = store.check();

            assertThat(unreadable)
                    .extracting(PyramidStore.Unreadable::image)
                    .containsExactly(images.get(1), images.get(2));
            assertThat(unreadable.get(0).problems()).extracting(Problem::kind).containsExactly("one", "two");
            assertThat(unreadable.get(1).problems())
                    .containsExactly(Problem.inFile(
                            "turned", "image-size", "the image must be of the annotated size 20 × 30, found 30 × 20"));
            assertThatThrownBy(() -> store.open(1)).isInstanceOf(InvalidInputException.class);
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
        assertThatThrownBy(store::check).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void takesAnEmptyListOfImages() {
        try (PyramidStore store = store(0, 0)) {
            assertThat(store.check()).isEmpty();
            store.forEach(new int[0], (image, pyramid) -> image, image -> {});
            assertThat(store.decoded()).isZero();
        }
    }

    private static Pixels unreadable() {
        throw new InvalidInputException(List.of(Problem.of("one", "first"), Problem.of("two", "second")));
    }

    private static PyramidStore store(int images, long atWork) {
        return new PyramidStore(
                IntStream.range(0, images)
                        .mapToObj(i -> Scenes.image("image-" + i, 30, 30))
                        .toList(),
                GEOMETRY,
                2,
                atWork);
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

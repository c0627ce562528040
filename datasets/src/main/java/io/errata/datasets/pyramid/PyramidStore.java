package io.errata.datasets.pyramid;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.Pixels;
import io.errata.datasets.window.WindowGeometry;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pyramids of a list of images, decoded when they are first asked for. The first ones that fit into the memory budget are kept for
 * good, the others are made anew each time: under a cyclic scan that keeps a share of the work saved, where a least-recently-used cache
 * would save none. Safe to use from several threads. Close it to end its decoding threads.
 */
public final class PyramidStore implements AutoCloseable {

    private final List<AnnotatedImage> images;
    private final WindowGeometry geometry;
    private final long budget;
    private final int threads;
    private final AtomicReferenceArray<@Nullable Pyramid> kept;
    private final AtomicLong keptBytes = new AtomicLong();
    private final AtomicLong decoded = new AtomicLong();
    private final ExecutorService decoders;

    /**
     * @param images whose pyramids these are
     * @param geometry the levels to make
     * @param budget bytes of pixels to keep at most
     * @param threads decoding threads
     */
    public PyramidStore(List<AnnotatedImage> images, WindowGeometry geometry, long budget, int threads) {
        this.images = List.copyOf(images);
        this.geometry = geometry;
        this.budget = budget;
        this.threads = threads;
        this.kept = new AtomicReferenceArray<>(Math.max(1, images.size()));
        this.decoders = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "errata-decode");
            thread.setDaemon(true);
            return thread;
        });
    }

    public WindowGeometry geometry() {
        return geometry;
    }

    public List<AnnotatedImage> images() {
        return images;
    }

    /** How many times an image was decoded so far. */
    public long decoded() {
        return decoded.get();
    }

    /**
     * The pyramid of an image, decoded now if it is not kept.
     *
     * @throws InvalidInputException if the image cannot be read, or is not of the annotated size
     */
    public Pyramid get(int image) {
        Pyramid held = kept.get(image);
        if (held != null) {
            return held;
        }
        Pyramid made = decode(image);
        boolean fits = keptBytes.addAndGet(made.bytes()) <= budget;
        if (!fits || !kept.compareAndSet(image, null, made)) {
            keptBytes.addAndGet(-made.bytes());
        }
        return made;
    }

    /**
     * Decodes every image once, on the store's threads: what the budget allows is there when it is needed, and what cannot be read is
     * known before anything depends on it.
     *
     * @return the images that cannot be read, all of them
     */
    public List<Unreadable> preload() {
        List<Future<Optional<Unreadable>>> pending = IntStream.range(0, images.size())
                .mapToObj(image -> decoders.submit(() -> check(image)))
                .toList();
        return pending.stream()
                .map(PyramidStore::await)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Unreadable> check(int image) {
        try {
            get(image);
            return Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.of(new Unreadable(images.get(image), e.problems()));
        }
    }

    /**
     * An image that cannot be used.
     *
     * @param image which
     * @param problems what is wrong with it
     */
    public record Unreadable(AnnotatedImage image, List<Problem> problems) {}

    /**
     * Decodes and prepares images on the store's threads, and hands the results over in this order on the calling thread.
     *
     * @param order indices of images
     * @param preparation what else can be done to an image ahead of time, on several threads at once
     * @param sink takes the results
     */
    public <T> void forEach(int[] order, Preparation<T> preparation, Consumer<T> sink) {
        int ahead = 2 * threads;
        Queue<Future<T>> pending = new ArrayDeque<>();
        int submitted = 0;
        try {
            for (int done = 0; done < order.length; done++) {
                while (submitted < order.length && pending.size() < ahead) {
                    int next = order[submitted++];
                    pending.add(decoders.submit(() -> preparation.prepare(next, get(next))));
                }
                sink.accept(await(pending.remove()));
            }
        } finally {
            pending.forEach(future -> future.cancel(false));
        }
    }

    private Pyramid decode(int index) {
        decoded.incrementAndGet();
        AnnotatedImage image = images.get(index);
        Pixels pixels = image.source().read();
        if (pixels.width() != image.width() || pixels.height() != image.height()) {
            throw new InvalidInputException(Problem.inFile(
                    image.name(),
                    "image-size",
                    "the image must be of the annotated size " + image.width() + " × " + image.height() + ", found "
                            + pixels.width() + " × " + pixels.height()));
        }
        return Pyramid.of(pixels, geometry);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CompletionException(e.getCause());
        }
    }

    @Override
    public void close() {
        decoders.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false)); // or who waits for one waits for good
    }

    /** Makes something of an image's pyramid. */
    @FunctionalInterface
    public interface Preparation<T> {
        T prepare(int image, Pyramid pyramid);
    }
}

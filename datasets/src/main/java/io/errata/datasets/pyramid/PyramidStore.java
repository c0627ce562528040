package io.errata.datasets.pyramid;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.window.WindowGeometry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A list of images that is gone through as often as one likes, each decoded when its turn comes, on threads of its own. Nothing is kept:
 * memory is that of the few images at work, whatever their number. Safe to use from several threads. Close it to end its threads.
 */
public final class PyramidStore implements AutoCloseable {

    /** Decoded images at work at a time, in bytes, where one alone has not more. */
    private static final long AT_WORK = 96L << 20;

    private final List<AnnotatedImage> images;
    private final WindowGeometry geometry;
    private final int threads;
    private final long atWork;
    private final AtomicLong decoded = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Object> states;
    private final ExecutorService workers;

    /**
     * @param images whose pyramids these are
     * @param geometry the levels to make
     * @param threads to decode on, and to do what else is done to the images
     */
    public PyramidStore(List<AnnotatedImage> images, WindowGeometry geometry, int threads) {
        this(images, geometry, threads, AT_WORK);
    }

    PyramidStore(List<AnnotatedImage> images, WindowGeometry geometry, int threads, long atWork) {
        this.images = List.copyOf(images);
        this.geometry = geometry;
        this.threads = threads;
        this.atWork = atWork;
        this.states = new AtomicReferenceArray<>(Math.max(1, images.size()));
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "errata-images");
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
     * Decodes an image; the caller closes its pyramid.
     *
     * @throws InvalidInputException if the image cannot be read, is not of the annotated size, or is not what it was before
     */
    public Pyramid open(int index) {
        decoded.incrementAndGet();
        AnnotatedImage image = images.get(index);
        Object state = image.source().state();
        DecodedImage pixels = image.source().decode();
        Optional<Problem> problem = problem(image, pixels, states.compareAndExchange(index, null, state), state);
        if (problem.isPresent()) {
            pixels.close();
            throw new InvalidInputException(problem.get());
        }
        return Pyramid.of(pixels, geometry);
    }

    private static Optional<Problem> problem(
            AnnotatedImage image, DecodedImage pixels, @Nullable Object before, Object now) {
        if (pixels.width() != image.width() || pixels.height() != image.height()) {
            return Optional.of(Problem.inFile(
                    image.name(),
                    "image-size",
                    "the image must be of the annotated size " + image.width() + " × " + image.height() + ", found "
                            + pixels.width() + " × " + pixels.height()));
        }
        if (before != null && !before.equals(now)) {
            return Optional.of(Problem.inFile(
                    image.name(),
                    "image-changed",
                    "the image must stay as it is while it is used, but its file was written meanwhile; begin anew"));
        }
        return Optional.empty();
    }

    /**
     * Decodes every image once, so that what cannot be read is known before anything depends on it.
     *
     * @return the images that cannot be read, all of them
     */
    public List<Unreadable> check() {
        List<Unreadable> unreadable = new ArrayList<>();
        int[] all = IntStream.range(0, images.size()).toArray();
        inOrder(singly(all), group -> submit(() -> check(group[0])), found -> found.ifPresent(unreadable::add));
        return unreadable;
    }

    private Optional<Unreadable> check(int image) {
        try {
            open(image).close();
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
     * @param preparation what is done to each image, several at once; its pyramid is closed afterwards
     * @param sink takes the results
     */
    public <T> void forEach(int[] order, Preparation<T> preparation, Consumer<T> sink) {
        inOrder(singly(order), group -> submit(() -> prepared(group[0], preparation)), sink);
    }

    private <T> T prepared(int image, Preparation<T> preparation) {
        try (Pyramid pyramid = open(image)) {
            return preparation.prepare(image, pyramid);
        }
    }

    private static List<int[]> singly(int[] order) {
        return Arrays.stream(order).mapToObj(image -> new int[] {image}).toList();
    }

    /** Does something on the store's threads. */
    public <T> CompletableFuture<T> submit(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, workers);
    }

    /**
     * Begins a job for each group of images, no more at a time than memory allows, and hands their results over in this order on the
     * calling thread. When it returns, even by an exception, none of the jobs that were begun is at work any more.
     *
     * @param groups indices of images that are decoded together
     * @param job begins what is done with a group, on the store's threads
     * @param sink takes the results
     */
    public <T> void inOrder(List<int[]> groups, Function<int[], CompletableFuture<T>> job, Consumer<T> sink) {
        Queue<Job<T>> begun = new ArrayDeque<>();
        long bytes = 0;
        int next = 0;
        try {
            while (next < groups.size() || !begun.isEmpty()) {
                while (next < groups.size() && begun.size() < 2 * threads) {
                    long more = bytes(groups.get(next));
                    if (!begun.isEmpty() && bytes + more > atWork) {
                        break;
                    }
                    begun.add(new Job<>(job.apply(groups.get(next++)), more));
                    bytes += more;
                }
                Job<T> first = begun.element();
                T result = await(first.result);
                begun.remove();
                bytes -= first.bytes;
                sink.accept(result);
            }
        } finally {
            begun.forEach(left -> left.result.handle((result, failure) -> null).join());
        }
    }

    private long bytes(int[] group) {
        return Arrays.stream(group)
                .mapToObj(images::get)
                .mapToLong(image -> DecodedImage.bytes(image.width(), image.height()))
                .sum();
    }

    private static <T> T await(CompletableFuture<T> future) {
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
        workers.shutdown();
    }

    /** What was begun for a group of images of so many bytes. */
    private record Job<T>(CompletableFuture<T> result, long bytes) {}

    /** Makes something of an image's pyramid. */
    @FunctionalInterface
    public interface Preparation<T> {
        T prepare(int image, Pyramid pyramid);
    }
}

package io.errata.detection.scan;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.image.DecodedImage;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.LevelGrid;
import io.errata.datasets.window.WindowGeometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scorer over every window of a list of images, on all threads of their store side by side. Images of equal size go together, so
 * that their levels make batches; a level larger than a batch goes in tiles that overlap, with the same scores to the bit. Memory is that
 * of the images at work and one batch a thread.
 */
public final class Scan {

    private final WindowScorer scorer;
    private final PyramidStore pyramids;
    private final int classes;
    private final long batchPixels;

    /**
     * @param scorer scores the levels
     * @param pyramids the images
     * @param classes how many scores the scorer gives a window
     * @param batchPixels pixels of a level that are scored together, at least one window's
     */
    public Scan(WindowScorer scorer, PyramidStore pyramids, int classes, long batchPixels) {
        this.scorer = scorer;
        this.pyramids = pyramids;
        this.classes = classes;
        this.batchPixels = batchPixels;
    }

    /**
     * Scans all images of the store.
     *
     * @param candidates which windows to consider and to track
     * @param threshold the score that a window's best class must exceed to come back
     * @param maxPerImage how many windows of an image come back at most, those with the largest scores; tracked ones come beside them
     * @param sink is handed each image's result, on the calling thread, in no order to rely on
     */
    public Report run(Candidates candidates, double threshold, int maxPerImage, Consumer<ImageScores> sink) {
        return run(candidates, threshold, maxPerImage, (scores, image) -> scores, sink);
    }

    /**
     * Scans all images of the store, and makes something of each image's result while the image is still decoded.
     *
     * @param candidates which windows to consider and to track
     * @param threshold the score that a window's best class must exceed to come back
     * @param maxPerImage how many windows of an image come back at most, those with the largest scores; tracked ones come beside them
     * @param finish what is made of a result, on the store's threads, several images at once
     * @param sink is handed what was made of each image, on the calling thread, in no order to rely on
     */
    public <T> Report run(
            Candidates candidates, double threshold, int maxPerImage, Finish<T> finish, Consumer<T> sink) {
        long start = System.nanoTime();
        Run<T> run = new Run<>(candidates, threshold, maxPerImage, finish);
        pyramids.inOrder(groups(), run::score, results -> run.handOver(results, sink));
        return new Report(run.scored.get(), run.found.get(), (System.nanoTime() - start) / 1e9);
    }

    /** The images, those of equal size next to each other and in groups whose levels make about a batch. */
    private List<int[]> groups() {
        List<AnnotatedImage> images = pyramids.images();
        int[] order = IntStream.range(0, images.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> images.get(i).width())
                        .thenComparingInt(i -> images.get(i).height()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> groups = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            AnnotatedImage first = images.get(order[from]);
            long most = Math.max(1, batchPixels * pyramids.geometry().levels() / Math.max(1, levelPixels(first)));
            int to = from + 1;
            while (to < order.length && to - from < most && isAsLarge(first, images.get(order[to]))) {
                to++;
            }
            groups.add(Arrays.copyOfRange(order, from, to));
            from = to;
        }
        return groups;
    }

    private static boolean isAsLarge(AnnotatedImage one, AnnotatedImage other) {
        return one.width() == other.width() && one.height() == other.height();
    }

    private long levelPixels(AnnotatedImage image) {
        return grids(image)
                .mapToLong(grid -> (long) grid.paddedWidth() * grid.paddedHeight())
                .sum();
    }

    private Stream<LevelGrid> grids(AnnotatedImage image) {
        WindowGeometry geometry = pyramids.geometry();
        return IntStream.range(0, geometry.levels())
                .mapToObj(level -> geometry.grid(level, image.width(), image.height()));
    }

    /**
     * What a scan did.
     *
     * @param windows how many windows were scored and considered
     * @param found how many of them exceeded the threshold
     * @param seconds how long it took
     */
    public record Report(long windows, long found, double seconds) {

        public double windowsPerSecond() {
            return seconds > 0 ? windows / seconds : 0;
        }
    }

    /**
     * What is scored together: a level, or a tile of one, of some images of equal size.
     *
     * @param grid of each of these images
     * @param from the first of the images, by its place in the group
     * @param to one after the last
     */
    private record Batch(LevelGrid grid, int from, int to) {}

    /** Makes something of an image's scores. */
    @FunctionalInterface
    public interface Finish<T> {
        T finish(ImageScores scores, DecodedImage image);
    }

    /** The state of one run. */
    private final class Run<T> {
        private final Candidates candidates;
        private final double threshold;
        private final int maxPerImage;
        private final Finish<T> finish;
        private final ThreadLocal<WindowScorer> scorers = ThreadLocal.withInitial(scorer::forAnotherThread);
        private final AtomicLong scored = new AtomicLong();
        private final AtomicLong found = new AtomicLong();
        /** Set when something failed, so that nobody waits for what is still in the queue. */
        private volatile boolean isOver;

        Run(Candidates candidates, double threshold, int maxPerImage, Finish<T> finish) {
            this.candidates = candidates;
            this.threshold = threshold;
            this.maxPerImage = maxPerImage;
            this.finish = finish;
        }

        /** Decodes a group of images, scores its batches side by side, then finishes its images. */
        CompletableFuture<List<T>> score(int[] group) {
            Group images = new Group(group);
            return pyramids.submit(images::open)
                    .thenCompose(opened -> sideBySide(images.scoring()))
                    .thenCompose(scored -> sideBySide(images.finishing()))
                    .whenComplete((done, failure) -> {
                        isOver |= failure != null;
                        images.close();
                    });
        }

        private <R> CompletableFuture<List<R>> sideBySide(Stream<Supplier<R>> tasks) {
            List<CompletableFuture<R>> begun = tasks.map(pyramids::submit).toList();
            return CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new))
                    .thenApply(
                            done -> begun.stream().map(CompletableFuture::join).toList());
        }

        void handOver(List<T> results, Consumer<T> sink) {
            try {
                results.forEach(sink);
            } catch (RuntimeException | Error e) {
                isOver = true;
                throw e;
            }
        }

        /** Images of equal size. */
        private final class Group {
            private final int[] indices;
            private final List<ImageScoresBuilder> gathered;
            private final List<Pyramid> opened = new ArrayList<>();

            Group(int[] indices) {
                this.indices = indices;
                this.gathered = Arrays.stream(indices)
                        .mapToObj(image -> new ImageScoresBuilder(
                                image, pyramids.images().get(image), pyramids.geometry(), classes, maxPerImage))
                        .toList();
            }

            boolean open() {
                for (int image : indices) {
                    opened.add(pyramids.open(image));
                }
                return true;
            }

            void close() {
                opened.forEach(Pyramid::close);
            }

            Stream<Supplier<Boolean>> scoring() {
                return batches().stream().map(batch -> () -> score(batch));
            }

            Stream<Supplier<T>> finishing() {
                return IntStream.range(0, indices.length)
                        .mapToObj(i -> () -> finish.finish(
                                gathered.get(i).build(), opened.get(i).image()));
            }

            List<Batch> batches() {
                List<Batch> batches = new ArrayList<>();
                grids(pyramids.images().get(indices[0])).forEach(level -> {
                    for (LevelGrid tile : level.tiles(batchPixels)) {
                        long pixels = (long) tile.paddedWidth() * tile.paddedHeight();
                        int together = (int) Math.min(indices.length, Math.max(1, batchPixels / pixels));
                        for (int from = 0; from < indices.length; from += together) {
                            batches.add(new Batch(tile, from, Math.min(indices.length, from + together)));
                        }
                    }
                });
                return batches;
            }

            boolean score(Batch batch) {
                if (isOver) {
                    return false;
                }
                LevelGrid grid = batch.grid;
                int windows = grid.windows();
                List<Level> levels = new ArrayList<>();
                List<byte @Nullable []> masks = new ArrayList<>();
                List<long[]> tracked = new ArrayList<>();
                for (int i = batch.from; i < batch.to; i++) {
                    levels.add(opened.get(i).level(grid));
                    masks.add(candidates.mask(indices[i], grid));
                    tracked.add(candidates.tracked(indices[i], grid));
                }
                byte[] mask = joined(masks, windows);
                ScanHits hits = hits(levels, new Selection(threshold, maxPerImage, mask, places(tracked, grid)));
                requireClasses(hits.scores().length, hits.windows().length);
                found.addAndGet(hits.found());
                scored.addAndGet(mask == null ? (long) levels.size() * windows : ones(mask));
                int trackedSoFar = 0;
                for (int i = 0; i < levels.size(); i++) {
                    ImageScoresBuilder image = gathered.get(batch.from + i);
                    image.addHits(grid, hits, i * windows);
                    image.addTracked(tracked.get(i), hits.tracked(), trackedSoFar);
                    trackedSoFar += tracked.get(i).length;
                }
                return true;
            }
        }

        private ScanHits hits(List<Level> levels, Selection selection) {
            WindowScorer own = scorers.get();
            if (own != scorer) {
                return own.hits(levels, selection);
            }
            synchronized (this) { // the one scorer that there is
                return scorer.hits(levels, selection);
            }
        }

        private void requireClasses(int scores, int windows) {
            if (scores != windows * classes) {
                throw new IllegalStateException("a scorer must return " + classes + " scores a window, found " + scores
                        + " for " + windows + (windows == 1 ? " window" : " windows"));
            }
        }
    }

    /** The masks one after the other; {@code null} where all windows of all are considered. */
    private static byte @Nullable [] joined(List<byte @Nullable []> masks, int windows) {
        if (masks.stream().allMatch(mask -> mask == null)) {
            return null;
        }
        byte[] all = new byte[masks.size() * windows];
        for (int i = 0; i < masks.size(); i++) {
            byte[] one = masks.get(i);
            if (one == null) {
                Arrays.fill(all, i * windows, (i + 1) * windows, (byte) 1);
            } else {
                System.arraycopy(one, 0, all, i * windows, windows);
            }
        }
        return all;
    }

    /** The indices of tracked windows among those of all images of a batch. */
    private static int[] places(List<long[]> tracked, LevelGrid grid) {
        return IntStream.range(0, tracked.size())
                .flatMap(i -> Arrays.stream(tracked.get(i)).mapToInt(key -> i * grid.windows() + grid.index(key)))
                .toArray();
    }

    private static long ones(byte[] mask) {
        long count = 0;
        for (byte one : mask) {
            count += one;
        }
        return count;
    }
}

package io.errata.detection.scan;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.window.LevelGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scorer over every window of a list of images. Images of equal size go together, so that their levels make batches; decoding,
 * resizing and labelling of the next images go on while these are scored. Memory is bounded by the batch and the store's budget.
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
     * @param batchPixels pixels of a level that are scored together, at least one image's
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
        long start = System.nanoTime();
        Run run = new Run(threshold, maxPerImage, sink);
        pyramids.forEach(bySize(), (image, pyramid) -> prepare(candidates, image, pyramid), run::add);
        run.flush();
        return new Report(run.scored, run.found, (System.nanoTime() - start) / 1e9);
    }

    /** The images, those of equal size next to each other. */
    private int[] bySize() {
        List<AnnotatedImage> images = pyramids.images();
        return IntStream.range(0, images.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> images.get(i).width())
                        .thenComparingInt(i -> images.get(i).height()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Prepared prepare(Candidates candidates, int image, Pyramid pyramid) {
        List<byte @Nullable []> mask = new ArrayList<>();
        List<long[]> tracked = new ArrayList<>();
        for (int level = 0; level < pyramid.levels().size(); level++) {
            mask.add(candidates.mask(image, level));
            tracked.add(candidates.tracked(image, level));
        }
        return new Prepared(image, pyramid, mask, tracked);
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

    /** An image ready to be scored: all that can be done without the device. */
    private record Prepared(int image, Pyramid pyramid, List<byte @Nullable []> mask, List<long[]> tracked) {}

    /** The state of one run: the images of equal size that wait to be scored together. */
    private final class Run {
        private final double threshold;
        private final int maxPerImage;
        private final Consumer<ImageScores> sink;
        private final List<Prepared> group = new ArrayList<>();
        private long scored;
        private long found;

        Run(double threshold, int maxPerImage, Consumer<ImageScores> sink) {
            this.threshold = threshold;
            this.maxPerImage = maxPerImage;
            this.sink = sink;
        }

        void add(Prepared image) {
            if (!group.isEmpty() && !(sameSize(group.get(0), image) && fits(image))) {
                flush();
            }
            group.add(image);
        }

        private boolean sameSize(Prepared one, Prepared other) {
            AnnotatedImage a = pyramids.images().get(one.image);
            AnnotatedImage b = pyramids.images().get(other.image);
            return a.width() == b.width() && a.height() == b.height();
        }

        private boolean fits(Prepared image) {
            return (group.size() + 1) * image.pyramid.bytes() / 3
                    <= batchPixels * image.pyramid.levels().size();
        }

        void flush() {
            if (group.isEmpty()) {
                return;
            }
            List<ImageScoresBuilder> gathered = group.stream()
                    .map(p -> new ImageScoresBuilder(
                            p.image, pyramids.images().get(p.image), pyramids.geometry(), classes))
                    .toList();
            for (int level = 0; level < pyramids.geometry().levels(); level++) {
                LevelGrid grid = group.get(0).pyramid.level(level).grid();
                if (grid.windows() > 0) {
                    long pixels = (long) grid.paddedWidth() * grid.paddedHeight();
                    int together = (int) Math.max(1, batchPixels / pixels);
                    for (int from = 0; from < group.size(); from += together) {
                        score(level, from, Math.min(group.size(), from + together), gathered);
                    }
                }
            }
            for (int i = 0; i < group.size(); i++) {
                sink.accept(gathered.get(i).build(maxPerImage));
            }
            group.clear();
        }

        private void score(int level, int from, int to, List<ImageScoresBuilder> gathered) {
            List<Prepared> images = group.subList(from, to);
            LevelGrid grid = images.get(0).pyramid.level(level).grid();
            List<Level> levels =
                    images.stream().map(p -> p.pyramid.level(level)).toList();
            byte[] mask = mask(images, level, grid.windows());
            ScanHits hits =
                    scorer.hits(levels, new Selection(threshold, maxPerImage, mask, tracked(images, level, grid)));
            requireClasses(hits.scores().length, hits.windows().length);
            found += hits.found();
            scored += mask == null ? (long) images.size() * grid.windows() : ones(mask);
            int trackedSoFar = 0;
            for (int i = 0; i < images.size(); i++) {
                ImageScoresBuilder image = gathered.get(from + i);
                image.addHits(grid, hits, i * grid.windows());
                image.addTracked(images.get(i).tracked.get(level), hits.tracked(), trackedSoFar);
                trackedSoFar += images.get(i).tracked.get(level).length;
            }
        }

        private void requireClasses(int scores, int windows) {
            if (scores != windows * classes) {
                throw new IllegalStateException("a scorer must return " + classes + " scores a window, found " + scores
                        + " for " + windows + (windows == 1 ? " window" : " windows"));
            }
        }

        private byte @Nullable [] mask(List<Prepared> images, int level, int windows) {
            if (images.stream().allMatch(p -> p.mask.get(level) == null)) {
                return null;
            }
            byte[] all = new byte[images.size() * windows];
            for (int i = 0; i < images.size(); i++) {
                byte[] one = images.get(i).mask.get(level);
                if (one == null) {
                    Arrays.fill(all, i * windows, (i + 1) * windows, (byte) 1);
                } else {
                    System.arraycopy(one, 0, all, i * windows, windows);
                }
            }
            return all;
        }

        private int[] tracked(List<Prepared> images, int level, LevelGrid grid) {
            return IntStream.range(0, images.size())
                    .flatMap(i -> Arrays.stream(images.get(i).tracked.get(level))
                            .mapToInt(key -> i * grid.windows() + grid.index(key)))
                    .toArray();
        }

        private long ones(byte[] mask) {
            long count = 0;
            for (byte one : mask) {
                count += one;
            }
            return count;
        }
    }
}

package io.errata.detection;

import io.errata.core.mixing.Mixing;
import io.errata.datasets.Dataset;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.NegativeCutter;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.patch.PatchCutter;
import io.errata.datasets.patch.PatchPack;
import io.errata.datasets.patch.PatchRequests;
import io.errata.datasets.patch.PatchSource;
import io.errata.datasets.patch.PositiveSampler;
import io.errata.datasets.patch.PositiveSampling;
import io.errata.datasets.pyramid.Level;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.datasets.synthetic.SmearScenes;
import io.errata.datasets.synthetic.SmearSettings;
import io.errata.datasets.window.Labelling;
import io.errata.datasets.window.WindowCorpus;
import io.errata.datasets.window.WindowGeometry;
import io.errata.datasets.window.WindowKey;
import io.errata.datasets.window.WindowSet;
import io.errata.datasets.window.WindowSettings;
import io.errata.detection.training.BatchSource;
import io.errata.detection.training.TrainingSet;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A few small drawn images and their windows.
 *
 * @param dataset the images
 * @param corpus their windows
 * @param pyramids their pixels
 */
public record TinyData(Dataset dataset, WindowCorpus corpus, PyramidStore pyramids) implements AutoCloseable {

    /** Images of 240 × 200 pixels with about three parasites each. */
    public static Dataset images(int count) {
        return SmearScenes.of(SmearSettings.withDefaults()
                        .withImages(count)
                        .withSize(240, 200)
                        .withTargets(3))
                .dataset();
    }

    /** These images under windows of this patch and stride, two levels. */
    public static TinyData of(int count, int patch, int stride) {
        Dataset dataset = images(count);
        WindowGeometry geometry =
                WindowGeometry.fit(dataset, WindowSettings.withDefaults().withPatch(patch, stride), 0);
        return new TinyData(
                dataset,
                WindowCorpus.of(dataset, geometry, Labelling.withDefaults()),
                new PyramidStore(dataset.images(), geometry, 1));
    }

    /** Batches of all positives, these negatives and this augmentation. */
    public BatchSource batches(
            WindowSet random, WindowSet mined, double hardShare, Augmentation augmentation, long seed) {
        return batches(new TrainingSet(corpus, random, mined), hardShare, augmentation, Mixing.none(), seed);
    }

    private BatchSource batches(
            TrainingSet set, double hardShare, Augmentation augmentation, Mixing mixing, long seed) {
        return new BatchSource(
                new PositiveSampler(corpus, augmentation, PositiveSampling.withDefaults(), false),
                new NegativeCutter(augmentation),
                mixing,
                set,
                0.5,
                hardShare,
                seed);
    }

    /** Batches of all positives and 200 random negatives, augmented. */
    public BatchSource batches() {
        return batches(Mixing.none());
    }

    /** Batches of all positives and 200 random negatives, augmented and mixed. */
    public BatchSource batches(Mixing mixing) {
        TrainingSet set = new TrainingSet(corpus, negatives(200, 5), WindowSet.empty());
        return batches(set, 0, Augmentation.withDefaults(), mixing, 9);
    }

    /** Fills a batch as a run does: patches are cut in one pass over the images when it is known which are wanted. */
    public void fill(BatchSource source, PatchBatch batch, int step, boolean withNegatives) {
        fill(batch, patches -> source.fill(patches, batch, step, withNegatives));
    }

    /** The same for whatever asks for patches: it does so twice. */
    public void fill(PatchBatch batch, Consumer<PatchSource> filling) {
        PatchRequests requests = new PatchRequests(batch.patch());
        filling.accept(requests);
        try (PatchPack pack = PatchPack.cut(requests, pyramids, Long.MAX_VALUE, Path.of("unused"))) {
            filling.accept(pack.reader());
        }
    }

    /** A whole level of an image. */
    public Level level(int image, int level) {
        try (Pyramid pyramid = pyramids.open(image)) {
            return pyramid.level(level);
        }
    }

    /** The pixels of a window. */
    public byte[] window(long key) {
        try (Pyramid pyramid = pyramids.open(WindowKey.image(key))) {
            return new PatchCutter(corpus.geometry().patch()).windows(pyramid, new long[] {key});
        }
    }

    /** Distinct negatives drawn with a seed. */
    public WindowSet negatives(int count, long seed) {
        return corpus.drawNegatives(count, WindowSet.empty(), new SplittableRandom(seed));
    }

    @Override
    public void close() {
        pyramids.close();
    }
}

package io.errata.detection.refine;

import io.errata.core.geometry.Box;
import io.errata.core.geometry.Boxes;
import io.errata.core.random.Shuffle;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.ImageCrops;
import io.errata.datasets.patch.Augmentation;
import io.errata.datasets.patch.BoxOffsets;
import io.errata.datasets.patch.Flip;
import io.errata.datasets.patch.PatchBatch;
import io.errata.datasets.pyramid.Pyramid;
import io.errata.datasets.pyramid.PyramidStore;
import io.errata.detection.Detection;
import io.errata.detection.network.CropArchitecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Crops that a second stage learns from, cut in one pass over the images and kept in memory: objects at a random shift and stretch,
 * objects as the first stage frames them, and what the first stage takes for objects and is none. Memory is bounded; of more crops a
 * random part is kept.
 */
public final class CropPool {

    /** A detection of at least this IoU with an object is one of it. */
    private static final double OBJECT_IOU = 0.6;
    /** A detection of less than this IoU with every object is a false one. */
    private static final double FALSE_IOU = 0.4;
    /** A box that lies on an ignored region by at least this share of its area is not learned from. */
    private static final double IGNORED_SHARE = 0.5;
    /** The standard deviation of the centre of an object at a random shift, in sides of its box. */
    private static final double SHIFT = 0.1;
    /** The standard deviation of the logarithm of its sides. */
    private static final double STRETCH = 0.15;
    /** The standard deviation of the logarithm of the sides of a random box, in terms of those of an object. */
    private static final double SIZES = 0.3;
    /** Shares of a batch: objects at a random shift, and objects as the first stage frames them. The others are no objects. */
    private static final double JITTERED = 1 / 3.0;

    private static final double FRAMED = 1 / 6.0;
    /** Of those that are none, the share that lies anywhere; the first stage took the others for objects. */
    private static final double ANYWHERE = 0.2;
    /** Random boxes that are no objects, at most. */
    private static final int BACKGROUNDS = 2000;
    /** Draws of a random box, until it is what it should be. */
    private static final int TRIES = 20;

    private final CropArchitecture architecture;
    private final int classes;
    private final Kind jittered;
    private final Kind framed;
    private final Kind falseOnes;
    private final Kind backgrounds;

    private CropPool(
            CropArchitecture architecture, int classes, Kind jittered, Kind framed, Kind falseOnes, Kind backgrounds) {
        this.architecture = architecture;
        this.classes = classes;
        this.jittered = jittered;
        this.framed = framed;
        this.falseOnes = falseOnes;
        this.backgrounds = backgrounds;
    }

    /**
     * Cuts the crops of a training set.
     *
     * @param train at least one object that is not ignored
     * @param images its images, in the same order
     * @param proposals what the first stage finds on each of them, at a low threshold
     * @param architecture of the network that will look at them
     * @param draws how many crops will be drawn for batches in all; no more objects at a random shift are cut than that needs
     * @param memory bytes that they take at most
     * @param seed same seed, same crops
     */
    public static CropPool cut(
            Dataset train,
            PyramidStore images,
            List<List<Detection>> proposals,
            CropArchitecture architecture,
            long draws,
            long memory,
            long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int room = (int) Math.min(Math.max(20, memory / architecture.bytes()), 1 << 20);
        Gathering gathering = new Gathering(train, proposals, random);
        List<Sample> framed = part(gathering.framed, (int) (room * FRAMED), random);
        List<Sample> falseOnes = part(gathering.falseOnes, (int) (room * 0.4), random);
        List<Sample> backgrounds = gathering.backgrounds(Math.min(BACKGROUNDS, room / 10));
        List<Sample> jittered = gathering.jittered((int) Math.min(room * JITTERED, Math.max(1, draws * JITTERED)));
        cutAll(
                Stream.of(jittered, framed, falseOnes, backgrounds)
                        .flatMap(List::stream)
                        .toList(),
                images,
                architecture);
        return new CropPool(
                architecture,
                train.classes().size(),
                new Kind(jittered),
                new Kind(framed),
                new Kind(falseOnes),
                new Kind(backgrounds));
    }

    private static List<Sample> part(List<Sample> samples, int most, SplittableRandom random) {
        if (samples.size() <= most) {
            return new ArrayList<>(samples);
        }
        int[] order = IntStream.range(0, samples.size()).toArray();
        Shuffle.front(order, Math.max(0, most), order.length, random);
        return new ArrayList<>(Arrays.stream(order)
                .limit(Math.max(0, most))
                .sorted()
                .mapToObj(samples::get)
                .toList());
    }

    private static void cutAll(List<Sample> samples, PyramidStore images, CropArchitecture architecture) {
        List<Sample> byImage = samples.stream()
                .sorted(Comparator.comparingInt(sample -> sample.image))
                .toList();
        int[] firsts = IntStream.range(0, byImage.size())
                .filter(i -> i == 0 || byImage.get(i).image != byImage.get(i - 1).image)
                .toArray();
        int[] order = Arrays.stream(firsts).map(i -> byImage.get(i).image).toArray();
        int[] firstOf = new int[images.images().size()];
        Arrays.stream(firsts).forEach(i -> firstOf[byImage.get(i).image] = i);
        images.forEach(order, (image, pyramid) -> cut(byImage, firstOf[image], pyramid, architecture), done -> {});
    }

    private static boolean cut(List<Sample> byImage, int first, Pyramid pyramid, CropArchitecture architecture) {
        try (ImageCrops crops = pyramid.image().crops()) {
            int image = byImage.get(first).image;
            for (int i = first; i < byImage.size() && byImage.get(i).image == image; i++) {
                byImage.get(i).cut(crops, architecture);
            }
        }
        return true;
    }

    /** What both stages now say of the boxes that the first took for objects and that are none, in the order of the images. */
    public List<FalsePositive> judged(SecondStage stage) {
        List<Sample> samples = falseOnes.samples;
        byte[][] crops = samples.stream().map(sample -> sample.pixels).toArray(byte[][]::new);
        int[] classIndices =
                samples.stream().mapToInt(sample -> sample.taken.classIndex).toArray();
        float[] firstScores = new float[samples.size()];
        for (int i = 0; i < firstScores.length; i++) {
            firstScores[i] = (float) samples.get(i).taken.score;
        }
        float[] scores = stage.scores(crops, classIndices, firstScores);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> samples.get(i).judged(scores[i]))
                .sorted(Comparator.comparingInt(FalsePositive::image))
                .toList();
    }

    /** How many boxes the first stage took for objects that are none. */
    public int hardNegatives() {
        return falseOnes.size();
    }

    /** How many crops there are. */
    public int size() {
        return jittered.size() + framed.size() + falseOnes.size() + backgrounds.size();
    }

    /** A batch of these crops, to be filled. */
    public PatchBatch newBatch(int size) {
        boolean onlyObjects = falseOnes.size() + backgrounds.size() == 0;
        int positives = onlyObjects ? size : (int) Math.round(size * (JITTERED + FRAMED));
        return new PatchBatch(size, positives, architecture.side(), classes, architecture.channels());
    }

    /** Fills a batch: objects in front, then what is none. */
    public void fill(PatchBatch batch, Augmentation augmentation, SplittableRandom random) {
        int own = framed.size() == 0 ? 0 : (int) Math.round(batch.size() * FRAMED);
        int others = batch.size() - batch.positives();
        int anywhere =
                backgrounds.size() == 0 ? 0 : falseOnes.size() == 0 ? others : (int) Math.round(others * ANYWHERE);
        for (int place = 0; place < batch.size(); place++) {
            Kind kind = place < own
                    ? framed
                    : place < batch.positives()
                            ? jittered
                            : place < batch.positives() + anywhere ? backgrounds : falseOnes;
            put(kind.draw(random), batch, place, augmentation, random);
        }
    }

    private void put(Sample sample, PatchBatch batch, int place, Augmentation augmentation, SplittableRandom random) {
        Flip flip = augmentation.drawFlip(random);
        batch.setPixels(place, flip.applied(sample.pixels.clone(), architecture.side(), architecture.channels()));
        if (sample.classIndex < 0) {
            batch.setBackground(place);
        } else {
            batch.setClass(place, sample.classIndex);
            double[] offsets = sample.offsets;
            batch.setOffsets(
                    place,
                    flip.horizontal() ? -offsets[0] : offsets[0],
                    flip.vertical() ? -offsets[1] : offsets[1],
                    offsets[2],
                    offsets[3]);
        }
        augmentation.drawPhotometric(batch, place, random);
    }

    /** Crops of one kind. */
    private record Kind(List<Sample> samples) {

        int size() {
            return samples.size();
        }

        Sample draw(SplittableRandom random) {
            return samples.get(random.nextInt(samples.size()));
        }
    }

    /** A box of an image, and what is there. */
    private static final class Sample {
        private final int image;
        private final Box box;
        /** −1 where it is no object. */
        private final int classIndex;
        /** Of the object in terms of the box; empty where there is none. */
        private final double[] offsets;
        /** What the first stage took it for; nothing where it was not asked. */
        private final Taken taken;

        private byte[] pixels = {};

        Sample(int image, Box box, int classIndex, double[] offsets) {
            this(image, box, classIndex, offsets, Taken.FOR_NOTHING);
        }

        Sample(int image, Box box, int classIndex, double[] offsets, Taken taken) {
            this.image = image;
            this.box = box;
            this.classIndex = classIndex;
            this.offsets = offsets;
            this.taken = taken;
        }

        FalsePositive judged(double score) {
            return new FalsePositive(image, taken.classIndex, box, taken.iou, taken.score, score);
        }

        void cut(ImageCrops crops, CropArchitecture architecture) {
            pixels = new byte[architecture.bytes()];
            BoxViews.cut(crops, box, architecture, pixels, 0);
        }
    }

    /** What the first stage took a box for, how sure it was, and how near that was. */
    private record Taken(int classIndex, double score, double iou) {
        static final Taken FOR_NOTHING = new Taken(-1, 0, 0);
    }

    /** The boxes that may be learned from. */
    private static final class Gathering {
        private final Dataset train;
        private final SplittableRandom random;
        private final List<Truths> perImage = new ArrayList<>();
        private final List<Truth> objects = new ArrayList<>();
        private final List<Sample> framed = new ArrayList<>();
        private final List<Sample> falseOnes = new ArrayList<>();

        Gathering(Dataset train, List<List<Detection>> proposals, SplittableRandom random) {
            this.train = train;
            this.random = random;
            for (int image = 0; image < train.images().size(); image++) {
                Truths truths = Truths.of(train, image);
                perImage.add(truths);
                objects.addAll(truths.objects);
                for (Detection detection : proposals.get(image)) {
                    add(image, detection, truths);
                }
            }
        }

        private void add(int image, Detection detection, Truths truths) {
            Box box = detection.box();
            if (box.isEmpty()) {
                return;
            }
            Truth nearest = truths.nearest(box);
            double iou = nearest == null ? 0 : nearest.box.iou(box);
            if (nearest != null && iou >= OBJECT_IOU) {
                framed.add(new Sample(image, box, nearest.classIndex, BoxOffsets.encode(box, nearest.box)));
            } else if (iou < FALSE_IOU && !truths.isIgnored(box)) {
                Taken taken = new Taken(train.classes().indexOf(detection.label()), detection.score(), iou);
                falseOnes.add(new Sample(image, box, -1, new double[0], taken));
            }
        }

        /** Objects at a random shift and stretch, rare classes more often than their share. */
        List<Sample> jittered(int count) {
            double[] perClass = new double[train.classes().size()];
            objects.forEach(object -> perClass[object.classIndex]++);
            double[] cumulative = new double[objects.size()];
            double sum = 0;
            for (int i = 0; i < cumulative.length; i++) {
                sum += 1 / Math.sqrt(perClass[objects.get(i).classIndex]);
                cumulative[i] = sum;
            }
            double all = sum;
            return random.doubles(count)
                    .mapToObj(share -> {
                        int at = Arrays.binarySearch(cumulative, share * all);
                        return jittered(objects.get(Math.min(at < 0 ? -at - 1 : at, cumulative.length - 1)));
                    })
                    .toList();
        }

        private Sample jittered(Truth object) {
            Box box = object.box;
            for (int i = 0; i < TRIES; i++) {
                Box drawn = shifted(object.box);
                if (drawn.iou(object.box) >= OBJECT_IOU) {
                    box = drawn;
                    break;
                }
            }
            return new Sample(object.image, box, object.classIndex, BoxOffsets.encode(box, object.box));
        }

        private Box shifted(Box box) {
            double width = box.width() * Math.exp(STRETCH * random.nextGaussian());
            double height = box.height() * Math.exp(STRETCH * random.nextGaussian());
            double x = (box.x1() + box.x2()) / 2 + SHIFT * random.nextGaussian() * box.width();
            double y = (box.y1() + box.y2()) / 2 + SHIFT * random.nextGaussian() * box.height();
            return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
        }

        /** Boxes of about objects' sizes at random places where there is none. */
        List<Sample> backgrounds(int most) {
            List<Sample> found = new ArrayList<>();
            for (long i = 0; i < (long) TRIES * most && found.size() < most; i++) {
                int image = random.nextInt(train.images().size());
                AnnotatedImage on = train.images().get(image);
                Box like = objects.get(random.nextInt(objects.size())).box;
                double width = Math.min(like.width() * Math.exp(SIZES * random.nextGaussian()), on.width());
                double height = Math.min(like.height() * Math.exp(SIZES * random.nextGaussian()), on.height());
                Box box = Box.ofSize(
                        random.nextDouble() * (on.width() - width),
                        random.nextDouble() * (on.height() - height),
                        width,
                        height);
                Truths truths = perImage.get(image);
                Truth nearest = truths.nearest(box);
                if ((nearest == null || nearest.box.iou(box) < FALSE_IOU) && !truths.isIgnored(box)) {
                    found.add(new Sample(image, box, -1, new double[0]));
                }
            }
            return found;
        }
    }

    /** An object. */
    private record Truth(int image, int classIndex, Box box) {}

    /** The objects of an image, and its regions to be ignored. */
    private record Truths(List<Truth> objects, float[] ignored) {

        static Truths of(Dataset train, int image) {
            List<GroundTruth> all = train.images().get(image).objects();
            return new Truths(
                    all.stream()
                            .filter(object -> !object.ignored() && !object.box().isEmpty())
                            .map(object -> new Truth(image, train.classes().indexOf(object.label()), object.box()))
                            .toList(),
                    Boxes.of(all.stream()
                            .filter(GroundTruth::ignored)
                            .map(GroundTruth::box)
                            .toList()));
        }

        /** The object with the largest IoU; {@code null} where there is none. */
        @Nullable
        Truth nearest(Box box) {
            return objects.stream()
                    .max(Comparator.comparingDouble(object -> object.box.iou(box)))
                    .orElse(null);
        }

        boolean isIgnored(Box box) {
            if (ignored.length == 0) {
                return false;
            }
            for (float share : Boxes.intersectionOverArea(Boxes.of(List.of(box)), ignored)) {
                if (share >= IGNORED_SHARE) {
                    return true;
                }
            }
            return false;
        }
    }
}

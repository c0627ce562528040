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

/**
 * Crops that a second stage learns from, cut in one pass over the images and kept in memory: objects at a random shift and stretch,
 * objects as the first stage frames them, and what the first stage takes for objects and is none. Memory is bounded; of more crops a
 * random part is kept.
 */
public final class CropPool {

    /** A detection of at least this IoU with an object is one of it. */
    private static final double OBJECT_IOU = 0.5;
    /** A detection of less than this IoU with every object is a false one. */
    private static final double FALSE_IOU = 0.4;
    /** A box that lies on an ignored region by at least this share of its area is not learned from. */
    private static final double IGNORED_SHARE = 0.5;
    /** The standard deviation of the centre of an object at a random shift, in sides of its box. */
    private static final double SHIFT = 0.1;
    /** The standard deviation of the logarithm of its sides. */
    private static final double STRETCH = 0.15;
    /** Shares of a batch: objects at a random shift, and objects as the first stage frames them. The others are no objects. */
    private static final double JITTERED = 1 / 3.0;

    private static final double FRAMED = 1 / 6.0;
    /** Random boxes of background an image, where the first stage takes too little of it for objects. */
    private static final int BACKGROUNDS = 4;

    private static final int TRIES = 20;

    private final CropArchitecture architecture;
    private final int classes;
    private final Kind jittered;
    private final Kind framed;
    private final Kind falseOnes;
    private final int hard;

    private CropPool(CropArchitecture architecture, int classes, Kind jittered, Kind framed, Kind falseOnes, int hard) {
        this.architecture = architecture;
        this.classes = classes;
        this.jittered = jittered;
        this.framed = framed;
        this.falseOnes = falseOnes;
        this.hard = hard;
    }

    /**
     * Cuts the crops of a training set.
     *
     * @param train at least one object that is not ignored
     * @param images its images, in the same order
     * @param proposals what the first stage finds on each of them, at a low threshold
     * @param architecture of the network that will look at them
     * @param memory bytes that they take at most
     * @param seed same seed, same crops
     */
    public static CropPool cut(
            Dataset train,
            PyramidStore images,
            List<List<Detection>> proposals,
            CropArchitecture architecture,
            long memory,
            long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int room = (int) Math.min(Math.max(16, memory / architecture.bytes()), 1 << 20);
        Gathering gathering = new Gathering(train, proposals, random);
        List<Sample> framed = part(gathering.framed, (int) (room * FRAMED), random);
        List<Sample> falseOnes = part(gathering.falseOnes, room / 2, random);
        int hard = falseOnes.size();
        if (hard < BACKGROUNDS * train.images().size()) {
            falseOnes.addAll(part(gathering.backgrounds(), room / 2 - hard, random));
        }
        List<Sample> jittered = gathering.jittered((int) (room * JITTERED));
        List<Sample> all = new ArrayList<>(jittered);
        all.addAll(framed);
        all.addAll(falseOnes);
        cutAll(all, images, architecture);
        return new CropPool(
                architecture, train.classes().size(), new Kind(jittered), new Kind(framed), new Kind(falseOnes), hard);
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

    /** How many boxes the first stage took for objects that are none. */
    public int hardNegatives() {
        return hard;
    }

    /** How many crops there are. */
    public int size() {
        return jittered.size() + framed.size() + falseOnes.size();
    }

    /** A batch of these crops, to be filled. */
    public PatchBatch newBatch(int size) {
        int positives = falseOnes.size() == 0 ? size : (int) Math.round(size * (JITTERED + FRAMED));
        return new PatchBatch(size, positives, architecture.side(), classes, architecture.channels());
    }

    /** Fills a batch: objects in front, then what is none. */
    public void fill(PatchBatch batch, Augmentation augmentation, SplittableRandom random) {
        int own = framed.size() == 0 ? 0 : (int) Math.round(batch.size() * FRAMED);
        for (int place = 0; place < batch.size(); place++) {
            Kind kind = place >= batch.positives() ? falseOnes : place < own ? framed : jittered;
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

        private byte[] pixels = {};

        Sample(int image, Box box, int classIndex, double[] offsets) {
            this.image = image;
            this.box = box;
            this.classIndex = classIndex;
            this.offsets = offsets;
        }

        void cut(ImageCrops crops, CropArchitecture architecture) {
            pixels = new byte[architecture.bytes()];
            BoxViews.cut(crops, box, architecture, pixels, 0);
        }
    }

    /** The boxes that may be learned from. */
    private static final class Gathering {
        private final Dataset train;
        private final SplittableRandom random;
        private final List<Truth> objects = new ArrayList<>();
        private final List<Sample> framed = new ArrayList<>();
        private final List<Sample> falseOnes = new ArrayList<>();

        Gathering(Dataset train, List<List<Detection>> proposals, SplittableRandom random) {
            this.train = train;
            this.random = random;
            for (int image = 0; image < train.images().size(); image++) {
                Truths truths = Truths.of(train, image);
                objects.addAll(truths.objects);
                for (Detection detection : proposals.get(image)) {
                    add(image, detection.box(), truths);
                }
            }
        }

        private void add(int image, Box box, Truths truths) {
            if (box.isEmpty()) {
                return;
            }
            Truth nearest = truths.nearest(box);
            double iou = nearest == null ? 0 : nearest.box.iou(box);
            if (nearest != null && iou >= OBJECT_IOU) {
                framed.add(new Sample(image, box, nearest.classIndex, BoxOffsets.encode(box, nearest.box)));
            } else if (iou < FALSE_IOU && !truths.isIgnored(box)) {
                falseOnes.add(new Sample(image, box, -1, new double[0]));
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
            double width = object.box.width() * Math.exp(STRETCH * random.nextGaussian());
            double height = object.box.height() * Math.exp(STRETCH * random.nextGaussian());
            double x = (object.box.x1() + object.box.x2()) / 2 + SHIFT * random.nextGaussian() * object.box.width();
            double y = (object.box.y1() + object.box.y2()) / 2 + SHIFT * random.nextGaussian() * object.box.height();
            Box box = new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
            return new Sample(object.image, box, object.classIndex, BoxOffsets.encode(box, object.box));
        }

        /** Boxes of objects' sizes at random places where there is none. */
        List<Sample> backgrounds() {
            List<Sample> found = new ArrayList<>();
            for (int image = 0; image < train.images().size(); image++) {
                AnnotatedImage on = train.images().get(image);
                Truths truths = Truths.of(train, image);
                int wanted = BACKGROUNDS;
                for (int i = 0; i < TRIES && wanted > 0; i++) {
                    Box like = objects.get(random.nextInt(objects.size())).box;
                    double width = Math.min(like.width(), on.width());
                    double height = Math.min(like.height(), on.height());
                    Box box = Box.ofSize(
                            random.nextDouble() * (on.width() - width),
                            random.nextDouble() * (on.height() - height),
                            width,
                            height);
                    Truth nearest = truths.nearest(box);
                    if ((nearest == null || nearest.box.iou(box) < FALSE_IOU) && !truths.isIgnored(box)) {
                        found.add(new Sample(image, box, -1, new double[0]));
                        wanted--;
                    }
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
        @org.jspecify.annotations.Nullable
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

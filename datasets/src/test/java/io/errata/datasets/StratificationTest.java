package io.errata.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.format.DatasetSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StratificationTest {

    /** 20 images with a cat, 10 with a dog, 5 with both, 10 with nothing. */
    @Test
    void partsEveryClassAndTheBackgroundInTheProportion() {
        List<AnnotatedImage> images = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            images.add(image(i, i < 20 || i >= 40 ? 1 : 0, (i >= 20 && i < 30) || i >= 40 ? 1 : 0));
        }
        for (long seed = 0; seed < 20; seed++) {
            Split.Sides sides =
                    Split.fraction(0.2).seed(seed).stratified().of(new Dataset(List.of("c0", "c1"), images));

            assertThat(objects(sides.heldOut())).isEqualTo(Map.of("c0", 5, "c1", 3));
            // with none to three of the images with both, one to four of those with nothing are left
            assertThat(sides.heldOut().images())
                    .filteredOn(i -> i.objects().isEmpty())
                    .hasSizeBetween(1, 4);
            assertThat(sides.heldOut().images()).hasSize(9);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.2, 2", "0.2, 3", "0.35, 4", "0.5, 5", "0.8, 6"})
    void comesNearerToTheProportionThanChance(double fraction, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double stratified = 0;
        double byChance = 0;
        for (int i = 0; i < 30; i++) {
            Dataset dataset = random(random);
            Split split = Split.fraction(fraction).seed(random.nextLong());
            Split.Sides sides = split.stratified().of(dataset);
            stratified += error(dataset, sides.heldOut(), fraction);
            byChance += error(dataset, split.of(dataset).heldOut(), fraction);
            assertThat((double) sides.heldOut().images().size()
                            / dataset.images().size())
                    .isCloseTo(fraction, within(0.15));
        }
        assertThat(stratified).isLessThan(0.7 * byChance);
    }

    /** The class placed first, here the only one, is off its share by at most half of its largest unit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isOffByAtMostHalfOfTheLargestImage(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double fraction = random.nextDouble(0.1, 0.5);
        Dataset dataset = new Dataset(
                List.of("c0"),
                IntStream.range(0, 60)
                        .mapToObj(i -> image(i, random.nextInt(9)))
                        .toList());
        int held = objects(Split.fraction(fraction)
                        .seed(seed)
                        .stratified()
                        .of(dataset)
                        .heldOut())
                .getOrDefault("c0", 0);

        assertThat((double) held).isCloseTo(fraction * dataset.objectCount(), within(4.0));
    }

    /** With any fraction, each class has an object to train on, as long as there is an image to spare. */
    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99})
    void leavesEveryClassSomethingToTrainOn(double fraction) {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 50; i++) {
            Dataset dataset = random(random);
            Split.Sides sides = Split.fraction(fraction)
                    .seed(random.nextLong())
                    .stratified()
                    .of(dataset);

            assertThat(objects(sides.training()).keySet())
                    .isEqualTo(objects(dataset).keySet());
            assertThat(sides.heldOut().images()).isNotEmpty();
            assertThat(sides.training().images()).isNotEmpty();
        }
    }

    @Test
    void holdsOutTheImageThatIsNeededLeastWhereNoneCanBeSpared() {
        // each image is the only one of its classes, the last of two
        Dataset dataset = new Dataset(
                List.of("c0", "c1", "c2", "c3", "c4"),
                List.of(image(0, 1, 0, 0, 0, 0), image(1, 0, 3, 0, 0, 0), image(2, 0, 0, 0, 1, 1)));

        for (long seed = 0; seed < 10; seed++) {
            Split.Sides sides = Split.fraction(0.9).seed(seed).stratified().of(dataset);
            assertThat(sides.heldOut().images()).hasSize(1);
            assertThat(sides.heldOut().images().get(0).name()).isNotEqualTo("v0_2");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsGroupsTogether(long seed) {
        Dataset dataset = random(new SplittableRandom(seed));
        Split split = Split.fraction(0.3).seed(seed).grouped("^v(\\d+)_").stratified();
        Split.Sides sides = split.of(dataset);

        assertThat(videos(sides.training())).doesNotContainAnyElementsOf(videos(sides.heldOut()));
        assertThat(sides.training().images().size() + sides.heldOut().images().size())
                .isEqualTo(dataset.images().size());
        assertThat(objects(sides.training()).keySet())
                .isEqualTo(objects(dataset).keySet());
    }

    @Test
    void dependsOnTheSeedAndTheNamesAlone() {
        Dataset dataset = random(new SplittableRandom(5));
        List<AnnotatedImage> backwards = new ArrayList<>(dataset.images());
        Collections.reverse(backwards);
        Split split = Split.fraction(0.2).seed(3).stratified();

        assertThat(split.of(dataset)).isEqualTo(split.of(dataset));
        assertThat(split.of(new Dataset(dataset.classes(), backwards)).heldOut().images())
                .containsExactlyInAnyOrderElementsOf(split.of(dataset).heldOut().images());
        assertThat(split.seed(4).of(dataset).heldOut())
                .isNotEqualTo(split.of(dataset).heldOut());
    }

    @Test
    void partsDataWithoutObjectsByNumber() {
        Dataset dataset = new Dataset(
                List.of(), IntStream.range(0, 20).mapToObj(i -> image(i)).toList());

        assertThat(Split.fraction(0.25).stratified().of(dataset).heldOut().images())
                .hasSize(5);
    }

    @Test
    void countsWhatCanBeLearned() {
        GroundTruth crowd = new GroundTruth("c0", new Box(0, 0, 5, 5), 25, false, true);
        List<AnnotatedImage> images = new ArrayList<>(List.of(image(0, 1), image(1, 1)));
        IntStream.range(2, 8).forEach(i -> images.add(image(i, 0).withObjects(List.of(crowd))));

        for (long seed = 0; seed < 10; seed++) {
            Split.Sides sides = Split.fraction(0.5).seed(seed).stratified().of(new Dataset(List.of("c0"), images));
            assertThat(objects(sides.training())).isEqualTo(Map.of("c0", 1));
        }
    }

    /** By chance the share of Platelets held out wanders by several points. */
    @Test
    void partsTheBloodCells() {
        Dataset cells =
                DatasetSpec.parse("voc:" + RealData.folder("bccd_voc")).read().validPart();
        for (long seed = 0; seed < 10; seed++) {
            Split.Sides sides = Split.fraction(0.2).seed(seed).stratified().of(cells);

            Map<String, Integer> held = objects(sides.heldOut());
            assertThat(held.getOrDefault("Platelets", 0) / 361.0).isCloseTo(0.2, within(0.01));
            assertThat(held.getOrDefault("WBC", 0) / 372.0).isCloseTo(0.2, within(0.03));
            assertThat(held.getOrDefault("RBC", 0) / 4153.0).isCloseTo(0.2, within(0.03));
            assertThat(sides.heldOut().images()).hasSizeBetween(68, 78);
        }
    }

    /** Up to five classes, common and rare, on 20 to 120 images of ten videos. */
    private static Dataset random(SplittableRandom random) {
        int classes = random.nextInt(1, 6);
        double[] often = random.doubles(classes).map(p -> p * p).toArray();
        List<AnnotatedImage> images = new ArrayList<>();
        int count = random.nextInt(20, 121);
        for (int i = 0; i < count; i++) {
            int[] objects = new int[classes];
            for (int c = 0; c < classes; c++) {
                boolean first = i < 3 * classes && i % classes == c; // three images at least, of three videos
                objects[c] = first || random.nextDouble() < often[c] ? 1 + random.nextInt(4) : 0;
            }
            images.add(image(i, objects));
        }
        return new Dataset(IntStream.range(0, classes).mapToObj(c -> "c" + c).toList(), images);
    }

    private static AnnotatedImage image(int index, int... objectsOfEachClass) {
        List<GroundTruth> objects = new ArrayList<>();
        for (int c = 0; c < objectsOfEachClass.length; c++) {
            for (int i = 0; i < objectsOfEachClass[c]; i++) {
                objects.add(GroundTruth.of("c" + c, Box.ofSize(10 * i, 10 * c, 8, 8)));
            }
        }
        return Scenes.image("v" + index % 10 + "_" + index, 99, 99, objects.toArray(GroundTruth[]::new));
    }

    /** The mean over the classes of the distance of the share held out from the one wanted. */
    private static double error(Dataset all, Dataset heldOut, double fraction) {
        Map<String, Integer> held = objects(heldOut);
        return objects(all).entrySet().stream()
                .mapToDouble(one -> Math.abs((double) held.getOrDefault(one.getKey(), 0) / one.getValue() - fraction))
                .average()
                .orElse(0);
    }

    private static Map<String, Integer> objects(Dataset dataset) {
        return dataset.images().stream()
                .flatMap(image -> image.objects().stream())
                .filter(object -> !object.ignored())
                .collect(Collectors.groupingBy(GroundTruth::label, TreeMap::new, Collectors.summingInt(object -> 1)));
    }

    private static List<String> videos(Dataset dataset) {
        Function<AnnotatedImage, String> video = image -> image.name().replaceFirst("_.*", "");
        return dataset.images().stream().map(video).distinct().toList();
    }
}

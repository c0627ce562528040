package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Scenes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowGeometryTest {

    @Test
    void takesTheMedianAspectAndTheSizesBetweenTheOuterQuantiles() {
        // 101 squares of 10 to 110 pixels: the 1% and 99% quantiles of the size are 11 and 109.
        WindowGeometry geometry = WindowGeometry.fit(squares(10, 110));

        // log2(109 / 11) = 3.31 octaves, two scales each: ceil(6.62) = 7 levels at the centres of equal steps
        assertThat(geometry.levels()).isEqualTo(7);
        for (int i = 0; i < 7; i++) {
            WindowShape shape = geometry.shapes().get(i);
            assertThat(shape.aspect()).isCloseTo(1, within(1e-12));
            assertThat(shape.size()).isCloseTo(11 * Math.pow(109 / 11.0, (i + 0.5) / 7), within(1e-9));
        }
        assertThat(geometry.patch()).isEqualTo(32);
        assertThat(geometry.border()).isEqualTo(16);
    }

    @Test
    void isNotMovedByFewOddAspects() {
        Dataset train = dataset(box(40, 10), box(40, 10), box(40, 10), box(10, 40), box(20, 20));

        assertThat(WindowGeometry.fit(train).shapes())
                .allSatisfy(shape -> assertThat(shape.aspect()).isCloseTo(4, within(1e-12)));
    }

    @Test
    void reachesFromTheGivenSmallestToTheGivenLargest() {
        WindowGeometry geometry = WindowGeometry.fit(squares(10, 110), settings(1, 2, 16, 64), 11);

        assertThat(geometry.shapes())
                .extracting(WindowShape::size)
                .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b), Double.class)
                .containsExactly(
                        16 * Math.pow(2, 0.25), 16 * Math.pow(2, 0.75), 16 * Math.pow(2, 1.25), 16 * Math.pow(2, 1.75));
    }

    @Test
    void hasOneLevelWhereAllObjectsAreOfOneSize() {
        assertThat(WindowGeometry.fit(dataset(box(30, 20), box(30, 20))).shapes())
                .singleElement()
                .satisfies(shape -> {
                    assertThat(shape.width()).isCloseTo(30, within(1e-9));
                    assertThat(shape.height()).isCloseTo(20, within(1e-9));
                });
    }

    @Test
    void findsTheAspectsOfTwoKindsOfObject() {
        List<GroundTruth> objects = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            objects.add(box(60 + i, 20 + i / 3.0));
            objects.add(box(20 + i / 4.0, 40 + i / 2.0));
        }

        WindowGeometry geometry = WindowGeometry.fit(dataset(objects.toArray(GroundTruth[]::new)), settings(2, 2), 11);

        List<Double> aspects =
                geometry.shapes().stream().map(WindowShape::aspect).distinct().toList();
        assertThat(aspects.stream().filter(aspect -> Math.abs(aspect - 3) < 1e-6))
                .isNotEmpty();
        assertThat(aspects.stream().filter(aspect -> Math.abs(aspect - 0.5) < 1e-6))
                .isNotEmpty();
        assertThat(aspects).allMatch(aspect -> Math.abs(aspect - 3) < 1e-6 || Math.abs(aspect - 0.5) < 1e-6);
    }

    @Test
    void findsTheSameShapesAgainByItsSeed() {
        SplittableRandom random = new SplittableRandom(5);
        Dataset train = dataset(IntStream.range(0, 200)
                .mapToObj(i -> box(random.nextDouble(5, 80), random.nextDouble(5, 80)))
                .toArray(GroundTruth[]::new));

        assertThat(WindowGeometry.fit(train, settings(4, 2), 11))
                .isEqualTo(WindowGeometry.fit(train, settings(4, 2), 11));
    }

    @Test
    void hasNoMoreShapesThanThereAreAspects() {
        assertThat(WindowGeometry.fit(squares(10, 110), settings(3, 2), 11))
                .isEqualTo(WindowGeometry.fit(squares(10, 110), settings(1, 2), 11));
        assertThat(WindowGeometry.fit(dataset(box(20, 20)), settings(3, 2), 11).levels())
                .isEqualTo(1);
    }

    @Test
    void learnsNothingFromIgnoredAndEmptyObjects() {
        Box odd = Box.ofSize(0, 0, 90, 3);
        Dataset train = dataset(
                box(30, 20),
                new GroundTruth("a", odd, 270, true, false),
                new GroundTruth("a", odd, 270, false, true),
                box(0, 50));

        assertThat(WindowGeometry.fit(train)).isEqualTo(WindowGeometry.fit(dataset(box(30, 20))));
    }

    @Test
    void refusesADataSetWithoutObjects() {
        assertThatThrownBy(() -> WindowGeometry.fit(dataset())).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> WindowGeometry.fit(new Dataset(List.of("a"), List.of())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least one object of the classes [a], found none");
        assertThatThrownBy(() -> WindowGeometry.fit(dataset(box(0, 5)))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesMoreLevelsThanAKeyCanName() {
        assertThatThrownBy(() -> WindowGeometry.fit(squares(10, 110), settings(1, 8, 1e-6, 1e6), 11))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most 256 levels, found 319");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> settings(1, 2, 10, 9))
                .hasMessageContaining("largest must be ≥ smallest (10.0), found 9.0");
        assertThatThrownBy(() -> settings(1, 2, 0, 9)).hasMessageContaining("smallest must be > 0");
        assertThatThrownBy(() -> settings(1, 2, 1, Double.POSITIVE_INFINITY)).hasMessageContaining("largest must");
        assertThatThrownBy(() -> settings(1, 2, Double.NaN, 9)).hasMessageContaining("smallest must be > 0");
        assertThatThrownBy(() -> settings(17, 2)).hasMessageContaining("shapes must be in [1, 8], or null, found 17");
        assertThatThrownBy(() -> settings(1, 0)).hasMessageContaining("scalesPerOctave must be in [1, 8], found 0");
        assertThatThrownBy(() -> WindowSettings.withDefaults().withPatch(32, 33))
                .hasMessageContaining("stride");
        assertThatThrownBy(() -> WindowSettings.withDefaults().withPatch(4, 1)).hasMessageContaining("patch");
    }

    @Test
    void findsTheLevelNearestToAnObject() {
        WindowGeometry geometry = new WindowGeometry(
                32, 4, 1.5, List.of(new WindowShape(20, 20), new WindowShape(40, 40), new WindowShape(60, 20)));

        assertThat(geometry.nearestLevel(22, 21)).isEqualTo(0);
        assertThat(geometry.nearestLevel(38, 38)).isEqualTo(1);
        assertThat(geometry.nearestLevel(600, 600)).isEqualTo(1);
        assertThat(geometry.nearestLevel(80, 26)).isEqualTo(2);
    }

    private static WindowSettings settings(int shapes, int scales) {
        return new WindowSettings(32, 4, 1.5, scales, shapes, null, null);
    }

    private static WindowSettings settings(int shapes, int scales, double smallest, double largest) {
        return new WindowSettings(32, 4, 1.5, scales, shapes, smallest, largest);
    }

    private static Dataset squares(int from, int to) {
        return dataset(IntStream.rangeClosed(from, to).mapToObj(i -> box(i, i)).toArray(GroundTruth[]::new));
    }

    private static GroundTruth box(double width, double height) {
        return GroundTruth.of("a", Box.ofSize(1, 2, width, height));
    }

    private static Dataset dataset(GroundTruth... objects) {
        AnnotatedImage image = Scenes.image("i", 200, 200, objects);
        return new Dataset(List.of("a"), List.of(image));
    }
}

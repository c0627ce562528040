package io.errata.datasets.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.Scenes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowReachTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsWhatEveryWindowTogetherReaches(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int reached = 0;
        for (int round = 0; round < 20; round++) {
            Dataset scenes = Scenes.random(4, random).clipped();
            WindowGeometry geometry = Scenes.randomGeometry(random);
            for (AnnotatedImage image : scenes.images()) {
                for (int level = 0; level < geometry.levels(); level++) {
                    LevelGrid grid = geometry.grid(level, image.width(), image.height());
                    double[] best = WindowLabels.of(grid, image.objects(), Labelling.withDefaults())
                            .bestIou();
                    for (int i = 0; i < best.length; i++) {
                        Box box = image.objects().get(i).box();
                        if (!box.isEmpty()) {
                            assertThat(WindowReach.reaches(grid, box))
                                    .as("seed %d, %s, %s, best IoU %f", seed, grid, box, best[i])
                                    .isEqualTo(best[i] >= WindowReach.LEAST_IOU);
                            reached += best[i] >= WindowReach.LEAST_IOU ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(reached).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void agreesWithTheCorpusOfTheLevelsThatAreLeft(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Dataset scenes = Scenes.random(12, random).clipped();
        WindowGeometry geometry = new WindowGeometry(
                20,
                3,
                1.25,
                List.of(
                        new WindowShape(40, 60),
                        new WindowShape(12, 9),
                        new WindowShape(30, 30),
                        new WindowShape(9, 9)));
        WindowReach reach = WindowReach.of(scenes, geometry);

        for (int without = 0; without < 4; without++) {
            List<WindowShape> left = Arrays.stream(reach.levelsWithout(without))
                    .mapToObj(geometry.shapes()::get)
                    .toList();
            WindowCorpus corpus =
                    WindowCorpus.of(scenes, new WindowGeometry(20, 3, 1.25, left), Labelling.withDefaults());
            assertThat(left).hasSize(4 - without);
            assertThat(reach.windowsWithout(without)).isEqualTo((double) corpus.windows());
            assertThat(reach.unreachedWithout(without)).isEqualTo(corpus.unreached());
            assertThat(reach.objects()).isEqualTo(corpus.gridRecall().objects());
            assertThat(reach.reachedWithout(without))
                    .isEqualTo(
                            corpus.gridRecall().objects() - corpus.unreached().size());
        }
        assertThat(reach.levelsWithout(2)).containsExactly(0, 2);
    }

    @Test
    void recallIsTheMeanOverTheClassesThatHaveObjects() {
        GroundTruth near = GroundTruth.of("a", Box.ofSize(40, 40, 20, 20));
        GroundTruth small = GroundTruth.of("a", Box.ofSize(10, 10, 4, 4));
        GroundTruth rare = GroundTruth.of("b", Box.ofSize(80, 10, 20, 20));
        GroundTruth crowd = new GroundTruth("b", Box.ofSize(80, 80, 4, 4), 16, false, true);
        Dataset scene = new Dataset(
                List.of("a", "b", "c"), List.of(Scenes.image("i", 120, 120, near, near, small, rare, crowd)));
        WindowReach reach = WindowReach.of(
                scene, new WindowGeometry(32, 4, 1.5, List.of(new WindowShape(20, 20), new WindowShape(90, 90))));

        // two of three of a, one of one of b
        assertThat(reach.recallWithout(0)).isCloseTo((2 / 3.0 + 1) / 2, within(1e-12));
        assertThat(reach.recallWithout(1)).isZero();
    }

    @Test
    void costsInfinitelyMuchWhereAnImageWouldBeTooLarge() {
        Dataset scene = new Dataset(
                List.of("a"),
                List.of(Scenes.image("i", 5000, 5000, GroundTruth.of("a", Box.ofSize(40, 40, 100, 100)))));
        WindowReach reach = WindowReach.of(
                scene, new WindowGeometry(32, 4, 1.5, List.of(new WindowShape(0.5, 0.5), new WindowShape(100, 100))));

        assertThat(reach.windowsWithout(0)).isInfinite();
        assertThat(reach.windowsWithout(1)).isFinite();
        assertThat(reach.recallWithout(0)).isEqualTo(1);
    }
}

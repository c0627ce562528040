package io.errata.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.geometry.Box;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final Box BOX = new Box(1, 2, 11, 22);
    private static final AnnotatedImage TWO =
            Scenes.image("two", 40, 30, GroundTruth.of("dog", BOX), GroundTruth.of("cat", BOX));
    private static final AnnotatedImage NONE = Scenes.image("none", 40, 30);

    @Test
    void findsTheClassesInTheOrderOfTheirNames() {
        Dataset dataset = Dataset.of(List.of(TWO, NONE, Scenes.image("one", 9, 9, GroundTruth.of("ant", BOX))));

        assertThat(dataset.classes()).containsExactly("ant", "cat", "dog");
        assertThat(dataset.objectCount()).isEqualTo(3);
    }

    @Test
    void keepsOnlyTheWantedClassesInTheWantedOrder() {
        Dataset dogs = Dataset.of(List.of(TWO, NONE)).withClasses(List.of("dog"));

        assertThat(dogs.classes()).containsExactly("dog");
        assertThat(dogs.images()).hasSize(2);
        assertThat(dogs.images().get(0).objects())
                .extracting(GroundTruth::label)
                .containsExactly("dog");
        assertThat(Dataset.of(List.of(TWO)).withClasses(List.of("dog", "cat")).classes())
                .containsExactly("dog", "cat");
    }

    @Test
    void keepsItsClassesWhereImagesAreLeftOut() {
        Dataset background =
                Dataset.of(List.of(TWO, NONE)).filter(image -> image.objects().isEmpty());

        assertThat(background.images()).containsExactly(NONE);
        assertThat(background.classes()).containsExactly("cat", "dog");
        assertThat(background.objectCount()).isZero();
    }

    @Test
    void refusesALabelThatIsNoClass() {
        assertThatThrownBy(() -> new Dataset(List.of("cat"), List.of(TWO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label on image two must be one of the classes [cat], found dog");
    }

    @Test
    void isNotChangedFromOutside() {
        List<GroundTruth> objects = new ArrayList<>(List.of(GroundTruth.of("cat", BOX)));
        AnnotatedImage image = new AnnotatedImage("i", () -> Scenes.noise(0, 4, 4), 4, 4, objects);
        objects.clear();

        assertThat(image.objects()).hasSize(1);
        assertThat(image.withObjects(List.of()).objects()).isEmpty();
        assertThat(image.withObjects(List.of()).name()).isEqualTo("i");
    }

    @Test
    void refusesAnImageWithoutExtent() {
        assertThatThrownBy(() -> Scenes.image("flat", 4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("height of flat must be > 0, found 0");
    }

    @Test
    void ignoresDifficultObjectsAndCrowds() {
        assertThat(GroundTruth.of("cat", BOX).ignored()).isFalse();
        assertThat(GroundTruth.of("cat", BOX).area()).isEqualTo(200);
        assertThat(new GroundTruth("cat", BOX, 200, true, false).ignored()).isTrue();
        assertThat(new GroundTruth("cat", BOX, 200, false, true).ignored()).isTrue();
    }
}

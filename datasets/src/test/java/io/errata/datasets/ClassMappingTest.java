package io.errata.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.geometry.Box;
import io.errata.core.problem.Problem;
import io.errata.datasets.image.Pixels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassMappingTest {

    private static final Box BOX = new Box(1, 1, 3, 3);

    @Test
    void mergesAndDropsClasses() {
        Dataset dataset = new Dataset(
                List.of("bee", "varroa", "dust", "Varroa", "010"),
                List.of(image("a", "varroa", "bee"), image("b", "Varroa", "dust"), image("c", "dust")));

        Dataset mapped =
                new ClassMapping(Map.of("mite", List.of("varroa", "mite", "Varroa")), List.of("dust")).apply(dataset);

        assertThat(mapped.classes()).containsExactly("bee", "mite", "010");
        assertThat(mapped.images().get(0).objects())
                .containsExactly(GroundTruth.of("mite", BOX), GroundTruth.of("bee", BOX));
        assertThat(mapped.images().get(1).objects()).containsExactly(GroundTruth.of("mite", BOX));
        assertThat(mapped.images().get(2).objects()).isEmpty();
        assertThat(ClassMapping.none().apply(dataset)).isSameAs(dataset);
    }

    @Test
    void tellsEveryNameThatIsNoClass() {
        ClassMapping mapping = new ClassMapping(Map.of("mite", List.of("varoa", "bee")), List.of("dirt"));

        assertThat(mapping.unknown(List.of("bee", "varroa", "dust")))
                .extracting(Problem::toString)
                .containsExactly(
                        "data.merge: must name classes of the data, [bee, varroa, dust], found varoa; did you mean varroa?",
                        "data.drop: must name classes of the data, [bee, varroa, dust], found dirt; did you mean dust?");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> new ClassMapping(Map.of("a", List.of("x"), "b", List.of("x")), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClassMapping(Map.of("a", List.of("x")), List.of("x")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClassMapping(Map.of("a", List.of()), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AnnotatedImage image(String name, String... labels) {
        return new AnnotatedImage(
                name,
                () -> new Pixels(8, 8, new byte[192]),
                8,
                8,
                List.of(labels).stream()
                        .map(label -> GroundTruth.of(label, BOX))
                        .toList());
    }
}

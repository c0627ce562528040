package io.errata.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.image.Pixels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

    @Test
    void holdsOutTheFractionBySeedAndNamesNotByOrder() {
        List<AnnotatedImage> images =
                images(IntStream.range(0, 50).mapToObj(i -> "d/" + i + ".jpg").toList());
        List<AnnotatedImage> backwards = new ArrayList<>(images);
        Collections.reverse(backwards);

        Split.Sides sides = Split.fraction(0.2).seed(7).of(Dataset.of(images));
        Split.Sides again = Split.fraction(0.2).seed(7).of(Dataset.of(backwards));
        Split.Sides other = Split.fraction(0.2).seed(8).of(Dataset.of(images));

        assertThat(sides.heldOut().images()).hasSize(10);
        assertThat(sides.training().images())
                .hasSize(40)
                .doesNotContainAnyElementsOf(sides.heldOut().images());
        assertThat(again.heldOut().images())
                .containsExactlyInAnyOrderElementsOf(sides.heldOut().images());
        assertThat(names(other.heldOut())).isNotEqualTo(names(sides.heldOut()));
    }

    @Test
    void keepsGroupsTogetherAcrossFolders() {
        List<String> names = new ArrayList<>();
        for (int video = 0; video < 10; video++) {
            for (int frame = 0; frame < 4; frame++) {
                names.add((frame % 2 == 0 ? "train/" : "valid/") + "v" + video + "_t_" + frame + ".jpg");
            }
        }

        Split.Sides sides = Split.fraction(0.3).grouped("^(.+)_t_").seed(3).of(Dataset.of(images(names)));

        assertThat(sides.heldOut().images()).hasSize(12);
        assertThat(names(sides.heldOut()).stream().map(SplitTest::video).distinct())
                .hasSize(3);
        assertThat(names(sides.training()).stream().map(SplitTest::video))
                .doesNotContainAnyElementsOf(
                        names(sides.heldOut()).stream().map(SplitTest::video).toList());
    }

    @Test
    void holdsOutTheSmallestGroupWhereAllAreTooLarge() {
        List<String> names = List.of("a1", "a2", "a3", "b1", "b2", "b3", "b4", "b5");

        Split.Sides sides = Split.fraction(0.1).grouped("([ab])").of(Dataset.of(images(names)));

        assertThat(names(sides.heldOut())).containsExactly("a1", "a2", "a3");
    }

    @Test
    void leavesAnImageOnEachSide() {
        Dataset two = Dataset.of(images(List.of("a", "b")));

        assertThat(Split.fraction(0.01).of(two).heldOut().images()).hasSize(1);
        assertThat(Split.fraction(0.99).of(two).training().images()).hasSize(1);
    }

    @Test
    void refusesWhatCannotBeSplit() {
        Dataset one = Dataset.of(images(List.of("a")));
        Dataset two = Dataset.of(images(List.of("a1", "a2")));

        assertThatThrownBy(() -> Split.fraction(0.5).of(one)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Split.fraction(0.5).grouped("(a)").of(two)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Split.fraction(0.5).grouped("(x)").of(two)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Split.fraction(0.5).grouped("a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Split.fraction(0.5).grouped("(")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Split.fraction(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Split.fraction(1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String video(String name) {
        return name.replaceFirst(".*/(v\\d+)_.*", "$1");
    }

    private static List<String> names(Dataset dataset) {
        return dataset.images().stream().map(AnnotatedImage::name).toList();
    }

    private static List<AnnotatedImage> images(List<String> names) {
        return names.stream()
                .map(name -> new AnnotatedImage(name, () -> new Pixels(1, 1, new byte[3]), 1, 1, List.of()))
                .toList();
    }
}

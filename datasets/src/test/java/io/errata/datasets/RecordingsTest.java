package io.errata.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.errata.datasets.format.Coco;
import io.errata.datasets.format.DatasetSpec;
import io.errata.datasets.format.ReadOptions;
import io.errata.datasets.image.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingsTest {

    /** The first number is the recording, the second the frame. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dayride_type1_%03d.mp4_t_%d.jpg",
                "train/video%d_frame_%05d.png",
                "PIR-206_%d_mov-%d_jpg.rf.HASH.jpg",
                "clip%d_mp4-%d_jpg.rf.HASH.jpg",
                "cam%d (%d).jpeg",
                "%d_%06d.jpg",
                "cam%d_00%d_left.tif",
                "IMG_202304%02d_1200%02d.jpg",
                "2023-05-%02d-12-00-%02d.jpg",
                "2023.05.%02d_%04d_png.rf.HASH.png",
                "202305%02d1830%02d.jpg",
                "2023-05-07_site%d_%d.jpg"
            })
    void findsRecordingsOfWhichTheSplitKeepsEachWhole(String form) {
        Random random = new Random(1);
        List<String> names = new ArrayList<>();
        for (int recording = 1; recording <= 8; recording++) {
            for (int frame = 10; frame < 14 + recording; frame++) {
                names.add(String.format(Locale.ROOT, form, recording, frame).replace("HASH", hash(random)));
            }
        }

        Recordings found = Recordings.of(named(names)).orElseThrow();

        assertThat(found.canBeHeldOut()).isTrue();
        assertThat(found.sizes()).containsExactly(12, 11, 10, 9, 8, 7, 6, 5);
        assertThat(found.note().text())
                .contains("8 recordings, the largest of 12 images")
                .endsWith("data.split.group: '" + found.regex() + "'");
        Split split = Split.fraction(0.3).seed(3);
        assertThat(split.of(named(names)).notes()).containsExactly(found.note());
        Split.Sides sides = split.grouped(found.regex()).of(named(names));
        assertThat(sides.notes()).isEmpty();
        assertThat(sides.heldOut().images()).hasSizeBetween(15, 25);
        assertThat(Recordings.of(sides.heldOut()).orElseThrow().sizes()).isSubsetOf(found.sizes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BloodImage_%05d.jpg",
                "%d.jpg",
                "train/%012d.jpg",
                "%d_jpg.rf.HASH.jpg",
                "HASH.jpg",
                "x_HASH_jpg.rf.HASH.jpg",
                "2023-05-01_%04d.jpg",
                "patient%d.png"
            })
    void proposesNothingWhereNamesShowNothing(String form) {
        Random random = new Random(2);
        Dataset images = named(IntStream.range(0, 200)
                .mapToObj(i -> String.format(Locale.ROOT, form, i)
                        .replace("x_HASH", "x_" + hash(random))
                        .replace("HASH", hash(random)))
                .toList());

        assertThat(Recordings.of(images)).isEmpty();
        assertThat(Split.fraction(0.2).of(images).notes()).isEmpty();
    }

    @Test
    void proposesNothingForImagesWithoutFellows() {
        assertThat(Recordings.of(named(List.of()))).isEmpty();
        assertThat(Recordings.of(named(List.of("a1.jpg", "b1.jpg", "c1.jpg")))).isEmpty();
        assertThat(Recordings.of(named(List.of("a.jpg", "b.jpg", "c.jpg")))).isEmpty();
    }

    @Test
    void saysWhyARecordingThatHasNearlyAllImagesCannotBeHeldOut() {
        Dataset images = named(Stream.concat(
                        IntStream.range(0, 95).mapToObj(i -> "a_" + i + ".jpg"),
                        Stream.of("b_1.jpg", "b_2.jpg", "c_1.jpg", "c_2.jpg", "d.jpg"))
                .toList());

        Recordings found = Recordings.of(images).orElseThrow();

        assertThat(found.canBeHeldOut()).isFalse();
        assertThat(found.note().text())
                .contains("the largest of 95 images (a_…)")
                .endsWith("no data.split.group is proposed, as too few of 100 images are outside the largest");
        assertThat(Split.fraction(0.2).of(images).notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "voc:licence_plates_voc_640, 386 82 38 28",
        "yolo:thermal_cheetah_yolo/data.yaml, 20 16 14 13 12 12 10 9 8 7 6 2"
    })
    void proposesTheRecordingsOfRealData(String spec, String sizes) {
        Recordings found = Recordings.of(read(spec)).orElseThrow();

        assertThat(found.canBeHeldOut()).isTrue();
        assertThat(found.sizes().stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .isEqualTo(sizes);
    }

    @Test
    void proposesNothingForRealDataWithoutRecordings() {
        assertThat(Recordings.of(read("voc:bccd_voc"))).isEmpty();
        Path foosball = RealData.folder("foosball_coco");
        assertThat(Stream.of("train", "valid", "test")
                        .map(side -> foosball.resolve(side).resolve("_annotations.coco.json"))
                        .map(file ->
                                Coco.inspect(file, null, ReadOptions.defaults()).dataset())
                        .map(Recordings::of))
                .allMatch(found -> found.isEmpty());
        // Two ways of taking photographs: 311 names begin with IMG_, 52 with cam_image.
        Recordings cards = Recordings.of(read("voc:playing_cards_voc")).orElseThrow();
        assertThat(cards.sizes()).containsExactly(311, 52);
        assertThat(cards.note().text()).endsWith("as recordings must be at least 3");
    }

    private static Dataset read(String spec) {
        int colon = spec.indexOf(':') + 1;
        Path data = RealData.folder(spec.substring(colon));
        return DatasetSpec.parse(spec.substring(0, colon) + data).read().dataset();
    }

    private static Dataset named(List<String> names) {
        return Dataset.of(names.stream()
                .map(name -> new AnnotatedImage(name, () -> new Pixels(1, 1, new byte[3]), 1, 1, List.of()))
                .toList());
    }

    private static String hash(Random random) {
        return String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
    }
}

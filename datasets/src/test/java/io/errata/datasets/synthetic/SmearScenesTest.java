package io.errata.datasets.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import io.errata.datasets.image.Pixels;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SmearScenesTest {

    private static final SmearSettings SMALL = SmearSettings.withDefaults()
            .withImages(12)
            .withSize(240, 180)
            .withCells(10)
            .withConfusers(4);

    @Test
    void givesTheSameBytesOnEveryMachine() {
        // pinned when the scenes were made; a change of it is a change of every number measured on this data set
        assertThat(checksum(SmearSettings.withDefaults().withImages(3))).isEqualTo(1402652110L);
        assertThat(checksum(SMALL.withSeed(7).withLeukocytes(1))).isEqualTo(2460614207L);
    }

    @Test
    void differsBetweenSeedsAndBetweenImages() {
        assertThat(SmearScenes.of(SMALL).draw(0).rgb())
                .isNotEqualTo(SmearScenes.of(SMALL.withSeed(2)).draw(0).rgb())
                .isNotEqualTo(SmearScenes.of(SMALL).draw(1).rgb());
    }

    @Test
    void beginsWithTheImagesOfTheSmallerDataSet() {
        Pixels few = SmearScenes.of(SMALL).draw(11);

        Pixels many = SmearScenes.of(SMALL.withImages(500)).draw(11);

        assertThat(many.rgb()).isEqualTo(few.rgb());
    }

    @Test
    void drawsTheSameFromManyThreads() {
        Dataset dataset = SmearScenes.of(SMALL).dataset();
        List<byte[]> inTurn = dataset.images().stream()
                .map(image -> image.source().read().rgb())
                .toList();

        List<byte[]> atOnce = IntStream.range(0, 96)
                .parallel()
                .mapToObj(i -> dataset.images().get(i % 12).source().read().rgb())
                .toList();

        for (int i = 0; i < atOnce.size(); i++) {
            assertThat(atOnce.get(i)).isEqualTo(inTurn.get(i % 12));
        }
    }

    @Test
    void keepsTargetsWithinTheImageApartAndOfTheStatedSize() {
        Dataset dataset = SmearScenes.of(
                        SmearSettings.withDefaults().withImages(200).withTargets(6))
                .dataset();

        for (AnnotatedImage image : dataset.images()) {
            List<Box> boxes = image.objects().stream().map(GroundTruth::box).toList();
            for (Box box : boxes) {
                assertThat(box.clippedTo(480, 360)).isEqualTo(box);
                assertThat(Math.max(box.width(), box.height())).isBetween(14 - 1e-9, 28 + 1e-9);
                assertThat(Math.min(box.width(), box.height())).isGreaterThan(9);
                assertThat(boxes.stream().filter(other -> other.intersection(box) > 0))
                        .containsExactly(box);
            }
        }
    }

    @Test
    void drawsTargetsWhereTheirBoxesAre() {
        SmearSettings clean = SmearSettings.withDefaults()
                .withImages(40)
                .withConfusers(0)
                .withDebris(0)
                .withNoise(0);
        Dataset dataset = SmearScenes.of(clean).dataset();
        SmearScenes without = SmearScenes.of(clean.withTargets(0));

        for (int i = 0; i < 40; i++) {
            if (dataset.images().get(i).objects().size() == 1) {
                Box box = dataset.images().get(i).objects().get(0).box();
                Box seen = difference(dataset.images().get(i).source().read(), without.draw(i));
                assertThat(seen.iou(box))
                        .as("image %d, %s, seen %s", i, box, seen)
                        .isGreaterThan(0.7);
            }
        }
    }

    @Test
    void leavesSomeImagesWithoutTargets() {
        // P(0) of a Poisson count of mean 1.5 is exp(-1.5) = 0.223
        long empty = SmearScenes.of(SmearSettings.withDefaults().withImages(1000)).dataset().images().stream()
                .filter(image -> image.objects().isEmpty())
                .count();

        assertThat(empty).isBetween(180L, 270L);
    }

    @Test
    void doesNotMoveTargetsWhereOtherThingsChange() {
        Dataset dataset = SmearScenes.of(SMALL).dataset();

        Dataset other = SmearScenes.of(SMALL.withConfusers(30).withDebris(0).withNoise(20))
                .dataset();

        assertThat(other.images().stream().map(AnnotatedImage::objects))
                .isEqualTo(
                        dataset.images().stream().map(AnnotatedImage::objects).toList());
    }

    @Test
    void drawsNothingButLightWhereAllIsTurnedOff() {
        SmearSettings nothing = new SmearSettings(1, 96, 96, 1, 0, 0, 0, 0, 0, 0);

        Pixels pixels = SmearScenes.of(nothing).draw(0);

        for (byte level : pixels.rgb()) {
            assertThat(Byte.toUnsignedInt(level)).isBetween(150, 250);
        }
    }

    @Test
    void skipsWhatFindsNoRoom() {
        SmearSettings crowded = new SmearSettings(2, 96, 96, 1, 400, 10, 40, 200, 200, 3);

        Dataset dataset = SmearScenes.of(crowded).dataset();

        assertThat(dataset.images().get(0).source().read().rgb()).hasSize(3 * 96 * 96);
        assertThat(dataset.objectCount()).isLessThan(40);
    }

    @Test
    void hasNoImageBeyondTheLast() {
        assertThatThrownBy(() -> SmearScenes.of(SMALL).draw(12)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The box around all pixels that differ by more than 20 grey levels in some channel. */
    private static Box difference(Pixels a, Pixels b) {
        int x1 = a.width();
        int y1 = a.height();
        int x2 = 0;
        int y2 = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            if (Math.abs(Byte.toUnsignedInt(a.rgb()[i]) - Byte.toUnsignedInt(b.rgb()[i])) > 20) {
                int x = i / 3 % a.width();
                int y = i / 3 / a.width();
                x1 = Math.min(x1, x);
                y1 = Math.min(y1, y);
                x2 = Math.max(x2, x + 1);
                y2 = Math.max(y2, y + 1);
            }
        }
        return new Box(x1, y1, x2, y2);
    }

    private static long checksum(SmearSettings settings) {
        CRC32 crc = new CRC32();
        for (AnnotatedImage image : SmearScenes.of(settings).dataset().images()) {
            crc.update(image.source().read().rgb());
            for (GroundTruth object : image.objects()) {
                Box box = object.box();
                crc.update(ByteBuffer.allocate(32)
                        .putDouble(box.x1())
                        .putDouble(box.y1())
                        .putDouble(box.x2())
                        .putDouble(box.y2())
                        .array());
            }
        }
        return crc.getValue();
    }
}

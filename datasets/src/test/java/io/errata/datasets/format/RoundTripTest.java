package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.errata.core.geometry.Box;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Dataset;
import io.errata.datasets.GroundTruth;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back, in every format and through any two. */
class RoundTripTest {

    private static final int SEEDS = 8;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.errata.datasets.format.AnnotationFormats#writable")
    void readsBackWhatWasWritten(AnnotationFormat format) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Dataset dataset = new RandomDatasets(seed, true, true).next();

            Dataset read = throughFormat(dataset, format, "set" + seed);

            assertSame(seed, read, expected(dataset, format), 1e-6);
            List<AnnotatedImage> images = byName(read);
            for (int i = 0; i < images.size(); i++) {
                assertThat(images.get(i).source().read().rgb())
                        .isEqualTo(byName(dataset).get(i).source().read().rgb());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coco", "voc", "csv", "cvat"})
    void isExactWhereTheFormatIs(String name) {
        AnnotationFormat format = AnnotationFormats.named(name).orElseThrow();
        for (int seed = 0; seed < SEEDS; seed++) {
            Dataset dataset = new RandomDatasets(seed, true, false).next();
            assertThat(objects(throughFormat(dataset, format, "whole" + seed)))
                    .as("seed %d", seed)
                    .isEqualTo(objects(dataset));
            Dataset fine = new RandomDatasets(seed, false, false).next();
            Dataset read = throughFormat(fine, format, "fine" + seed);
            if (format == Coco.format()) {
                assertSame(seed, read, fine, 1e-13);
            } else {
                assertThat(objects(read)).as("seed %d", seed).isEqualTo(objects(fine));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"coco", "yolo", "cvat"})
    void keepsTheOrderOfTheClassesEvenOfThoseWithoutObjects(String name) {
        AnnotationFormat format = AnnotationFormats.named(name).orElseThrow();
        for (int seed = 0; seed < SEEDS; seed++) {
            Dataset dataset = new RandomDatasets(seed, true, false).next();
            assertThat(throughFormat(dataset, format, "set" + seed).classes()).isEqualTo(dataset.classes());
        }
    }

    static Stream<Arguments> pairs() {
        return AnnotationFormats.writable().stream()
                .flatMap(one -> AnnotationFormats.writable().stream().map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isTheSameThroughTwoFormatsInEitherOrder(AnnotationFormat one, AnnotationFormat other) {
        for (int seed = 0; seed < 2; seed++) {
            Dataset dataset = new RandomDatasets(seed, true, true).next();

            Dataset there = throughFormat(throughFormat(dataset, one, "a" + seed), other, "ab" + seed);
            Dataset back = throughFormat(throughFormat(dataset, other, "b" + seed), one, "ba" + seed);

            Dataset unflagged = keeping(keeping(dataset, one), other);
            double rounding = one == DlibXml.format() || other == DlibXml.format() ? 1 : 1e-6;
            assertSame(seed, there, unflagged, rounding);
            assertSame(seed, there, back, rounding == 1 ? 1.0 + 1e-6 : 2e-6);
        }
    }

    private Dataset throughFormat(Dataset dataset, AnnotationFormat format, String name) {
        Path out = folder.resolve(format.name() + " of " + name);
        DatasetWriter.Written written = DatasetWriter.of(format).write(dataset, out);
        Dataset read = DatasetSpec.parse(written.spec()).read().orThrow();
        assertThat(read.images()).hasSize(written.images());
        assertThat(read.objectCount()).isEqualTo(written.objects());
        assertThat(written.objects() + written.leftOut()).isEqualTo(dataset.objectCount());
        return read;
    }

    /** Objects in pixels, image by image; dlib's on whole ones. */
    private static Dataset expected(Dataset dataset, AnnotationFormat format) {
        Dataset kept = keeping(dataset, format);
        return format == DlibXml.format()
                ? mapping(
                        kept,
                        object -> Stream.of(new GroundTruth(
                                object.label(), DlibWriter.whole(object.box()), 0, object.difficult(), object.crowd())))
                : kept;
    }

    private static Dataset keeping(Dataset dataset, AnnotationFormat format) {
        AnnotationWriter.Flags flags = format.writer().orElseThrow().flags();
        return mapping(
                dataset, object -> Stream.of(object).filter(flags::canHold).map(flags::applyTo));
    }

    private static Dataset mapping(Dataset dataset, Function<GroundTruth, Stream<GroundTruth>> mapping) {
        return new Dataset(
                dataset.classes(),
                dataset.images().stream()
                        .map(image -> image.withObjects(
                                image.objects().stream().flatMap(mapping).toList()))
                        .toList());
    }

    private static void assertSame(int seed, Dataset found, Dataset wanted, double tolerance) {
        List<List<GroundTruth>> expected = objects(wanted);
        List<List<GroundTruth>> read = objects(found);
        assertThat(read).as("seed %d", seed).hasSameSizeAs(expected);
        IntStream.range(0, read.size()).forEach(i -> {
            assertThat(read.get(i)).as("seed %d", seed).hasSameSizeAs(expected.get(i));
            for (int j = 0; j < read.get(i).size(); j++) {
                GroundTruth one = read.get(i).get(j);
                GroundTruth other = expected.get(i).get(j);
                assertThat(one.label()).isEqualTo(other.label());
                assertThat(one.ignored()).as("seed %d", seed).isEqualTo(other.ignored());
                double[] sides = sides(one.box());
                assertThat(sides).as("seed %d", seed).containsExactly(sides(other.box()), within(tolerance));
            }
        });
    }

    private static double[] sides(Box box) {
        return new double[] {box.x1(), box.y1(), box.x2(), box.y2()};
    }

    private static List<List<GroundTruth>> objects(Dataset dataset) {
        return byName(dataset).stream().map(AnnotatedImage::objects).toList();
    }

    /** In the order of the file names, which is that of the images before they were written. */
    private static List<AnnotatedImage> byName(Dataset dataset) {
        return dataset.images().stream()
                .sorted(Comparator.comparing(
                        image -> image.name().substring(image.name().lastIndexOf('/') + 1)))
                .toList();
    }
}

package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.datasets.Reading;
import io.errata.datasets.userformat.TabFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnnotationFormatsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.errata.datasets.format.AnnotationFormats#all")
    void isDescribedByItself(AnnotationFormat format) {
        assertThat(format.form()).startsWith(format.name() + ":" + format.target());
        assertThat(format.description()).isNotBlank();
        assertThat(AnnotationFormats.named(format.name()).orElseThrow()).hasSameClassAs(format);
        format.writer().ifPresent(writer -> {
            boolean oneFlag = List.of(AnnotationWriter.Flags.CROWD, AnnotationWriter.Flags.DIFFICULT)
                    .contains(writer.flags());
            assertThat(writer.flagName().isEmpty()).isEqualTo(!oneFlag);
            assertThat(writer.losses()).endsWith(".");
        });
    }

    @Test
    void namesTheFormsOfAllAndTheNearestOfAMisspeltOne() {
        assertThatThrownBy(() -> DatasetSpec.parse("cocoo:a.json"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a data set must be voc:DIR[:SPLIT], coco:FILE.json[:IMAGES], ")
                .hasMessageContaining("synthetic:NAME[?key=value&…] or tab:FILE.tab, found cocoo:a.json")
                .hasMessageEndingWith("; did you mean coco?");
        assertThatThrownBy(() -> DatasetSpec.parse("data.json")).hasMessageEndingWith("found data.json");
    }

    @Test
    void findsAFormatOnTheClassPathAfterErratasOwn() throws IOException {
        Samples.image(folder.resolve("a.png"), 20, 10);
        Path file = Files.writeString(
                folder.resolve("data.tab"), "a.png\tcat\t1\t2\t9\t8\na.png\tcat\t1\t2\nb.png\tdog\t1\t2\t9\t8\n");

        Reading reading = DatasetSpec.parse("tab:" + file).read();

        assertThat(Samples.kinds(reading)).containsExactly("bad-value", "missing-image");
        assertThat(reading.dataset().objectCount()).isEqualTo(1);
        List<AnnotationFormat> all = AnnotationFormats.all();
        assertThat(all.get(all.size() - 1)).isInstanceOf(TabFormat.class);
        assertThat(DatasetSpec.parse("tab:" + file).format()).isInstanceOf(TabFormat.class);
    }

    @Test
    void writesOnlyWhatCanBeWritten() {
        assertThat(AnnotationFormats.names(AnnotationFormats.writable()))
                .doesNotContain("synthetic")
                .contains("tab");
        assertThatThrownBy(() -> DatasetWriter.of(SyntheticFormat.format()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found synthetic");
    }

    @Test
    void listsForPeople() {
        assertThat(AnnotationFormats.orList(List.of())).isEmpty();
        assertThat(AnnotationFormats.orList(List.of("a"))).isEqualTo("a");
        assertThat(AnnotationFormats.orList(List.of("a", "b", "c"))).isEqualTo("a, b or c");
    }
}

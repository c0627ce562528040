package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Reading;
import io.errata.datasets.RealData;
import io.errata.datasets.image.ImageFile;
import io.errata.datasets.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetSpecTest {

    @TempDir
    Path folder;

    @Test
    void keepsTheListedImages() {
        Path data = RealData.folder("");

        assertThat(read("yolo:" + data + "/thermal_cheetah_yolo/data.yaml@" + data + "/splits/cheetah_train.txt"))
                .hasSize(94);
        assertThat(read("voc:" + data + "/licence_plates_voc_640@" + data + "/splits/plates_test.txt"))
                .hasSize(60);
        assertThat(read("voc:" + data + "/bccd_voc:test")).hasSize(72);
        assertThat(read("coco:" + data + "/foosball_coco/test/_annotations.coco.json:" + data + "/foosball_coco/test"))
                .hasSize(14);
    }

    @Test
    void takesTheLongestNameThatExists() throws IOException {
        Path odd = folder.resolve("a@b:c?d=1 & #%20 [x]+é");
        Samples.image(odd.resolve("im@ges:1?/a.png"), 20, 10);
        Path csv = Samples.text(odd.resolve("t@b?le:1.csv"), "filename,class,xmin,ymin,xmax,ymax\na.png,cat,1,1,5,5\n");
        Path list = Samples.text(odd.resolve("l@st?.txt"), "a\n");
        String spec = "csv:" + csv + ":" + odd.resolve("im@ges:1?");

        assertThat(read(spec)).hasSize(1);
        assertThat(read(spec + "?max_megapixels=1")).hasSize(1);
        assertThat(read(spec + "@" + list)).hasSize(1);
        assertThat(read(spec + "?max_megapixels=1&outside=allow@" + list)).hasSize(1);
        assertThat(read("images:" + odd)).hasSize(1);
        assertThat(read("images:" + odd + "@" + list)).hasSize(1);
    }

    @Test
    void doesNotTellProblemsOfImagesThatAreNotListed() throws IOException {
        Path bccd = RealData.folder("bccd_voc");
        Path list = Files.writeString(
                folder.resolve("list.txt"), "BloodImage_00000.jpg\nJPEGImages/BloodImage_00001\nnone\n");

        Reading reading = DatasetSpec.parse("voc:" + bccd + "@" + list).read();

        assertThat(reading.dataset().images()).hasSize(2);
        assertThat(reading.problems()).extracting(Problem::kind).containsExactly("unknown-image");
        assertThat(reading.problems().get(0).line()).isEqualTo(3);
    }

    @Test
    void readsAnnotationsWithoutImages() {
        Path toy = RealData.folder("ap_cases/padilla_toyexample/gts_vocpascal_format");

        Reading reading = DatasetSpec.parse("voc:" + toy).readAnnotations();

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.dataset().images()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "voc",
                "voc:",
                "tfrecord:x",
                "voc:@list.txt",
                "voc:a@",
                "coco:a.json:",
                "voc:\0",
                "synthetic:x?a",
                "synthetic:x?a=1&a=2"
            })
    void refusesWhatHasNoneOfItsForms(String spec) {
        assertThatThrownBy(() -> DatasetSpec.parse(spec))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems().get(0).kind()).isEqualTo("bad-spec"));
    }

    @Test
    void tellsAMissingListAndAnUnknownSyntheticName() {
        assertThat(DatasetSpec.parse("voc:.@none.txt").read().problems())
                .extracting(Problem::kind)
                .containsExactly("missing-file");
        assertThat(DatasetSpec.parse("synthetic:no-such-scene").read().problems())
                .hasSize(1);
    }

    @Test
    void takesAPathWithAColonWhereItExists() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("a:b"));
        ImageFile.write(new Pixels(1, 1, new byte[3]), odd.resolve("x.png"));
        Files.writeString(odd.resolve("x.xml"), "<annotation/>");

        assertThat(read("voc:" + odd)).hasSize(1);
        assertThat(DatasetSpec.parse("voc:" + odd).toString()).isEqualTo("voc:" + odd);
    }

    @Test
    void unitesClassesAndKeepsNamesUnique() throws IOException {
        for (String set : List.of("one", "two")) {
            ImageFile.write(new Pixels(9, 9, new byte[243]), folder.resolve(set).resolve("x.png"));
            Files.writeString(
                    folder.resolve(set).resolve("x.xml"),
                    "<annotation><object><name>" + set + "</name><bndbox><xmin>0</xmin><ymin>0</ymin><xmax>5</xmax>"
                            + "<ymax>5</ymax></bndbox></object></annotation>");
        }
        DatasetSpec two = DatasetSpec.parse("voc:" + folder.resolve("two"));

        Reading both = DatasetSpec.readAll(List.of(two, DatasetSpec.parse("voc:" + folder.resolve("one")), two));

        assertThat(both.dataset().classes()).containsExactly("two", "one");
        assertThat(both.dataset().images()).extracting(AnnotatedImage::name).containsExactly("x.png", "2/x.png");
        assertThat(both.problems()).extracting(Problem::kind).containsExactly("duplicate-image");
    }

    private static List<AnnotatedImage> read(String spec) {
        return DatasetSpec.parse(spec).read().validPart().images();
    }
}

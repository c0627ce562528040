package io.errata.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.errata.datasets.AnnotatedImage;
import io.errata.datasets.Note;
import io.errata.datasets.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFoldersTest {

    private static final String ACCENT = Normalizer.normalize("é", Normalizer.Form.NFD);

    @TempDir
    Path folder;

    private Path set = Path.of("");

    @BeforeEach
    void makeTheFolder() throws IOException {
        set = Files.createDirectory(folder.resolve("set"));
    }

    @ParameterizedTest
    @CsvSource({
        "images/a.jpg, images/a.jpg, images/a.jpg",
        "./images/a.jpg, images/a.jpg, ./images/a.jpg",
        "images\\a.jpg, images/a.jpg, images/a.jpg",
        ".\\images\\a.jpg, images/a.jpg, images/a.jpg",
        "images%5Ca%20b.jpg, images/a b.jpg, images/a b.jpg",
        "a%20+b.jpg, a +b.jpg, a +b.jpg",
        "a b.jpg, a%20b.jpg, a%20b.jpg",
        "100%.JPG, 100%.jpg, 100%.jpg",
        "Images\\A.JPG, images/a.jpg, images/a.jpg",
        "CAF\u00c9.jpg, cafe\u0301.jpg, cafe\u0301.jpg",
        "caf%C3%A9.jpg, cafe\u0301.jpg, cafe\u0301.jpg",
        "images/a, images/a.jpg, images/a.jpg",
        "v1.2, v1.2.png, v1.2.png",
        "C:\\Users\\x\\images\\a.jpg, images/a.jpg, images/a.jpg",
        "D:/b/A.jpg, a.jpg, a.jpg",
        "/home/x/train/a.jpg, train/a.jpg, train/a.jpg",
        "\\\\server\\share\\a.jpg, a.jpg, a.jpg"
    })
    void findsTheFileThatIsMeant(String said, String file, String name) throws IOException {
        Path image = Samples.image(set.resolve(file), 9, 9);

        NamedFile found = find(said);

        assertThat(found.path()).isRegularFile();
        assertThat(found.path().toRealPath()).isEqualTo(image.toRealPath());
        assertThat(found.name()).isEqualTo(name);
        assertThat(found.rivals()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b.jpg", "a.png", "images", "x/../../set/A.jpg", "C:\\x\\b.jpg", "http://host/b.jpg", "a%ZZ"})
    void givesTheNameItselfWhereThereIsNoFile(String said) throws IOException {
        Samples.image(set.resolve("images/a.jpg"), 9, 9);

        assertThat(find(said)).isEqualTo(NamedFile.of(said, set.resolve(said), said));
    }

    @Test
    void takesTheNameAsItIsBeforeAnyOther() throws IOException {
        Path real = set.resolve("images\\a.jpg");
        assumeTrue(!real.getFileSystem().getSeparator().equals("\\"));
        Samples.image(real, 9, 9);
        Samples.image(set.resolve("images/a.jpg"), 8, 8);
        Samples.image(set.resolve("a%20b.jpg"), 9, 9);
        Samples.image(set.resolve("a b.jpg"), 8, 8);

        assertThat(find("images\\a.jpg").path()).isEqualTo(real);
        assertThat(find("images\\a.jpg").name()).isEqualTo("images\\a.jpg");
        assertThat(find("a%20b.jpg").path()).isEqualTo(set.resolve("a%20b.jpg"));
        assertThat(read("images\\\\a.jpg").orThrow().images().get(0).width()).isEqualTo(9);
    }

    @Test
    void takesTheOneThatDiffersLess() throws IOException {
        Samples.image(set.resolve("caf" + ACCENT + ".jpg"), 9, 9);
        Samples.image(set.resolve("CAF" + ACCENT + ".jpg"), 9, 9);

        assertThat(find("caf\u00e9.jpg").name()).isEqualTo("caf" + ACCENT + ".jpg");
        assertThat(find("caf\u00e9.jpg").rivals()).isEmpty();
    }

    @Test
    void doesNotGuessBetweenTwoFiles() throws IOException {
        Samples.image(set.resolve("a.jpg"), 9, 9);
        Samples.image(set.resolve("images/A.JPG"), 9, 9);
        Samples.image(set.resolve("b.jpg"), 9, 9);
        Samples.image(set.resolve("b.png"), 9, 9);

        assertThat(find("a.JPG").rivals()).containsExactly(set.resolve("a.jpg"), set.resolve("images/A.JPG"));
        assertThat(find("a.jpg").rivals()).isEmpty();
        assertThat(find("b").rivals()).containsExactly(set.resolve("b.jpg"), set.resolve("b.png"));
        Reading reading = read("a.JPG");
        assertThat(Samples.kinds(reading)).containsExactly("ambiguous-name");
        assertThat(reading.problems().get(0).problem())
                .contains("found a.JPG", set.resolve("a.jpg").toString(), "images/A.JPG");
    }

    @Test
    void takesTwoPathsOfOneFileForOne() throws IOException {
        Samples.image(set.resolve("a.jpg"), 9, 9);
        Files.createSymbolicLink(set.resolve("A.jpg"), set.resolve("a.jpg"));

        assertThat(find("a.JPG").rivals()).isEmpty();
    }

    @Test
    void leadsNowhereOutsideByAnySpelling() throws IOException {
        Samples.image(folder.resolve("outside/b.jpg"), 9, 9);

        for (String said : List.of("../outside/b.jpg", "..\\\\outside\\\\b.jpg")) {
            assertThat(Samples.kinds(read(said))).containsExactly("outside-dataset");
        }
        assertThat(Samples.kinds(read("..%2Foutside%2Fb.jpg"))).containsExactly("missing-image");
        assertThat(Samples.kinds(read("../Outside/b.jpg"))).containsExactly("missing-image");
    }

    @Test
    void takesAnAbsolutePathIntoTheSet() throws IOException {
        Path image = Samples.image(set.resolve("images/a.jpg"), 9, 9);

        assertThat(read(image.toString()).orThrow().images())
                .extracting(AnnotatedImage::name)
                .containsExactly("images/a.jpg");
    }

    @Test
    void saysOnceThatPathsAreOfAnotherMachine() throws IOException {
        Samples.image(set.resolve("a.jpg"), 9, 9);
        Samples.image(set.resolve("b.jpg"), 9, 9);

        Reading reading = read("C:\\\\x\\\\a.jpg", "/nowhere/b.jpg");

        assertThat(reading.orThrow().images()).extracting(AnnotatedImage::name).containsExactly("a.jpg", "b.jpg");
        assertThat(reading.notes()).extracting(Note::kind).containsOnlyOnce("names-by-last-part");
    }

    @Test
    void isTheSameForAllFormatsThatNameImages() throws IOException {
        Samples.image(set.resolve("images/a.jpg"), 20, 10);
        Samples.text(set.resolve("a.csv"), "filename,class,xmin,ymin,xmax,ymax\nimages\\A.jpg,cat,1,1,9,9\n");
        Samples.text(
                set.resolve("dlib.xml"),
                "<dataset><images><image file='images\\A.jpg'><box left='1' top='1' width='8' height='8'>"
                        + "<label>cat</label></box></image></images></dataset>");
        Samples.text(
                set.resolve("cvat.xml"),
                "<annotations><image name='images\\A.jpg'><box label='cat' xtl='1' ytl='1' xbr='9' ybr='9'/></image>"
                        + "</annotations>");
        Samples.text(set.resolve("a.json"), """
                {"images": [{"id": 1, "file_name": "images\\\\A.jpg"}], "categories": [{"id": 1, "name": "cat"}],
                 "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 1, 8, 8]}]}""");

        for (String spec : List.of("csv:a.csv", "dlib:dlib.xml", "cvat:cvat.xml", "coco:a.json")) {
            String form = spec.replace(":", ":" + set + "/");
            Reading reading = DatasetSpec.parse(form).read();
            assertThat(reading.orThrow().images()).as(spec).hasSize(1);
            assertThat(reading.dataset().images().get(0).name()).as(spec).isEqualTo("images/a.jpg");
            assertThat(reading.dataset().objectCount()).as(spec).isEqualTo(1);
        }
    }

    private NamedFile find(String said) {
        return ImageFolders.of(set.resolve("a.csv"), null).find(said, true).orElseThrow();
    }

    /** A COCO file that names these images. */
    private Reading read(String... names) throws IOException {
        StringBuilder images = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            images.append(i == 0 ? "" : ",").append("{\"id\":" + i + ",\"file_name\":\"" + names[i] + "\"}");
        }
        Path json = Samples.text(
                set.resolve("names.json"), "{\"images\":[" + images + "],\"annotations\":[],\"categories\":[]}");
        return Coco.inspect(json, null, ReadOptions.defaults());
    }
}

package io.errata.detection.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.geometry.Box;
import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import io.errata.detection.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoResultsTest {

    @TempDir
    private Path folder = Path.of("");

    private List<List<Detection>> read(String json) throws IOException {
        Path file = folder.resolve("results.json");
        Files.writeString(file, json);
        return CocoResults.read(file, List.of("30", "10"), Map.of("1", "cat", "2", "dog"));
    }

    private List<Problem> problems(String json) {
        return catchThrowableOfType(InvalidInputException.class, () -> read(json))
                .problems();
    }

    @Test
    void givesDetectionsInTheOrderOfTheImages() throws IOException {
        assertThat(read("""
                [{"image_id": 10, "category_id": 2, "bbox": [1, 2, 3.5, 4], "score": 0.5, "segmentation": {}},
                 {"image_id": 30, "category_id": 1, "bbox": [0, 0, 0, 1], "score": -3},
                 {"image_id": 10, "category_id": 1, "bbox": [5, 5, 1, 1], "score": 1}]"""))
                .containsExactly(
                        List.of(new Detection("cat", -3, new Box(0, 0, 0, 1))),
                        List.of(
                                new Detection("dog", 0.5, new Box(1, 2, 4.5, 6)),
                                new Detection("cat", 1, new Box(5, 5, 6, 6))));
        assertThat(read("[]")).containsExactly(List.of(), List.of());
    }

    @Test
    void reportsAllProblemsWithTheirPlaces() {
        assertThat(problems("""
                [{"image_id": 11, "category_id": 9, "bbox": [1, 2, 3], "score": "high"},
                 {"image_id": 11, "category_id": 1, "bbox": [1, 2, -3, 1e999], "score": 1e999},
                 {"image_id": 1.5, "bbox": [1, 2, 3, null]},
                 17]"""))
                .extracting(problem -> problem.line() + " " + problem.key() + " " + problem.kind())
                .containsExactly(
                        "1 [0].image_id unknown-id",
                        "1 [0].category_id unknown-id",
                        "1 [0].score invalid-number",
                        "1 [0].bbox invalid-box",
                        "2 [1].score invalid-number",
                        "2 [1].bbox[3] invalid-number",
                        "2 [1].bbox invalid-box",
                        "3 [2].image_id invalid-id",
                        "3 [2].category_id invalid-id",
                        "3 [2].score invalid-number",
                        "3 [2].bbox[3] invalid-number",
                        "4 [3] not-an-object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}           | not-an-array
                    ''           | not-an-array
                    [] []        | trailing-content
                    [{           | invalid-json
                    [{"a":1,"a":2}] | invalid-json
                    [NaN]        | not-an-object
                    """)
    void refusesWhatIsNoArrayOfDetections(String json, String kind) {
        assertThat(problems(json)).extracting(Problem::kind).containsExactly(kind);
    }

    @Test
    void refusesImagesOfOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CocoResults.read(folder, List.of("1", "1"), Map.of()))
                .withMessage("imageIds must differ, found 1 different ones of 2");
    }

    @Test
    void tellsWhichFileCannotBeRead() {
        Path missing = folder.resolve("missing.json");
        InvalidInputException thrown =
                catchThrowableOfType(InvalidInputException.class, () -> CocoResults.read(missing, List.of(), Map.of()));
        assertThat(thrown.problems()).extracting(Problem::kind).containsExactly("unreadable-file");
        assertThat(thrown).hasMessageStartingWith(missing + ": does not exist");
    }
}

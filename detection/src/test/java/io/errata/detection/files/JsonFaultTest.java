package io.errata.detection.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.errata.core.problem.ArgumentChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {

    @TempDir
    Path folder;

    record Inner(int patch, double context, boolean flipped) {

        Inner {
            ArgumentChecks.check(patch > 0, "patch", "must be > 0", patch);
        }
    }

    record Outer(String name, List<String> labels, Inner inner, List<Inner> all) {

        Outer {
            labels = List.copyOf(labels);
            all = List.copyOf(all);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "labels": ["a"]             | "labels": null              | labels must be given, found null
            "labels": ["a"]             | "labels": ["a", null]       | labels must hold no null, found one
            "labels": ["a"]             | "labels": 3                 | labels must be a list, found 3
            "all": []                   | "all": [], "x": 3           | x is no key of this version
            "labels": ["a"],            | ``                          | labels must be given, found none
            "inner": {"patch": 1        | "inner": {"patch": "x"      | inner.patch must be a whole number, found "x"
            "inner": {"patch": 1        | "inner": {"patch": 0        | inner.patch must be > 0, found 0
            "context": 0.5              | "context": []               | inner.context must be a number, found []
            "flipped": true             | "flipped": "perhaps"        | inner.flipped must be true or false, found "perhaps"
            "name": "n"                 | "name": {"a": 1}            | name must be a text, found {"a":1}
            "all": []                   | "all": [{"patch": 1}]       | all[0].context must be given, found none
            "all": []                   | "all": [{"patch": 99999999999, "context": 1, "flipped": true}] | all[0].patch must be in range, found 99999999999
            {"name": "n",               | [                           | it is no whole JSON
            {"name": "n",               | {"name" "n",                | it is no whole JSON
            """)
    void namesTheKeyAndNoClassOfJava(String good, String bad, String said) throws IOException {
        String json =
                "{\"name\": \"n\", \"labels\": [\"a\"], \"inner\": {\"patch\": 1, \"context\": 0.5, \"flipped\": true},"
                        + " \"all\": []}";
        assertThat(json).contains(good);
        Path file = Files.writeString(folder.resolve("a.json"), json.replace(good, bad == null ? "" : bad));

        Throwable refused = catchThrowable(() -> VersionedJson.read(file, Outer.class, 1, "x"));

        assertThat(refused).isInstanceOf(IOException.class).hasMessageStartingWith("a.json: " + said);
        assertThat(refused).hasMessageNotContainingAny("java", "io.errata", "Exception", "`");
    }

    @Test
    void shortensWhatIsLong() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{\"name\": [\"" + "x".repeat(100_000) + "\"]}");

        Throwable refused = catchThrowable(() -> VersionedJson.read(file, Outer.class, 1, "x"));

        assertThat(refused.getMessage()).hasSizeLessThan(200);
    }

    @Test
    void readsRegularFilesOnly() {
        assertThat(catchThrowable(() -> VersionedJson.read(folder, Outer.class, 1, "x")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no regular file");
        assertThat(catchThrowable(() -> VersionedJson.read(folder.resolve("b.json"), Outer.class, 1, "x")))
                .hasMessage("b.json is missing");
    }
}

package io.errata.mining.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.errata.core.problem.InvalidInputException;
import io.errata.core.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations that are too long, or that YAML reads otherwise than it looks. */
class HostileYamlTest {

    @Test
    @Timeout(20)
    void tellsTwoHundredThousandUnknownKeysInTime() {
        String keys =
                IntStream.range(0, 200_000).mapToObj(i -> "key" + i + ": 1\n").collect(Collectors.joining());

        List<Problem> problems = problems("data: {train: \"csv:x\"}\n" + keys);

        assertThat(problems).hasSize(200_000);
        assertThat(problems.get(0).problem()).startsWith("unknown key; known here: data");
        assertThat(problems.get(100)).hasToString("a.yaml:102: key100: unknown key");
    }

    @ParameterizedTest
    @CsvSource({"'data: {train: ',}", "'',': 1'", "'','' ", "'data: {train: !!',' x}'", "'- ',''"})
    @Timeout(20)
    void showsALongValueByItsBeginning(String before, String after) {
        List<Problem> problems = problems(before + "x".repeat(3_000_000) + after + "\n");

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).toString())
                .hasSizeLessThan(300)
                .contains("xxx")
                .contains("found 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data: {train: synthetic:smear?images=4}          | in quotes: "synthetic:smear?images=4"
            data: {train: [voc:x, synthetic:smear?images=4]} | in quotes: "synthetic:smear?images=4"
            data: {train: csv:a.csv?bits=12, seed: 3}        | in quotes: "csv:a.csv?bits=12"
            data: {train: yolo: data.yaml}                   | in quotes: "yolo: data.yaml"
            data: {train:coco:a.json}                        | data.train:coco:a.json: unknown key; a space must follow the colon of a key: train: "coco:a.json"
            data: {train: {synthetic:smear}}                 | a text that is meant stands without { }, or in quotes: "synthetic:smear"
            """)
    void saysHowToWriteWhatYamlReadsOtherwise(String yaml, String said) {
        assertThat(problems(yaml).get(0).toString()).startsWith("a.yaml:1: ").contains(said);
    }

    private static List<Problem> problems(String yaml) {
        return catchThrowableOfType(
                        InvalidInputException.class,
                        () -> SettingsBinder.bind(
                                YamlDocument.read(yaml, "a.yaml"), RunConfig.of(DataSettings.of("csv:x"))))
                .problems();
    }
}

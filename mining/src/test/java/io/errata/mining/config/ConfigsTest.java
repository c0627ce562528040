package io.errata.mining.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in {@code configs/} can be used. */
class ConfigsTest {

    private static final Path CONFIGS = Path.of(System.getProperty("errata.root", ".."), "configs");

    static List<Path> configs() throws IOException {
        try (Stream<Path> files = Files.list(CONFIGS)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void loadsWithTheDataOfItsExample(Path file) throws IOException {
        Matcher example = Pattern.compile("--set (data\\.train=\\S+)").matcher(Files.readString(file));
        List<String> sets = example.find() ? List.of(example.group(1)) : List.of();

        RunConfig config = RunConfig.load(file, sets);

        assertThat(config.data().train()).hasSize(1);
        assertThat(RunConfig.parse(config.toYaml(), List.of())).isEqualTo(config);
    }

    @Test
    void startsQuicklyWithoutAnyData() {
        assertThat(RunConfig.load(CONFIGS.resolve("quickstart.yaml"), List.of())
                        .data()
                        .train())
                .containsExactly("synthetic:smear");
    }

    @ParameterizedTest
    @CsvSource({
        "plates.yaml, train/images/dayride_type1_001.mp4_t_56.jpg, dayride_type1_001.mp4",
        "plates.yaml, valid/images/nightride_type3_001.mp4_t_8.jpg, nightride_type3_001.mp4",
    })
    void keepsFramesOfOneVideoTogether(String file, String image, String group) {
        RunConfig config = RunConfig.load(CONFIGS.resolve(file), List.of("data.train=voc:DIR"));
        Matcher matcher =
                Pattern.compile(String.valueOf(config.data().split().group())).matcher(image);
        assertThat(matcher.find()).isTrue();
        assertThat(matcher.group(1)).isEqualTo(group);
    }
}

package io.errata.detection.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {

    record Figures(
            int roundCount,
            double ap50,
            double lamr,
            @Nullable Integer bestRound,
            List<Double> all) {}

    @Test
    void writesWhatIsNotFiniteAsNullAndReadsItAsNaN() throws JsonProcessingException {
        Figures figures = new Figures(2, 0.25, Double.NaN, null, List.of(1.5, Double.NEGATIVE_INFINITY));

        String text = Json.MAPPER.writeValueAsString(figures);

        assertThat(text.replaceAll("\\s", ""))
                .isEqualTo("{\"round_count\":2,\"ap50\":0.25,\"lamr\":null,\"best_round\":null,\"all\":[1.5,null]}");
        assertThat(Json.MAPPER.readValue(text, Figures.class))
                .isEqualTo(new Figures(2, 0.25, Double.NaN, null, List.of(1.5, Double.NaN)));
    }

    @Test
    void readsEveryDoubleAsItWas() throws JsonProcessingException {
        for (double value : new double[] {0.1 + 0.2, 1e-300, -0.0, 3, Double.MIN_VALUE, Double.MAX_VALUE}) {
            Figures figures = new Figures(0, value, value, 1, List.of());

            assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(figures), Figures.class))
                    .isEqualTo(figures);
        }
    }

    @Test
    void refusesWhatIsMissingUnknownOrTwice() {
        String rest = "\"lamr\": 1, \"best_round\": 1, \"all\": []";
        assertThatExceptionOfType(MismatchedInputException.class)
                .isThrownBy(() -> Json.MAPPER.readValue("{\"ap50\": 1, " + rest + "}", Figures.class))
                .withMessageContaining("round_count");
        assertThatExceptionOfType(MismatchedInputException.class)
                .isThrownBy(() -> Json.MAPPER.readValue(
                        "{\"round_count\": 1, \"ap51\": 1, \"ap50\": 1, " + rest + "}", Figures.class))
                .withMessageContaining("ap51");
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> Json.MAPPER.readTree("{\"a\": 1, \"a\": 2}"))
                .withMessageContaining("Duplicate");
        assertThatExceptionOfType(MismatchedInputException.class)
                .isThrownBy(() ->
                        Json.MAPPER.readValue("{\"round_count\": 1, \"ap50\": [1], " + rest + "}", Figures.class));
    }
}

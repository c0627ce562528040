package io.errata.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    private static final String ESCAPE = Character.toString(0x1B);

    @Test
    void showsWhatATerminalWouldObey() {
        assertThat(Printable.of("a" + ESCAPE + "[31m\nb\tc\r" + Character.toString(7)))
                .isEqualTo("a\\u001B[31m\\u000Ab\\u0009c\\u000D\\u0007");
        for (int code : new int[] {
            0, 0x1F, 0x7F, 0x80, 0x9B, 0x9F, 0x61C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0x2028, 0x2029
        }) {
            assertThat(Printable.of(Character.toString(code))).isEqualTo(String.format("\\u%04X", code));
        }
    }

    @Test
    void leavesAllWritingAsItIs() {
        String text = "Zelle ä 細胞 خلية \uD83D\uDE00 — “x” \u00A0~";

        assertThat(Printable.of(text)).isSameAs(text);
        assertThat(Printable.of("")).isEmpty();
    }

    @Test
    void makesAProblemOneLine() {
        Problem problem = new Problem("a\nb.jpg", 3, "k" + ESCAPE, "must be x, found \u202Ey", "bad-value");

        assertThat(problem).hasToString("a\\u000Ab.jpg:3: k\\u001B: must be x, found \\u202Ey");
        assertThat(new InvalidInputException(problem)).hasMessage(problem.toString());
    }
}

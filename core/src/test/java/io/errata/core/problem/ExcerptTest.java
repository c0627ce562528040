package io.errata.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void leavesAShortTextAsItIs() {
        assertThat(Excerpt.of("")).isEmpty();
        assertThat(Excerpt.of("x".repeat(80))).isEqualTo("x".repeat(80));
    }

    @Test
    void endsALongTextWithAnEllipsisWithinTheLimit() {
        assertThat(Excerpt.of("x".repeat(81))).isEqualTo("x".repeat(79) + "…");
        assertThat(Excerpt.of("abcdef", 4)).isEqualTo("abc…");
        assertThat(Excerpt.of("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Excerpt.of("abcdef", 1)).isEqualTo("…");
    }
}

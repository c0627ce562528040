package io.errata.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> KNOWN = List.of("focal", "softmax_focal", "varifocal", "bce", "dice", "ghm");

    @ParameterizedTest
    @CsvSource({"focl, focal", "focall, focal", "vocal, focal", "softmaxfocal, softmax_focal", "bse, bce", "dise, dice"
    })
    void findsTheWordMeant(String word, String meant) {
        assertThat(Spelling.nearest(word, KNOWN)).contains(meant);
        assertThat(Spelling.hint(word, KNOWN)).isEqualTo("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"xyz", "qrst", "hinge", "cross_entropy"})
    void findsNothingWhereNoWordIsNear(String word) {
        assertThat(Spelling.nearest(word, KNOWN)).isEmpty();
        assertThat(Spelling.hint(word, KNOWN)).isEmpty();
    }

    /** One edit of the three letters is allowed, two are not; of four letters, two. */
    @Test
    void allowsFewerEditsInShortWords() {
        assertThat(Spelling.nearest("abc", List.of("abd"))).contains("abd");
        assertThat(Spelling.nearest("abc", List.of("ade"))).isEmpty();
        assertThat(Spelling.nearest("abcd", List.of("abef"))).contains("abef");
        assertThat(Spelling.nearest("abcd", List.of("aefg"))).isEmpty();
    }

    @Test
    void takesTheFirstOfSeveralEquallyNear() {
        assertThat(Spelling.nearest("beta", List.of("beto", "bets"))).contains("beto");
        assertThat(Spelling.nearest("beta", List.of("bets", "beto"))).contains("bets");
        assertThat(Spelling.nearest("beta", List.of())).isEmpty();
    }
}

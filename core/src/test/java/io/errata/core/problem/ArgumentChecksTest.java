package io.errata.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ArgumentChecksTest {

    @Test
    void namesTheArgumentTheRuleAndTheValueFound() {
        assertThatThrownBy(() -> ArgumentChecks.check(false, "alpha", "must be in (0, 1)", 2.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha must be in (0, 1), found 2.0");
        assertThat(ArgumentChecks.failure("boxes", "must be [N, 4]", null))
                .hasMessage("boxes must be [N, 4], found null");
    }

    @Test
    void throwsEveryBrokenRuleAtOnceAndInOrder() {
        ArgumentChecks checks = new ArgumentChecks()
                .require(false, "alpha", "must be in (0, 1)", 2.0)
                .require(true, "beta", "must be > 0", 1.0)
                .require(false, "gamma", "must be >= 0", -1);

        InvalidArgumentException thrown = catchThrowableOfType(InvalidArgumentException.class, checks::verify);

        assertThat(checks.isValid()).isFalse();
        assertThat(thrown).hasMessage("alpha must be in (0, 1), found 2.0; gamma must be >= 0, found -1");
        assertThat(thrown.problems()).extracting(Problem::key).containsExactly("alpha", "gamma");
        assertThat(thrown.problems())
                .extracting(Problem::problem)
                .containsExactly("must be in (0, 1), found 2.0", "must be >= 0, found -1");
    }

    @Test
    void isSilentWhereNoRuleIsBroken() {
        ArgumentChecks checks = new ArgumentChecks()
                .require(true, "alpha", "must be in (0, 1)", 0.5)
                .requireFinite("scores", new float[] {-1, 0, Float.MAX_VALUE})
                .requireFinite("logits", new double[0]);

        assertThat(checks.isValid()).isTrue();
        assertThatCode(checks::verify).doesNotThrowAnyException();
        assertThatCode(() -> ArgumentChecks.check(true, "alpha", "must be in (0, 1)", 0.5))
                .doesNotThrowAnyException();
    }

    @Test
    void namesTheFirstValueThatIsNotFinite() {
        ArgumentChecks checks = new ArgumentChecks()
                .requireFinite("scores", new float[] {0, Float.NaN, Float.NaN})
                .requireFinite("logits", new double[] {Double.NEGATIVE_INFINITY, Double.NaN});

        assertThatThrownBy(checks::verify)
                .hasMessage("scores must be finite, found NaN at index 1; "
                        + "logits must be finite, found -Infinity at index 0");
    }
}

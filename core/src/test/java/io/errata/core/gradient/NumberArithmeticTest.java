package io.errata.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NumberArithmeticTest {

    @Test
    void lossesDoItOnlyOnArraysWithoutGradients() {
        JavaClasses losses = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.errata.core");

        NumberArithmetic.isOnlyIn("LossArrays", "io.errata.core").check(losses);
    }

    @Test
    void theRuleSeesCallsLambdasAndReferences() {
        JavaClasses examples = new ClassFileImporter().importClasses(Wrong.class, Right.class);
        List<String> found = NumberArithmetic.isOnlyIn("Exempt", "io.errata.core.gradient")
                .evaluate(examples)
                .getFailureReport()
                .getDetails();

        assertThat(found).hasSize(6).allMatch(text -> text.contains("Wrong"));
    }

    @Test
    void theExemptClassMayDoIt() {
        JavaClasses examples = new ClassFileImporter().importClasses(Wrong.class, Right.class);

        assertThat(NumberArithmetic.isOnlyIn("Wrong", "io.errata.core.gradient")
                        .evaluate(examples)
                        .hasViolation())
                .isFalse();
    }

    @SuppressWarnings("unused")
    private static final class Wrong {

        static final BiFunction<NDArray, Number, NDArray> REFERENCE = NDArray::mul;
        static final UnaryOperator<NDArray> LAMBDA = x -> x.pow(2);

        static NDArray call(NDArray x) {
            return NDArrays.mul(3, x.div(2f).muli(3L).maximum(0));
        }
    }

    @SuppressWarnings("unused")
    private static final class Right {

        static NDArray call(NDArray x, NDArray y) {
            return x.mul(y).add(1).sub(2f).div(y).maximum(y);
        }
    }
}

package io.errata.core.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rule that nothing which requires a gradient meets a Java number: the engine's {@code mul(Number)} and its kin
 * let autograd keep a buffer that is freed at once.
 *
 * <p>What it can tell: byte code calls (also by method reference, and in lambdas) of these methods, with a Number
 * among their parameters. What it cannot: whether an array requires a gradient, so it forbids the calls on all arrays
 * and lets one named class make them; what a library does inside (DJL's {@code l2Loss} breaks the rule); reflection;
 * and {@code x.mul(manager.create(3f))} with the constant closed before backward, which is the same mistake by hand.
 * {@code add}, {@code sub}, {@code clip} and comparisons keep no buffer and are free.
 */
public final class NumberArithmetic {

    private static final Set<String> KEPT_FOR_BACKWARD =
            Set.of("mul", "muli", "div", "divi", "pow", "powi", "mod", "modi", "maximum", "minimum");

    private NumberArithmetic() {}

    /**
     * The rule for a package.
     *
     * @param exempt simple name of the one class there that may do arithmetic with numbers, on arrays without gradients
     * @param packageName the package that is to keep the rule; its subpackages too
     */
    public static ArchRule isOnlyIn(String exempt, String packageName) {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(packageName + "..")
                .and()
                .doNotHaveSimpleName(exempt)
                .should(notCallIt())
                .because("autograd keeps the freed buffer of the number, and gradients are silently wrong; use"
                        + " manager.full(new Shape(), 3f) for a constant, or do it on labels in " + exempt);
    }

    private static ArchCondition<JavaClass> notCallIt() {
        return new ArchCondition<>("not do arithmetic on arrays with Java numbers") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream())
                        .filter(access -> isForbidden(access.getTarget()))
                        .map(JavaAccess::getDescription)
                        .forEach(text -> events.add(SimpleConditionEvent.violated(type, text)));
            }
        };
    }

    private static boolean isForbidden(CodeUnitAccessTarget target) {
        List<JavaClass> parameters = target.getRawParameterTypes();
        return (target.getOwner().isAssignableTo(NDArray.class)
                        || target.getOwner().isEquivalentTo(NDArrays.class))
                && KEPT_FOR_BACKWARD.contains(target.getName())
                && parameters.stream().anyMatch(parameter -> parameter.isAssignableTo(Number.class));
    }
}

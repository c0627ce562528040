package io.errata.detection;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Dependencies run one way: core ← datasets ← mining ← detection ← command line. */
@AnalyzeClasses(packages = "io.errata", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DEPENDENCIES_RUN_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("core")
            .definedBy("io.errata.core..")
            .layer("datasets")
            .definedBy("io.errata.datasets..")
            .layer("mining")
            .definedBy("io.errata.mining..")
            .layer("detection")
            .definedBy(
                    resideInAPackage("io.errata.detection..").and(not(resideInAPackage("io.errata.detection.cli.."))))
            .layer("command line")
            .definedBy("io.errata.detection.cli..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("datasets")
            .mayOnlyAccessLayers("core")
            .whereLayer("mining")
            .mayOnlyAccessLayers("core", "datasets")
            .whereLayer("detection")
            .mayOnlyAccessLayers("core", "datasets", "mining")
            .whereLayer("command line")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.errata.(**)").should().beFreeOfCycles();

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        List<String> unmarked = classes.getPackage("io.errata").getSubpackagesInTree().stream()
                .filter(javaPackage -> !javaPackage.getClasses().isEmpty())
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).isEmpty();
    }
}

package io.errata.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

/** Dependencies run one way: core ← datasets ← detection ← mining ← command line. */
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
            .layer("detection")
            .definedBy("io.errata.detection..")
            .layer("mining")
            .definedBy("io.errata.mining..")
            .layer("command line")
            .definedBy("io.errata.cli..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("datasets")
            .mayOnlyAccessLayers("core")
            .whereLayer("detection")
            .mayOnlyAccessLayers("core", "datasets")
            .whereLayer("mining")
            .mayOnlyAccessLayers("core", "datasets", "detection")
            .whereLayer("command line")
            .mayNotBeAccessedByAnyLayer();

    /** What only the command line needs is nothing that a library user should have to carry. */
    @ArchTest
    static final ArchRule TERMINAL_AND_CHARTS_ARE_THE_COMMAND_LINES = noClasses()
            .that()
            .resideOutsideOfPackage("io.errata.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "me.tongfei..", "org.knowm..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule SQL_IS_THE_LEDGERS = noClasses()
            .that()
            .resideOutsideOfPackage("io.errata.mining.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..");

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

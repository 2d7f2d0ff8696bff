package dev.slipway.local.check;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of local's modules; those between modules the compiler holds. */
class LocalArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slipway.local");

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("dev.slipway.local.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /**
   * A stand-in speaks its vendor's protocol; of the local AWS it has the servers' guard and the
   * signature of S3.
   */
  @Test
  void standInsKnowNothingOfTheLocalAws() {
    ofSlipwayOnly(
        "dev.slipway.local.sandbox..",
        "dev.slipway.local.listen..",
        "dev.slipway.local.signature..");
  }

  /** A customer's engineer is handed what looks, and nothing of ledger, tasks or checklists. */
  @Test
  void theProbeRunnerKnowsProbesAndSystemsOnly() {
    ofSlipwayOnly(
        "dev.slipway.local.probe..",
        "dev.slipway.json..",
        "dev.slipway.probe..",
        "dev.slipway.systems..");
  }

  /** The other runner speaks to Slipway as that one does, and has databases for systems. */
  @Test
  void theDataRunnerKnowsTheProbeRunnerOnly() {
    ofSlipwayOnly(
        "dev.slipway.local.data..",
        "dev.slipway.local.probe..",
        "dev.slipway.json..",
        "dev.slipway.probe..");
  }

  private static void ofSlipwayOnly(String user, String... used) {
    noClasses()
        .that()
        .resideInAPackage(user)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.slipway..")
                .and(resideOutsideOfPackages(used))
                .and(resideOutsideOfPackage(user)))
        .check(CLASSES);
  }

  /** The same lint and scaffold whoever runs them. */
  @Test
  void lintAndScaffoldRunNothing() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.slipway.local.lint..", "dev.slipway.local.scaffold..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..local.run..", "..local.runtime..", "..local.sandbox..")
        .check(CLASSES);
  }
}

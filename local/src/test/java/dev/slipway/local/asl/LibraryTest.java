package dev.slipway.local.asl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The package can leave the project as a library. */
class LibraryTest {
  private static JavaClasses library;

  @BeforeAll
  static void read() {
    library =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.slipway.local.asl");
  }

  @Test
  void needsTheJdkJacksonAndJsonataOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.slipway.local.asl..",
            "java..",
            "com.fasterxml.jackson..",
            "com.dashjoin.jsonata..")
        .check(library);
  }

  @Test
  void jsonataIsKnownToExpressionsOnly() {
    classes()
        .that()
        .resideOutsideOfPackage("dev.slipway.local.asl.expression..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("com.dashjoin..")
        .check(library);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.slipway.local.(asl..)").should().beFreeOfCycles().check(library);
  }
}

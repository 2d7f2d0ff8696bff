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
  void needsTheJdkAndJacksonOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.slipway.local.asl..", "java..", "com.fasterxml.jackson..")
        .check(library);
  }

  @Test
  void jsonataNeedsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("dev.slipway.local.asl.jsonata..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.slipway.local.asl.jsonata..", "java..")
        .check(library);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.slipway.local.(asl..)").should().beFreeOfCycles().check(library);
  }
}

package dev.slipway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.slipway.checklist.Checklists;
import dev.slipway.ledger.Items;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, and what is handed in is not fetched. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slipway");

  /** Where a checklist's handlers live, as docs/checklists.md says. */
  private static Stream<String> packagesOfChecklists() {
    return new Checklists()
        .names().stream()
            .map(
                name ->
                    "dev.slipway."
                        + name.replaceFirst("-environment$", "").replace("-", "")
                        + "..");
  }

  @Test
  void nothingPointsBackAtHandlers() {
    String[] handlers =
        Stream.concat(packagesOfChecklists(), Stream.of("dev.slipway.api..", "dev.slipway.wake.."))
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(handlers)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(handlers)
        .check(CLASSES);
  }

  @Test
  void noChecklistKnowsAnother() {
    for (String own : packagesOfChecklists().toList()) {
      String[] others =
          packagesOfChecklists().filter(each -> !each.equals(own)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(own)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .allowEmptyShould(true) // A checklist may be all planned.
          .check(CLASSES);
    }
  }

  @Test
  void theLedgerKnowsNothingOfTasksOrThirdParties() {
    noClasses()
        .that()
        .resideInAnyPackage("..ledger..", "..json..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..task..", "..plan..", "..context..", "..systems..", "..checklist..", "..report..")
        .check(CLASSES);
  }

  @Test
  void thirdPartySystemsKnowNothingOfOnboardings() {
    noClasses()
        .that()
        .resideInAPackage("..systems..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..ledger..", "..task..", "..plan..", "..context..", "..checklist..")
        .check(CLASSES);
  }

  @Test
  void nothingThatDeploysReadsYaml() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..checklist.source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..checklist.source..", "org.snakeyaml..")
        .check(CLASSES);
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("dev.slipway.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** A part of the ledger is a view of the table: it is made of {@code Items} alone. */
  @Test
  void thePartsOfTheLedgerDoNotDependOnEachOtherInCircles() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                JavaClass outermost = type;
                while (outermost.getEnclosingClass().isPresent()) {
                  outermost = outermost.getEnclosingClass().get();
                }
                return outermost.getPackageName().equals("dev.slipway.ledger")
                        && outermost.tryGetConstructor(Items.class).isPresent()
                    ? SliceIdentifier.of(outermost.getSimpleName())
                    : SliceIdentifier.ignore();
              }

              @Override
              public String getDescription() {
                return "parts of the ledger";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void onlyTheContextReadsTheEnvironmentOrTheClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..context..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .check(CLASSES);
  }

  @Test
  void onlyWakeSpeaksToStepFunctions() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..wake..", "..context..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk.services.sfn..")
        .check(CLASSES);
  }

  @Test
  void everyHandlerCanBeMadeByLambdaAndByARuntimeThatHandsItsContextIn() {
    classes()
        .that()
        .implement(RequestStreamHandler.class)
        .and()
        .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
        .should(
            new com.tngtech.archunit.lang.ArchCondition<>("have both constructors") {
              @Override
              public void check(
                  com.tngtech.archunit.core.domain.JavaClass type,
                  com.tngtech.archunit.lang.ConditionEvents events) {
                boolean both =
                    type.tryGetConstructor().isPresent()
                        && type.tryGetConstructor("dev.slipway.context.FunctionContext")
                            .isPresent();
                if (!both) {
                  events.add(
                      com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                          type, type.getName() + " lacks () or (FunctionContext)"));
                }
              }
            })
        .check(CLASSES);
  }
}

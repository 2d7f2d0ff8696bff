package dev.slipway.local.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.local.scaffold.ScaffoldedProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lint finds nothing in what scaffold wrote of a checklist with instances, and each mistake. */
final class InstancesLintTest {
  private static final String FOLDER = ProjectReader.CHECKLISTS + "shop-environment/1.0.0/";
  private static final String HEAD = FOLDER + "checklist.yaml";
  private static final String BASE = FOLDER + "base.yaml";
  private static final String TENANTS = FOLDER + "tenants.yaml";
  private static final String APPS = FOLDER + "apps.yaml";
  private static final String MACHINES = "statemachines/shop-environment/";
  private static final String CHILD = MACHINES + "tenants-tenant.asl.json";

  @TempDir private Path folder;
  private ProjectCopy copy;

  @BeforeEach
  void scaffold() throws IOException {
    copy =
        ScaffoldedProject.into(
                folder,
                ChecklistSource.read(
                    ProjectCopy.project()
                        .resolve("local/cli/src/test/resources/checklists/shop-environment/1.0.0")))
            .copy();
  }

  @Test
  void findsOnlyThatHandlersAreNotWritten() {
    assertEquals(
        List.of("unfinished-handler", "version-not-locked"),
        copy.lint().stream().map(LintFinding::rule).distinct().sorted().toList(),
        () -> copy.lint().toString());
  }

  // --- The checklist

  @Test
  void aDimensionThatIsNotThere() throws IOException {
    int line = copy.replace(BASE, "- id: provide-account", "per: environment", "per: enviroment");
    copy.assertFound("unknown-reference", BASE, line, "no dimension `enviroment`");
  }

  @Test
  void aMistypedKey() throws IOException {
    copy.replace(BASE, "- id: deploy-stack", "promote: true", "promoted: true");
    copy.assertFound("unreadable", HEAD, "promoted");
  }

  @Test
  void anElementOfADimensionThatIsNotThere() throws IOException {
    int line = copy.replace(TENANTS, "- id: look", "per: tenant", "per: tenants");
    copy.assertFound("unknown-reference", TENANTS, line, "no dimension `tenants`");
  }

  @Test
  void aPartOfADimensionThatIsNotThere() throws IOException {
    copy.replace(TENANTS, "parts:", "environment:", "environments:");
    copy.assertFound("unknown-reference", TENANTS, "no dimension `environments`");
  }

  @Test
  void keysOfAnElementThatIsNotThere() throws IOException {
    copy.replace(HEAD, "app:", "apps.id", "applications.id");
    copy.assertFound("unknown-reference", HEAD, "no element `applications`");
  }

  @Test
  void keysOfAnotherForm() throws IOException {
    copy.replace(HEAD, "app:", "apps.id", "apps.(\"uat.\" & id)");
    copy.assertFound("condition-not-evaluable", HEAD, "it must have 1 parts");
  }

  @Test
  void keysThatAreNoTexts() throws IOException {
    copy.replace(HEAD, "app:", "apps.id", "$count(apps)");
    copy.assertFound("condition-not-evaluable", HEAD, "is no text");
  }

  @Test
  void keysThatAreNeverThere() throws IOException {
    copy.replace(HEAD, "app:", "apps.id", "apps.ident");
    copy.assertFound("condition-never-holds", HEAD, "names no key");
  }

  @Test
  void aVariableThatIsNoAxisOfTheTask() throws IOException {
    int line = copy.replace(APPS, "- id: check-app", "$app]", "$tenant]");
    copy.assertFound("unknown-reference", APPS, line, "`$tenant` is nothing that stands here");
  }

  @Test
  void aPartThatCannotBeRead() throws IOException {
    copy.replace(TENANTS, "parts:", "[name = $tenant]", "[name = $tenants]");
    copy.assertFound("unknown-reference", TENANTS, "`$tenants`");
  }

  @Test
  void twoRulesForOneFanOut() throws IOException {
    copy.replace(
        TENANTS, "- id: grant-rights", "per: tenant", "per: tenant\n    where: $tenant != 'x'");
    copy.assertFound("fan-out", TENANTS, "give both the same `where`");
  }

  @Test
  void aRuleWithoutInstances() throws IOException {
    copy.replace(BASE, "- id: provide-account", "per: environment", "where: 1 = 1");
    copy.assertFound("unknown-reference", BASE, "without `per` it narrows nothing");
  }

  @Test
  void promotionOfWhatHasNoTwin() throws IOException {
    copy.replace(
        APPS,
        "- id: check-app",
        "requirement: mandatory",
        "requirement: mandatory\n    promote: true");
    copy.assertFound("unknown-reference", APPS, "has no twins");
  }

  @Test
  void promotionFromAStepThatIsNotThere() throws IOException {
    copy.replace(TENANTS, "promote:", "from: publish", "from: publsh");
    copy.assertFound("unknown-reference", TENANTS, "no step `publsh`");
  }

  @Test
  void promotionAlongAnAxisThatIsNotThere() throws IOException {
    int line = copy.replace(HEAD, "promotion:", "axis: environment", "axis: stage");
    copy.assertFound("unknown-reference", HEAD, line, "no dimension has this axis");
  }

  @Test
  void aFieldThatHasToDifferAndIsNotThere() throws IOException {
    copy.replace(
        TENANTS, "- id: shop-key", "kind: credential", "kind: credential\n    apart: [clientId]");
    copy.assertFound("unknown-reference", TENANTS, "the schema has no field `clientId`");
  }

  @Test
  void anAcceptanceThatHasInstancesItself() throws IOException {
    int line =
        copy.replace(
            HEAD, "promotion:", "to: production", "to: production, acceptance: base.deploy-stack");
    copy.assertFound("unknown-reference", HEAD, line, "is no task without instances");
  }

  @Test
  void aDependencyOnAnAxisThatTheOtherDoesNotHave() throws IOException {
    copy.replace(TENANTS, "dependsOn:", "only: {component", "only: {componnent");
    copy.assertFound("unknown-reference", TENANTS, "`only` names the axis `componnent`");
  }

  @Test
  void aDependencyForAnAxisThatTheTaskDoesNotHave() throws IOException {
    copy.replace(BASE, "dependsOn:", "when: {component", "when: {tenant");
    copy.assertFound("unknown-reference", BASE, "`when` names the axis `tenant`");
  }

  @Test
  void aCredentialForAnAxisThatTheTaskDoesNotHave() throws IOException {
    copy.replace(
        TENANTS, "credentials:", "[shop-key]", "[{system: shop-key, when: {component: [hub]}}]");
    copy.assertFound("unknown-reference", TENANTS, "`when` names the axis `component`");
  }

  @Test
  void aCredentialThatIsNotThereForSomeInstances() throws IOException {
    copy.replace(
        TENANTS, "credentials:", "[shop-key]", "[{system: shop-kye, when: {environment: [uat]}}]");
    copy.assertFound("unknown-reference", TENANTS, "there is no credential `shop-kye`");
  }

  @Test
  void aDependencyOnAKeyThatIsNotThere() throws IOException {
    copy.replace(TENANTS, "dependsOn:", "only: {component: [hub]}", "only: {component: [hbu]}");
    copy.assertFound(
        "unknown-reference",
        TENANTS,
        "S3: `only` names the component `hbu`, and no key of `base.deploy-stack` has it; there are data, hub");
  }

  @Test
  void aDependencyForAKeyThatIsNotThere() throws IOException {
    copy.replace(BASE, "dependsOn:", "when: {component: [data]}", "when: {component: [date]}");
    copy.assertFound(
        "unknown-reference",
        BASE,
        "S2: `when` names the component `date`, and no key of `base.deploy-stack` has it; did you mean `data`?");
  }

  @Test
  void aKeyOfAnAxisWhoseOtherAxesAreGiven() throws IOException {
    copy.replace(
        APPS,
        "dependsOn:",
        "apps.check-app",
        "{task: apps.link-app, only: {environment: [prodction]}, when: {app: [anything]}}");
    copy.assertFound("unknown-reference", APPS, "did you mean `production`?");
    assertTrue(
        copy.lint().stream().noneMatch(finding -> finding.message().contains("`anything`")),
        "the applications are given");
  }

  @Test
  void aStepThatWaitsForATaskThatIsNotThere() throws IOException {
    copy.replace(APPS, "waitFor:", "tenants.deploy-front", "tenants.deploy-fornt");
    copy.assertFound("unknown-reference", APPS, "no task `tenants.deploy-fornt`");
  }

  @Test
  void instancesThatWaitForEachOther() throws IOException {
    copy.replace(BASE, "dependsOn:", "when: {component: [data]}", "when: {component: [hub, data]}");
    copy.assertFound("cycle", BASE, "`base.deploy-stack@production.hub` waits for itself");
  }

  @Test
  void aTwinThatWaitsForItsTwin() throws IOException {
    copy.replace(
        BASE,
        "dependsOn:",
        "- base.provide-account",
        "- {task: base.deploy-stack, only: {environment: [production]}, when: {environment: [uat]}}");
    copy.assertFound("cycle", BASE, "waits for itself");
  }

  @Test
  void oneOfManyThatWaitsForWhatWaitsForAll() throws IOException {
    copy.replace(APPS, "waitFor:", "[tenants.deploy-front]", "[closing.hand-over]");
    copy.assertFound("cycle", APPS, "closing.hand-over");
  }

  // --- State machines

  @Test
  void aTaskInAMapOfAnotherDimension() throws IOException {
    copy.replace(
        MACHINES + "base.asl.json",
        "EachEnvironment",
        "$instances.environment",
        "$instances.tenant");
    copy.assertFound(
        "fan-out", MACHINES + "base.asl.json", "must stand in a Map over $instances.environment");
  }

  @Test
  void aTaskWithoutInstancesInAMap() throws IOException {
    copy.replace(BASE, "- id: provide-account", "    per: environment\n", "");
    copy.assertFound("fan-out", MACHINES + "base.asl.json", "must stand in no Map");
  }

  @Test
  void aMapOverAnythingElse() throws IOException {
    copy.replace(
        MACHINES + "base.asl.json",
        "EachEnvironment",
        "{% $instances.environment %}",
        "{% ['uat'] %}");
    copy.assertFound("fan-out", MACHINES + "base.asl.json", "must be {% $instances.<dimension> %}");
  }

  @Test
  void aMapBeforeItIsKnownWhatThereIs() throws IOException {
    copy.replace(
        MACHINES + "base.asl.json", "\"Plan\"", "\"section\": \"base\"", "\"section\": \"apps\"");
    copy.assertFound("fan-out", MACHINES + "base.asl.json", "no state calls ${FanOutFunctionArn}");
  }

  @Test
  void anIterationThatTakesTheOthersDown() throws IOException {
    copy.replace(MACHINES + "base.asl.json", "\"Catch\"", "States.ALL", "States.Timeout");
    copy.assertFound("fan-out", MACHINES + "base.asl.json", "must catch States.ALL");
  }

  @Test
  void moreThanOneMachineHolds() throws IOException {
    copy.replace(HEAD, "environment:", "keys:", "most: 50, keys:");
    copy.assertFound(
        "fan-out", MACHINES + "base.asl.json", "groups of 40 at most to a child machine");
  }

  @Test
  void groupsThatAreTooLarge() throws IOException {
    copy.replace(MACHINES + "tenants.asl.json", "$partition", ", 40)", ", 50)");
    copy.assertFound("fan-out", MACHINES + "tenants.asl.json", "groups of 40 at most");
  }

  @Test
  void groupsThatAreTooMany() throws IOException {
    copy.replace(MACHINES + "tenants.asl.json", "$partition", ", 40)", ", 1)");
    copy.assertFound("fan-out", MACHINES + "tenants.asl.json", "60 items: a Map has 40 at once");
  }

  @Test
  void aPayloadWithoutTheInstance() throws IOException {
    copy.replace(CHILD, "\"DeployFront\"", "{% $instance %}", "{% $instances %}");
    copy.assertFound("state-form", CHILD, "the payload's `instance` must be {% $instance %}");
  }

  @Test
  void aTaskInTwoMachines() throws IOException {
    copy.replace(CHILD, "\"GrantRights\"", "tenants.grant-rights", "tenants.deploy-front");
    copy.assertFound("duplicate-id", CHILD, "is run by the state `DeployFront` already");
  }

  @Test
  void aMachineOfNoDimension() throws IOException {
    copy.write(MACHINES + "tenants-other.asl.json", copy.read(CHILD));
    copy.assertFound(
        "orphan-state", MACHINES + "tenants-other.asl.json", "no section `tenants-other`");
  }

  // --- Template and events

  @Test
  void aSecretOfOneInstanceAlone() throws IOException {
    copy.replace(
        ProjectCopy.TEMPLATE, "TenantsDeployFront:", "/shop-key@*-??????", "/shop-key-??????");
    copy.assertFound("grants", ProjectCopy.TEMPLATE, "may not read the secret `shop-key@*`");
  }

  @Test
  void aSampleEventWithoutItsInstance() throws IOException {
    copy.replace("events/tasks/tenants.grant-rights.json", "instance", "uat.example", "uat");
    copy.assertFound(
        "wrong-name", "events/tasks/tenants.grant-rights.json", "`instance` must have 2 parts");
  }
}

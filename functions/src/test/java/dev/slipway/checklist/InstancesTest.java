package dev.slipway.checklist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.source.ChecklistSource;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import dev.slipway.plan.AffectedTasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which instances tasks have, what each waits for, and what each reads. */
class InstancesTest {
  private static final String TEXT =
      """
          name: sample
          version: 1.0.0
          title: Sample
          dimensions:
            environment: {keys: '["uat", "production"]'}
            tenant:
              of: [environment, tenant]
              keys: >-
                $append(tenants.uat.("uat." & name), tenants.production.("production." & name))
              none: no tenant is named
            component: {of: [environment, component], keys: '["uat.hub", "uat.data", "production.hub", "production.data"]'}
            app: {keys: '[apps.id]', none: no application is named}
            app-env: {of: [environment, app], keys: '[apps.($n := id; ["uat", "production"].($ & "." & $n))]'}
          promotion: {axis: environment, from: uat, to: production}
          sections:
            - id: one
              title: One
              elements:
                - id: tenants
                  title: Tenants
                  parts:
                    environment: $lookup(tenants, $environment)
                    tenant: '$lookup(tenants, $environment)[name = $tenant]'
                - {id: apps, title: Applications}
                - {id: look, title: Look, per: tenant}
                - {id: key, title: Key, kind: credential, per: tenant}
                - {id: login, title: Login, kind: credential, per: environment}
              tasks:
                - {id: stack, row: X1, title: Stack, requirement: mandatory, per: component, promote: true,
                   credentials: [{system: login, when: {component: [data]}}],
                   dependsOn: [{task: one.stack, when: {component: [data]}, only: {component: [hub]}}]}
                - {id: front, row: X2, title: Front, requirement: mandatory, per: tenant, promote: {from: publish},
                   inputs: [tenants, look], credentials: [key],
                   dependsOn: [{task: one.stack, only: {component: [hub]}}],
                   steps: [{id: sign, title: Sign, mode: automatic}, {id: publish, title: Publish, mode: automatic}]}
                - {id: mail, row: X3, title: Mail, requirement: mandatory, per: environment, inputs: [tenants],
                   steps: [{id: set, title: Set, mode: automatic, waitFor: [one.front]}]}
                - {id: check, row: X4, title: Check, requirement: mandatory, per: app}
                - {id: link, row: X5, title: Link, requirement: mandatory, per: app-env, dependsOn: [one.check],
                   where: "$lookup($$.kinds, $app) != 'closed'"}
                - {id: end, row: X6, title: End, requirement: mandatory, dependsOn: [one.link, one.mail],
                   steps: [{id: close, title: Close, mode: automatic, condition: "kinds.inhouse = 'shut'", waitFor: [one.check]}]}
          """;

  private static final Checklist CHECKLIST = ChecklistSource.parse(TEXT);

  private static final String GIVEN =
      """
      {'tenants': {'uat': [{'name': 'acme', 'host': 'a'}, {'name': 'beta', 'host': 'b'}],
                   'production': [{'name': 'acme', 'host': 'c'}, {'name': 'solo', 'host': 'd'}]},
       'apps': [{'id': 'xero'}, {'id': 'inhouse'}], 'kinds': {'xero': 'open', 'inhouse': 'closed'},
       'look': {'uat.acme': 'blue', 'uat.beta': 'red'}}
      """;

  private static Instances given(String json) throws JsonProcessingException {
    return new Instances(CHECKLIST, (ObjectNode) Json.MAPPER.readTree(json.replace('\'', '"')));
  }

  private static List<String> of(Instances instances, String task) {
    return named(instances.of(CHECKLIST.task(task).orElseThrow()));
  }

  private static List<String> named(List<TaskKey> keys) {
    return keys.stream().map(TaskKey::toString).toList();
  }

  @Test
  void followFromTheElements() throws Exception {
    Instances instances = given(GIVEN);
    assertEquals(List.of("one.end"), of(instances, "one.end"));
    assertEquals(
        List.of(
            "one.front@uat.acme",
            "one.front@uat.beta",
            "one.front@production.acme",
            "one.front@production.solo"),
        of(instances, "one.front"));
    assertEquals(
        List.of("one.link@uat.xero", "one.link@production.xero"), of(instances, "one.link"));
    assertEquals(
        Map.of("environment", "uat", "tenant", "acme"),
        instances.at(TaskKey.parse("one.front@uat.acme")));
    assertTrue(instances.has(TaskKey.parse("one.gate")));
  }

  @Test
  void areNotKnownBeforeTheirElementIsGiven() throws Exception {
    Instances nothing = given("{}");
    Task front = CHECKLIST.task("one.front").orElseThrow();
    assertEquals(List.of(), nothing.of(front));
    assertEquals(List.of("tenants"), nothing.awaited(front));
    assertEquals(List.of("apps"), nothing.awaitedByDependencies(TaskKey.parse("one.end")));

    Instances none = given("{'tenants': {}, 'apps': []}");
    assertEquals(List.of(), none.of(front));
    assertEquals(List.of(), none.awaited(front));
    assertEquals("no tenant is named", none.none(front));
    assertEquals(
        "needed only if $lookup($$.kinds, $app) != 'closed'",
        given("{'apps': [{'id': 'x'}], 'kinds': {'x': 'closed'}}")
            .none(CHECKLIST.task("one.link").orElseThrow()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "one.stack@uat.hub         | ''",
        "one.stack@uat.data        | one.stack@uat.hub",
        "one.stack@production.data | one.stack@production.hub one.stack@uat.data",
        "one.front@uat.acme        | one.stack@uat.hub",
        "one.front@production.acme | one.stack@production.hub",
        "one.check@xero            | ''",
        "one.link@uat.xero         | one.check@xero",
        "one.end                   | one.link@uat.xero one.link@production.xero one.mail@uat one.mail@production",
      })
  void waitForTheInstancesThatAgreeWithThem(String key, String dependencies) throws Exception {
    assertEquals(
        dependencies, String.join(" ", named(given(GIVEN).dependencies(TaskKey.parse(key)))));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "one.mail@uat              | set     | one.front@uat.acme one.front@uat.beta",
        "one.front@production.acme | sign    | ''",
        "one.front@production.acme | publish | one.front@uat.acme",
        // A tenant of production alone has no twin.
        "one.front@production.solo | publish | ''",
        "one.front@uat.acme        | publish | ''",
      })
  void waitAtAStep(String key, String step, String dependencies) throws Exception {
    TaskKey of = TaskKey.parse(key);
    assertEquals(
        dependencies,
        String.join(
            " ",
            named(
                given(GIVEN)
                    .dependencies(of, CHECKLIST.task(of.task()).orElseThrow().step(step)))));
  }

  @ParameterizedTest
  @CsvSource({"shut, true", "closed, false"})
  void restOnWhatAStepWaitsForOnlyIfItIsAskedFor(String kind, boolean rests) throws Exception {
    Instances instances = given(GIVEN.replace("'inhouse': 'closed'", "'inhouse': '" + kind + "'"));
    List<String> all = named(instances.allDependencies(TaskKey.parse("one.end")));
    assertEquals(rests, all.contains("one.check@xero"), all::toString);
  }

  @Test
  void knowWhatRestsOnThem() throws Exception {
    Instances instances = given(GIVEN);
    assertEquals(
        List.of("one.front@production.acme", "one.mail@uat"),
        named(instances.dependents(TaskKey.parse("one.front@uat.acme"))));
    assertEquals(
        List.of("one.front@production.solo", "one.mail@production", "one.end"),
        named(instances.withDependents(List.of(TaskKey.parse("one.front@production.solo")))));
  }

  @Test
  void restOnOthersByTheAcceptanceOfWhatIsTried() throws Exception {
    assertEquals(
        List.of(
            "one.stack@production.hub",
            "one.stack@production.data",
            "one.front@uat.acme",
            "one.front@production.acme",
            "one.front@production.solo",
            "one.mail@uat",
            "one.mail@production",
            "one.end",
            "one.accept"),
        resting("requirement: mandatory, condition: \"kinds.xero = 'open'\""),
        "production waits for the acceptance of all that is tried");
  }

  /** Asked again, it would need another run to say the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "requirement: mandatory, condition: \"kinds.xero = 'closed'\"",
        "requirement: optional, chosenBy: \"kinds.xero = 'closed'\""
      })
  void areNotAskedAgainWhereTheyDoNotApplyOrWereNotChosen(String accept) throws Exception {
    assertEquals(
        List.of(
            "one.front@uat.acme",
            "one.front@production.acme",
            "one.mail@uat",
            "one.mail@production",
            "one.end"),
        resting(accept),
        "its twin and what waits for that; not the acceptance, and nothing by it");
  }

  private static List<String> resting(String accept) throws Exception {
    return named(accepted(accept).withDependents(List.of(TaskKey.parse("one.front@uat.acme"))));
  }

  /** With an acceptance of these keys. */
  private static Instances accepted(String accept) throws JsonProcessingException {
    Checklist accepted =
        ChecklistSource.parse(
            TEXT.replace("to: production}", "to: production, acceptance: one.accept}")
                + "      - {id: accept, row: U1, title: Accept, %s}\n".formatted(accept));
    return new Instances(accepted, (ObjectNode) Json.MAPPER.readTree(GIVEN.replace('\'', '"')));
  }

  /**
   * One task stands between what is tried and what waits for it, a tenant without a twin included.
   */
  @Test
  void waitForTheAcceptanceOfWhatIsTried() throws Exception {
    Instances instances = accepted("requirement: mandatory");
    TaskKey accept = TaskKey.parse("one.accept");
    assertEquals(
        List.of(
            "one.stack@uat.hub", "one.stack@uat.data", "one.front@uat.acme", "one.front@uat.beta"),
        named(instances.dependencies(accept)));
    assertEquals(
        List.of("one.stack@uat.hub", "one.accept"),
        named(instances.dependencies(TaskKey.parse("one.stack@production.hub"))));
    TaskKey solo = TaskKey.parse("one.front@production.solo");
    Task front = instances.checklist().task("one.front").orElseThrow();
    assertEquals(List.of("one.accept"), named(instances.dependencies(solo, front.step("publish"))));
    assertEquals(List.of(), named(instances.dependencies(solo, front.step("sign"))));
    assertEquals(
        List.of(
            "one.stack@production.hub",
            "one.stack@production.data",
            "one.front@production.acme",
            "one.front@production.solo"),
        named(instances.dependents(accept)));
    assertEquals(
        List.of("one.front@production.acme", "one.mail@uat", "one.accept"),
        named(instances.dependents(TaskKey.parse("one.front@uat.acme"))));
    Instances nothing = new Instances(instances.checklist(), Json.MAPPER.createObjectNode());
    assertEquals(List.of("tenants"), nothing.awaitedByDependencies(accept));
  }

  @Test
  void readTheirOwnPartOnly() throws Exception {
    Instances instances = given(GIVEN);
    TaskKey acme = TaskKey.parse("one.front@uat.acme");
    assertEquals("a", instances.input("tenants", acme).path("host").asText());
    assertEquals("blue", instances.input("look", acme).asText());
    assertEquals(2, instances.input("tenants", TaskKey.parse("one.mail@uat")).size());
    assertEquals(
        Json.tree(Map.of("uat.acme", "blue", "uat.beta", "red")),
        instances.input("look", TaskKey.parse("one.mail@uat")));
    assertTrue(instances.input("look", TaskKey.parse("one.front@production.acme")).isMissingNode());
    JsonNode whole = instances.input("tenants", TaskKey.parse("one.end"));
    assertEquals(2, whole.path("uat").size());
  }

  @Test
  void haveTheirOwnCredentials() throws Exception {
    Instances instances = given(GIVEN);
    Element key = CHECKLIST.credential("key").orElseThrow();
    TaskKey acme = TaskKey.parse("one.front@uat.acme");
    assertEquals(List.of("uat.acme"), instances.of(key, acme));
    assertTrue(instances.isOne(key, acme));
    assertEquals(List.of("uat.acme", "uat.beta"), instances.of(key, TaskKey.parse("one.mail@uat")));
    assertEquals(Optional.empty(), instances.twin(TaskKey.parse("one.end")));
  }

  @Test
  void readNoCredentialThatOthersOfTheTaskRead() throws Exception {
    Instances instances = given(GIVEN);
    Element login = CHECKLIST.credential("login").orElseThrow();
    assertEquals(List.of("uat"), instances.of(login, TaskKey.parse("one.stack@uat.data")));
    assertEquals(List.of(), instances.of(login, TaskKey.parse("one.stack@uat.hub")));
    assertEquals(
        List.of("one.stack@uat.data"),
        named(
            new AffectedTasks(CHECKLIST, instances.elements())
                .ofCredential("login", "uat")
                .tasks()));
  }

  @Test
  void refuseNamesThatNameNothing() {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> given("{'apps': [{'id': 'My App'}]}").keys("app"));
    assertTrue(wrong.getMessage().startsWith("My App: is no name of app"), wrong.getMessage());
    IllegalArgumentException twice =
        assertThrows(
            IllegalArgumentException.class,
            () -> given("{'apps': [{'id': 'x'}, {'id': 'x'}]}").keys("app"));
    assertTrue(twice.getMessage().startsWith("x: is named twice"), twice.getMessage());
  }
}

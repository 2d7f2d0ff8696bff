package dev.slipway.local.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checklist.Checklists;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.systems.tls.CertificateCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileReaderTest {
  @TempDir private Path folder;

  private final ProfileReader reader = new ProfileReader(new Checklists());

  /** Before anything runs, with the line and the field. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"act\": \"assign-docker-acount\"} | sandbox[0].act: there is no such act; there are ",
        "{\"act\": \"assign-docker-account\"} | sandbox[0].details.token: is missing; ",
        "{\"act\": \"assign-docker-account\", \"details\": {\"user\": \"u\", \"token\": 5}}"
            + " | sandbox[0].details.token: must be a text",
        "{\"act\": \"install-uploader\", \"details\": {\"exports\": \"x\"}}"
            + " | sandbox[0].details.exports: is unknown; the act takes export",
        "{\"act\": \"connect-portal\", \"details\": {\"x\": 1}} | sandbox[0].details.x: is unknown",
        "{\"act\": \"add-licence-grids\", \"details\": {\"grids\": {}}}"
            + " | sandbox[0].details.grids: must be a list",
        "{\"act\": \"lead-stripe-dry-run\","
            + " \"details\": {\"email\": \"a@b.example\", \"amount\": \"ten\", \"charge\": 1}}"
            + " | sandbox[0].details.amount: must be an amount",
        "{\"act\": \"install-uploader\", \"detail\": {}} | sandbox[0].detail: is unknown",
        "{\"fault\": {\"system\": \"smtp\", \"kind\": \"explode\"}}"
            + " | sandbox[0].fault: kind must be one of ",
        "{\"fault\": {\"kind\": \"hang\"}} | sandbox[0].fault: A fault names a system and a kind"
      })
  void findsAMistakeInWhatPeopleAndThirdPartiesDo(String action, String told) {
    String wrong =
        refused(
                """
                {"checklist": "hosting-provider", "name": "Hoster",
                 "sandbox": [
                   %s
                 ]}
                """
                    .formatted(action))
            .toString();
    assertTrue(wrong.contains(":3: " + told), wrong);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hosting-provider.json",
        "hosting-provider-everything.json",
        "hosting-provider-private-network.json",
        "hosting-provider-slow.json",
        "hosting-provider-minimal.json",
        "hosting-provider-troubles.json"
      })
  void readsTheProfilesThatShip(String name) throws ProfileException {
    Path profiles = ProjectRoot.find().resolve("events/profiles");
    assertEquals("hosting-provider", reader.read(profiles.resolve(name)).checklist());
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "onprem", "azure", "max"})
  void readsThoseOfEnterpriseEnvironment(String name) throws ProfileException {
    Path file = ProjectRoot.find().resolve("events/profiles/enterprise-" + name + ".json");
    assertEquals("enterprise-environment", reader.read(file).checklist());
  }

  /** No private key is in a file. */
  @Test
  void aCertificateAndItsKeyAreMadeWhenTheProfileIsRead() throws Exception {
    Profile profile =
        read(
            """
            {"checklist": "enterprise-environment", "name": "Customer",
             "elements": {"certificates": {"uat": [{"chain": {"$certificate": "*.a.example"}}]}},
             "credentials": {"certificates@uat": {"keys": [{"privateKey": {"$key": "*.a.example"}}]}}}
            """);
    String chain =
        profile
            .elements()
            .get("certificates")
            .at("/uat/0/chain/" + SandboxCertificates.TEXT)
            .asText();
    CertificateCheck check = CertificateCheck.of(chain);
    assertTrue(check.covers("hub.a.example"), chain);
    String key = profile.credentials().get("certificates@uat").at("/keys/0/privateKey").asText();
    assertEquals(Optional.empty(), check.key(key, null));
  }

  /** A profile says twenty tenants once; a mistake in one is told with the line that says it. */
  @Test
  void whatIsSaidOnceForEachIsReadAsSaidOfEach() throws Exception {
    Profile profile =
        read(
            """
            {"checklist": "enterprise-environment", "name": "Customer",
             "groups": {
               "environment": [{"environment": "uat", "domain": "uat.a.example"},
                               {"environment": "production", "domain": "a.example"}],
               "tenant": ["acme", "bravo"],
               "frontend": [{"$each": ["tenant"], "$as": {"frontend": "of-{tenant}"}}, "spare"]},
             "elements": {
               "tenants": {"{environment}": {"$each": ["environment"], "$as": {
                 "list": [{"$each": ["tenant"], "$as": {"host": "{tenant}.{domain}"}}]}}},
               "tenant-look@{tenant}": {"$each": ["tenant"], "$as": {"sender": "{tenant} {else}"}}},
             "people": [
               {"$each": ["frontend"], "$as":
                 {"task": "products.deploy-express@{frontend}", "step": "build",
                  "as": "engineer", "statement": "Built."}},
               {"$each": ["environment", "tenant"], "$as": [
                 {"task": "products.deploy-express@{environment}.{tenant}", "step": "build",
                  "as": "engineer", "statement": "Built."},
                 {"task": "products.deploy-express@{environment}.{tenant}", "step": "accept",
                  "as": "customer", "statement": "As we want it."}]}]}
            """);

    assertEquals(
        "acme.uat.a.example", profile.elements().get("tenants").at("/uat/list/0/host").asText());
    assertEquals(
        "bravo.a.example",
        profile.elements().get("tenants").at("/production/list/1/host").asText());
    assertEquals(
        "bravo {else}", profile.elements().get("tenant-look@bravo").path("sender").asText());
    assertEquals(
        List.of(
            "products.deploy-express@of-acme/build",
            "products.deploy-express@of-bravo/build",
            "products.deploy-express@spare/build",
            "products.deploy-express@uat.acme/build",
            "products.deploy-express@uat.acme/accept",
            "products.deploy-express@uat.bravo/build"),
        profile.people().stream().limit(6).map(step -> step.task() + "/" + step.step()).toList());
    assertEquals(11, profile.people().size());
    assertEquals(18, profile.people().getLast().line());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{\"$each\": [\"tenants\"], \"$as\": {}}] | there is no group \"tenants\"; there are tenant",
        "[{\"$each\": [\"tenant\"]}] | must have $each and $as alone",
        "[{\"$each\": [\"tenant\"], \"$as\": {}, \"step\": \"x\"}] | must have $each and $as alone",
        "{\"a\": {\"$each\": [\"tenant\"], \"$as\": 1}} | a: comes twice",
        "[{\"$each\": [\"tenant\"], \"$as\": {\"tsk\": \"{tenant}\"}}] | people[0].tsk: is unknown"
      })
  void whatCannotBeRepeatedIsToldWithItsLine(String people, String told) {
    String wrong =
        refused(
                """
                {"checklist": "enterprise-environment", "name": "Customer",
                 "groups": {"tenant": ["acme", "bravo"]},
                 "people": %s}
                """
                    .formatted(people))
            .toString();
    assertTrue(wrong.contains(":3: " + told), wrong);
  }

  /** Editors on Windows write one. */
  @Test
  void aByteOrderMarkIsReadOver() throws Exception {
    Profile profile = read("\uFEFF{\"checklist\": \"hosting-provider\", \"name\": \"Hoster\"}");
    assertEquals("Hoster", profile.name());
  }

  @Test
  void readsEverythingThatAProfileMaySay() throws Exception {
    Profile profile =
        read(
            """
            {
              "$comment": "explains itself",
              "checklist": "hosting-provider",
              "name": "Hoster",
              "elements": {"platform": {"domain": "paas.hoster.example"}},
              "credentials": {"smtp": {"user": "u", "password": "p"}},
              "sandbox": [{"world": {"docker": {}}}, {"fault": {"system": "smtp", "kind": "hang"}}],
              "people": [
                {"task": "technical-configuration.configure-smtp", "step": "confirm-receipt",
                 "as": "customer", "statement": "Arrived.", "values": {"received": []},
                 "acts": [{"act": "change-settings", "details": {"apply": true}}],
                 "after": "PT2S", "early": true}
              ],
              "corrections": [
                {"when": {"task": "technical-configuration.gate", "outcome": "WAITING"},
                 "as": "manager",
                 "do": [{"retry": "technical-configuration.check-platform", "reason": "again"},
                        {"clearFaults": true}]}
              ]
            }
            """);

    assertEquals("paas.hoster.example", profile.elements().get("platform").path("domain").asText());
    assertEquals(2, profile.sandbox().size());
    PersonsStep step = profile.people().getFirst();
    assertEquals(Role.CUSTOMER, step.as());
    assertEquals(Duration.ofSeconds(2), step.after());
    assertTrue(step.early());
    assertTrue(step.acts().getFirst() instanceof ProfileAction.PerformAct);
    assertEquals(Role.MANAGER, profile.corrections().getFirst().as());
    assertEquals(2, profile.corrections().getFirst().actions().size());
  }

  @Test
  void namesFileLineAndFieldOfEverythingThatIsWrong() {
    List<String> messages =
        refused(
            """
            {
              "checklist": "hosting-provider",
              "name": "Hoster",
              "elements": {
                "platform": {"domain": "paas.hoster.example"},
                "mailserver": {}
              },
              "credentials": {"smpt": {}},
              "people": [
                {"task": "technical-configuration.configure-smtp", "step": "confirm",
                 "as": "customer", "statement": "x"},
                {"task": "technical-configuration.configure-smtp", "step": "confirm-receipt",
                 "as": "boss", "statement": "x"},
                {"task": "technical-configuration.configure-smtp", "step": "confirm-receipt",
                 "as": "customer", "statement": "x", "after": "soon"}
              ]
            }
            """);

    assertEquals(5, messages.size(), messages::toString);
    assertMessage(messages.get(0), ":6: elements.mailserver: the checklist has no such element");
    assertMessage(messages.get(1), ":8: credentials.smpt: the checklist has no such credential");
    assertMessage(messages.get(2), ":10: people[0].step: the task has no such step; it has");
    assertMessage(messages.get(3), ":13: people[1].as: must be manager, customer or engineer");
    assertMessage(messages.get(4), ":15: people[2].after: must be a duration in ISO 8601");
  }

  @Test
  void takesWhatIsGivenForEachInstanceByItsName() throws Exception {
    String profile =
        """
        {"checklist": "enterprise-environment", "name": "Bank",
         "credentials": {"certificates@uat": {"keys": {}}}}
        """;
    assertEquals(Set.of("certificates@uat"), read(profile).credentials().keySet());
    assertMessage(
        refused(profile.replace("@uat", "")).getFirst(),
        ":2: credentials.certificates: the checklist has no such credential");
  }

  @Test
  void refusesUnknownFields() {
    assertMessage(
        refused("{\"checklist\": \"hosting-provider\", \"nam\": \"x\"}").getFirst(),
        ":1: nam: is unknown; known are");
  }

  @Test
  void refusesAnUnknownChecklistAndTask() {
    assertMessage(
        refused("{\"checklist\": \"hosting\", \"name\": \"x\"}").getFirst(),
        "checklist: checklist: there is none named hosting");
    assertMessage(
        refused(
                """
                {"checklist": "hosting-provider", "name": "x",
                 "corrections": [{"when": {"task": "a.b", "outcome": "FAILED"}, "do": []}]}
                """)
            .getFirst(),
        "corrections[0].do: must name what is done");
  }

  @Test
  void saysWhereTheTextIsNoJson() {
    assertMessage(refused("{\n  \"checklist\": ,\n}").getFirst(), ":2: is no JSON");
    assertMessage(refused("{\"name\": \"a\", \"name\": \"b\"}").getFirst(), ":1: is no JSON");
    assertMessage(refused("[]").getFirst(), ":1: must be an object");
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    ProfileException thrown =
        assertThrows(ProfileException.class, () -> reader.read(folder.resolve("none.json")));
    assertMessage(thrown.messages().getFirst(), "none.json: there is no such file");
  }

  private Profile read(String text) throws ProfileException, IOException {
    Path file = folder.resolve("profile.json");
    Files.writeString(file, text);
    return reader.read(file);
  }

  private List<String> refused(String text) {
    return assertThrows(ProfileException.class, () -> read(text)).messages();
  }

  private static void assertMessage(String message, String part) {
    assertTrue(message.contains(part), () -> message + " does not say " + part);
  }
}

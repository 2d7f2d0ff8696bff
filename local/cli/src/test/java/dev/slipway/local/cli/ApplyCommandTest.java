package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.run.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One file starts a customer, and brings an onboarding to what it says. */
class ApplyCommandTest {
  private static final String SECRETS =
      """
      platform: {token: 5f1c0000000000000000000000000000000a11ce}
      smtp: {user: paas@hoster.example, password: Deliver-the-mai1}
      docker: {user: hosterpaas, token: dckr_pat_0sandbox0paid0000000000000}
      test-customer: {token: 5f1c00000000000000000000000000000000c057}
      billing: {identifier: S4ndb0xIdentifier000000000000000, secret: S4ndb0xSecret0000000000000000000}
      """;

  @TempDir private static Path folder;
  private static LocalSlipway slipway;

  @BeforeAll
  static void start() {
    slipway = LocalSlipway.start(LocalSlipway.Wishes.of(folder.resolve("data"), null));
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  /** As somebody of the data folder. */
  private static Invocation here(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", folder.resolve("data")));
    return Invocation.of(all.toArray());
  }

  /** The file of a customer whose names have stand-ins. */
  private static Path customer(String name) throws IOException {
    Invocation template =
        Invocation.of(
            "element",
            "template",
            "hosting-provider",
            "--from",
            ProjectRoot.find().resolve("events/profiles/hosting-provider-minimal.json"));
    assertEquals(0, template.exit(), template.err());
    return Files.writeString(
        folder.resolve(name.replace(' ', '-') + ".yaml"),
        template.out().replaceFirst("(?m)^name: .*$", "name: " + name));
  }

  private static void replace(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(before), text);
    Files.writeString(file, text.replace(before, after));
  }

  private static SlipwayApi manager() {
    return slipway.callers().as(Role.MANAGER, "");
  }

  private static List<JsonNode> called(String name) {
    return manager().all().stream()
        .filter(each -> each.path("name").asText().equals(name))
        .toList();
  }

  private static long version(String id, String element) {
    return manager()
        .elements(id)
        .path("elements")
        .valueStream()
        .filter(each -> each.path("element").asText().equals(element))
        .findFirst()
        .orElseThrow()
        .path("version")
        .asLong();
  }

  private static Path secrets(String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve("secrets.yaml"), SECRETS);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void startsACustomerAndTheSecondTimeChangesNothing() throws IOException {
    Path file = customer("Twice GmbH");

    Invocation unasked = here("apply", file);
    assertEquals(1, unasked.exit());
    assertTrue(unasked.out().contains("A new onboarding: Twice GmbH"), unasked.out());
    assertTrue(unasked.err().contains("nothing was saved; add --yes"), unasked.err());
    assertEquals(List.of(), called("Twice GmbH"));

    Invocation first = here("apply", file, "--yes");
    assertEquals(0, first.exit(), first.err());
    assertTrue(first.out().contains("V01  RUN            Configure the mail server"), first.out());
    assertTrue(first.out().contains("mail-server is saved, version 1."), first.out());
    assertTrue(
        first
            .out()
            .contains(
                "Credentials platform, smtp, docker, test-customer, billing: for the customer to hand in"),
        first.out());
    assertTrue(first.out().contains("Still missing: credential platform"), first.out());

    Invocation second = here("apply", file, "--yes");
    assertEquals(0, second.exit(), second.err());
    assertTrue(second.out().contains("No element changes."), second.out());
    assertEquals(1, called("Twice GmbH").size());
    assertEquals(1, version(called("Twice GmbH").getFirst().path("id").asText(), "mail-server"));
  }

  @Test
  void savesNothingWhereOneElementIsWrong() throws IOException {
    Path file = customer("Wrong GmbH");
    replace(file, "port: 587", "port: 70000");
    replace(file, "onboarding-manager:", "onbording-manager:");
    Path secrets = secrets("rw-------");

    Invocation ended = here("apply", file, "--yes", "--secrets", secrets);

    assertEquals(2, ended.exit());
    assertTrue(
        ended.err().matches("(?s).*Wrong-GmbH.yaml:\\d+: elements.mail-server.port: must be.*"),
        ended.err());
    assertTrue(ended.err().contains("did you mean onboarding-manager?"), ended.err());
    assertEquals(List.of(), called("Wrong GmbH"));

    Invocation unknown =
        here(
            "apply",
            Files.writeString(folder.resolve("x.yaml"), "checklist: hosting-provder\nname: X\n"));
    assertEquals(2, unknown.exit());
    assertTrue(unknown.err().contains("x.yaml:1: checklist: there is none"), unknown.err());
    assertTrue(unknown.err().contains("did you mean hosting-provider?"), unknown.err());
  }

  @Test
  void saysWhatChangesFieldByFieldAndWhatThatDoes() throws IOException {
    Path file = customer("Changed GmbH");
    here("apply", file, "--yes");
    String id = called("Changed GmbH").getFirst().path("id").asText();
    replace(file, "port: 587", "port: 465");
    replace(file, "externalIps: false", "externalIps: true");

    Invocation unasked = here("apply", file);

    assertEquals(1, unasked.exit());
    assertTrue(
        unasked.out().contains("  changed    mail-server\n               port: 587 -> 465\n"),
        unasked.out());
    assertTrue(unasked.out().contains("V02  NEW            Add external IPs"), unasked.out());
    assertTrue(unasked.out().contains("asked for: External IP ranges"), unasked.out());
    assertEquals(1, version(id, "mail-server"));

    // What was killed half-way has saved some of it; the same command completes it.
    manager()
        .saveElement(
            id,
            "mail-server",
            Json.MAPPER.readTree(
                """
                {"host": "smtp.hoster.example", "port": 465, "encryption": "STARTTLS",
                 "from": "noreply@hoster.example", "type": "MULTIPART", "dkimSelector": "paas"}
                """),
            OptionalLong.of(1));
    Invocation saved = here("apply", file, "--yes");
    assertEquals(0, saved.exit(), saved.err());
    assertEquals(2, version(id, "mail-server"), saved.out());
    assertEquals(2, version(id, "activities"), saved.out());

    Invocation other = here("apply", customer("Other GmbH"), id);
    assertEquals(2, other.exit());
    assertTrue(other.err().contains("is of Changed GmbH, not of Other GmbH"), other.err());
  }

  @Test
  void storesTheCustomersCredentialsOnce() throws IOException {
    Path file = customer("Keys GmbH");
    here("apply", file, "--yes");
    String id = called("Keys GmbH").getFirst().path("id").asText();

    Path open = secrets("rw-r-----");
    Invocation refused = here("apply", file, id, "--as", "customer", "--secrets", open);
    assertEquals(2, refused.exit());
    assertTrue(refused.err().contains("first chmod 600 " + open), refused.err());

    Invocation unasked = here("apply", file, id, "--as", "customer");
    assertEquals(1, unasked.exit());
    assertTrue(unasked.out().contains("Credential smtp: not given"), unasked.out());

    Path secrets = secrets("rw-------");
    Invocation stored = here("apply", file, id, "--as", "customer", "--secrets", secrets);
    assertEquals(0, stored.exit(), stored.out() + stored.err());
    assertTrue(stored.out().contains("Credential smtp: VALID"), stored.out());
    assertFalse((stored.out() + stored.err()).contains("Deliver-the-mai1"), "a secret is shown");

    Invocation again = here("apply", file, id, "--as", "customer", "--secrets", secrets);
    assertEquals(0, again.exit(), again.out());
    assertTrue(again.out().contains("Credential smtp: VALID already"), again.out());
  }

  @Test
  void tellsWhoWonARace() throws IOException {
    Path file = customer("Race GmbH");
    here("apply", file, "--yes");
    String id = called("Race GmbH").getFirst().path("id").asText();
    replace(file, "port: 587", "port: 465");
    replace(file, "code: EUR", "code: USD");
    Path token = Files.writeString(folder.resolve("token"), slipway.token(Role.MANAGER, "", false));
    SlipwayApi customer = slipway.callers().as(Role.CUSTOMER, id);

    try (ForwardedApi api =
        ForwardedApi.before(
            slipway.runtime().apiUri(),
            "PUT",
            2,
            () ->
                customer.saveElement(
                    id,
                    "currency",
                    Json.MAPPER.createObjectNode().put("code", "CHF"),
                    OptionalLong.of(1)))) {
      Invocation lost =
          Invocation.of("apply", file, id, "--yes", "--api", api.uri(), "--token-file", token);

      assertEquals(1, lost.exit(), lost.out());
      assertTrue(
          lost.err().contains("currency: Carl Customer (customer-carl-customer) saved version 2")
              || lost.err().contains("currency: Carl Customer (customer) saved version 2"),
          lost.err());
      assertTrue(lost.err().contains("1 of 2 elements were saved"), lost.err());
    }
    assertEquals(2, version(id, "currency"));
  }

  @Test
  void twoManagersWhoCreateACustomerAtOnceCreateOne() throws IOException {
    Path file = customer("At Once GmbH");
    Path token = Files.writeString(folder.resolve("token"), slipway.token(Role.MANAGER, "", false));
    Path other = Files.writeString(folder.resolve("other"), slipway.token(Role.MANAGER, "", true));
    List<Invocation> first = new ArrayList<>();

    try (ForwardedApi api =
        ForwardedApi.before(
            slipway.runtime().apiUri(),
            "POST",
            1,
            () ->
                first.add(
                    Invocation.of(
                        "apply",
                        file,
                        "--yes",
                        "--api",
                        slipway.runtime().apiUri(),
                        "--token-file",
                        other)))) {
      Invocation second =
          Invocation.of("apply", file, "--yes", "--api", api.uri(), "--token-file", token);
      assertEquals(0, first.getFirst().exit(), first.getFirst().err());
      assertEquals(1, second.exit(), second.out());
      assertTrue(second.err().contains("Mara Second"), second.err());
      assertTrue(second.err().contains("saved version 1"), second.err());
    }
    assertEquals(1, called("At Once GmbH").size());
    Invocation again = here("apply", file, "--yes");
    assertTrue(again.out().contains("No element changes."), again.out());
  }

  /** The answer to that request is lost with the process that sent it. */
  @ParameterizedTest
  @CsvSource({"POST, 1", "PUT, 1", "PUT, 5"})
  void killedHalfWayTheSameCommandCompletesIt(String method, int request) throws Exception {
    String name = "Killed " + method + request + " GmbH";
    Path file = customer(name);
    Path token = Files.writeString(folder.resolve("token"), slipway.token(Role.MANAGER, "", false));
    CompletableFuture<Process> apply = new CompletableFuture<>();
    try (ForwardedApi api =
        ForwardedApi.behind(
            slipway.runtime().apiUri(),
            method,
            request,
            () -> apply.join().destroyForcibly().onExit().join())) {
      apply.complete(process("apply", file, "--yes", "--api", api.uri(), "--token-file", token));
      assertTrue(apply.join().waitFor(2, TimeUnit.MINUTES), "is not killed");
      assertEquals(128 + 9, apply.join().exitValue(), "is killed, and does not end by itself");
    }
    String id = called(name).getFirst().path("id").asText();

    Invocation completed = here("apply", file, "--yes");

    assertEquals(0, completed.exit(), completed.err());
    assertEquals(1, called(name).size());
    assertTrue(
        manager()
            .elements(id)
            .path("elements")
            .valueStream()
            .allMatch(each -> each.path("version").asLong() <= 1),
        "nothing is saved twice");
    assertTrue(here("apply", file, "--yes").out().contains("No element changes."));
  }

  private static Process process(Object... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Slipway.class.getName()));
    Stream.of(words).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void warnsOfNamesThatHaveNoStandIn() throws IOException {
    Path file = customer("Own Names GmbH");
    replace(file, "smtp.hoster.example", "smtp.own.example");

    Invocation ended = here("apply", file);

    assertTrue(
        ended.err().contains("no stand-in of the sandbox has the names smtp.own.example:"),
        ended.err());
    assertFalse(here("apply", customer("Known GmbH")).err().contains("no stand-in"));
  }

  @Test
  void takesRowsForTasksAndSaysWhatWasMeant() {
    String id = here("create", "hosting-provider", "Names GmbH").lastLine();
    String mailServer =
        "{\"host\": \"smtp.hoster.example\", \"port\": 587, \"encryption\": \"STARTTLS\","
            + " \"from\": \"noreply@hoster.example\"}";
    assertEquals(0, here("element", "set", id, "mail-server", "--value", mailServer).exit());

    Invocation skipped = here("skip", id, "v02", "--reason", "no need");
    assertEquals(0, skipped.exit(), skipped.err());
    assertEquals("technical-configuration.add-external-ips is skipped.", skipped.lastLine());
    assertEquals(0, here("skip", id, "set-up-monitoring", "--reason", "no need").exit());

    assertMeant("configure-smtp", "retry", id, "configure-smpt", "--reason", "x");
    assertMeant(
        "technical-configuration.configure-smtp",
        "retry",
        id,
        "technical-configuration.configure-smpt",
        "--reason",
        "x");
    assertMeant("mail-server", "element", "set", id, "mail-servr", "--value", "{}");
    assertMeant("mail-server", "element", "show", id, "mailserver");
    assertMeant("hosting-provider", "create", "hosting-provder", "X");
    assertMeant("hosting-provider", "element", "template", "hosting-provder");
    assertMeant(id, "show", id + "x");

    Invocation shown = here("element", "show", id, "mail-server");
    assertTrue(shown.out().contains("The SMTP server through which"), shown.out());
    assertTrue(shown.out().contains("Given: version 1, by Mia Manager"), shown.out());
  }

  private static void assertMeant(String meant, Object... words) {
    Invocation ended = words[1].equals("template") ? Invocation.of(words) : here(words);
    assertEquals(2, ended.exit(), ended.err());
    assertTrue(ended.err().contains("did you mean"), ended.err());
    assertTrue(ended.err().contains(meant), ended.err());
  }

  @Test
  void actsAtTheSandbox() {
    Invocation list = Invocation.of("act");
    assertEquals(0, list.exit());
    assertTrue(list.out().contains("assign-docker-account    token=… user=…"), list.out());

    Invocation short_ = here("act", "assign-docker-account", "user=hosterpaas");
    assertEquals(2, short_.exit());
    assertTrue(short_.err().contains("token is missing"), short_.err());
    assertMeant("assign-docker-account", "act", "assign-docker-acount");

    Invocation done =
        here("act", "publish-dns", "name=x.hoster.example", "type=TXT", "values=[\"\\\"a\\\"\"]");
    assertEquals(0, done.exit(), done.err());
    assertTrue(slipway.sandbox().world().path("dns").path("records").has("x.hoster.example"));
    Invocation nowhere = Invocation.of("act", "connect-portal");
    assertEquals(2, nowhere.exit());
    assertTrue(nowhere.err().contains("which sandbox?"), nowhere.err());
  }
}

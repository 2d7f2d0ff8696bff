package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.ledger.Party;
import dev.slipway.local.run.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People take an onboarding through its steps with commands alone, against a Slipway that runs. */
class PeopleCommandsTest {
  private static final String SMTP = "technical-configuration.configure-smtp";
  private static final String UPLOADER = "technical-configuration.provide-uploader-access";

  @TempDir private static Path folder;
  private static LocalSlipway slipway;

  @BeforeAll
  static void start() {
    slipway = LocalSlipway.start(LocalSlipway.Wishes.of(null, null));
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  /** What a command ended with. */
  private record Ended(int code, String out, String err) {
    String first() {
      return out.lines().findFirst().orElse("");
    }
  }

  private static Ended slipway(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Slipway.commandLine(
                new Terminal(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    0))
            .execute(arguments);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A command of a person, who has a token in a file. */
  private static Ended as(Role role, String onboarding, boolean second, String... arguments)
      throws IOException {
    Path token = folder.resolve("token-" + role + second);
    Files.writeString(token, slipway.token(role, onboarding, second) + "\n");
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(
        List.of("--api", slipway.runtime().apiUri().toString(), "--token-file", token.toString()));
    return slipway(all.toArray(String[]::new));
  }

  private static Ended done(Role role, String onboarding, String... arguments) throws IOException {
    Ended ended = as(role, onboarding, false, arguments);
    assertEquals(0, ended.code(), () -> String.join(" ", arguments) + ": " + ended);
    return ended;
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void takesAnOnboardingThroughItsSteps() throws Exception {
    JsonNode profile =
        Json.MAPPER.readTree(
            ProjectRoot.find().resolve("events/profiles/hosting-provider-minimal.json").toFile());
    String id = done(Role.MANAGER, "", "create", "hosting-provider", "Command GmbH").first();
    assertTrue(done(Role.MANAGER, "", "onboardings").out().contains(id));

    Checklist checklist = new Checklists().newest("hosting-provider");
    for (var element : profile.path("elements").properties()) {
      Path value = file("value.json", withFiles(id, element.getValue()).toString());
      Role giver =
          element.getKey().equals("contacts")
                  || checklist.element(element.getKey()).orElseThrow().party() == Party.VENDOR
              ? Role.MANAGER
              : Role.CUSTOMER;
      done(giver, id, "element", "set", id, element.getKey(), "--file", value.toString());
    }
    String contacts =
        """
        {"customer": [{"name": "Carl", "email": "carl@hoster.example"}],
         "vendor": [{"name": "Vera", "email": "vera@vendor.example"}]}
        """;
    done(Role.MANAGER, id, "element", "set", id, "contacts", "--value", contacts);
    for (var credential : profile.path("credentials").properties()) {
      Path value = file("credential.json", credential.getValue().toString());
      Ended stored =
          done(
              Role.CUSTOMER,
              id,
              "credential",
              "store",
              id,
              credential.getKey(),
              "--file",
              value.toString());
      assertTrue(stored.out().contains("VALID"), stored.out());
    }
    Ended listed = done(Role.CUSTOMER, id, "element", "list", id);
    assertTrue(listed.out().contains("version 1"), listed.out());
    assertFalse(listed.out().contains("Deliver-the-mai1"), "a secret is shown");

    Ended plan = done(Role.MANAGER, id, "plan", id);
    String hash = plan.out().lines().toList().getLast().replace("Plan hash: ", "");
    Ended stale = as(Role.MANAGER, id, false, "start", id, "--plan", "0".repeat(64));
    assertEquals(1, stale.code());
    assertTrue(stale.err().contains("plan.stale"), stale.err());
    assertTrue(stale.err().contains("slipway plan ONBOARDING"), stale.err());
    Ended started = done(Role.MANAGER, id, "start", id, "--plan", hash);
    assertTrue(started.err().isEmpty(), started.err());

    awaits(id, SMTP + " waits for the customer, step confirm-receipt");
    remindsTheColleague(id);
    Path received =
        file("received.json", "{\"received\":[\"accountManagement\",\"environmentLifecycle\"]}");
    done(
        Role.CUSTOMER,
        id,
        "answer",
        id,
        SMTP,
        "confirm-receipt",
        "--statement",
        "Both arrived.",
        "--values",
        received.toString());
    awaits(id, "V01  DONE");
    asksBeforeWhatIsFinalChanges(id);

    awaits(id, UPLOADER + " waits for");
    Ended skipped = as(Role.MANAGER, id, false, "skip", id, UPLOADER, "--reason", "no need");
    assertEquals(2, skipped.code());
    assertTrue(skipped.err().contains("code:  task.requirement"), skipped.err());
    done(Role.MANAGER, id, "waive", id, UPLOADER, "--reason", "no uploads here");
    Ended alone = as(Role.MANAGER, id, false, "approve", id, UPLOADER, "--reason", "me again");
    assertEquals(1, alone.code(), alone.out());
    assertEquals(0, as(Role.MANAGER, id, true, "approve", id, UPLOADER, "--reason", "yes").code());
    awaits(id, "V04  WAIVED");

    done(Role.ENGINEER, id, "retry", id, "technical-configuration.check-platform", "--reason", "x");
    Path report = folder.resolve("report.json");
    done(Role.MANAGER, id, "report", id, "--out", report.toString());
    assertTrue(Files.readString(report).contains("\"WAIVED\""));
    assertTrue(
        done(Role.MANAGER, id, "report", id, "--format", "html").out().contains("<!DOCTYPE html>"));
    Ended events = done(Role.MANAGER, id, "events", id);
    assertTrue(events.out().contains("task.waiver-requested " + UPLOADER), events.out());
    done(Role.MANAGER, id, "stop", id, "--reason", "a break");
    awaits(id, ", STOPPED,");
    done(Role.MANAGER, id, "cancel", id, "--reason", "the end");
    awaits(id, ", CANCELLED,");
  }

  /** The value is not saved without a yes, and nothing of HTTP is told to who types commands. */
  private static void asksBeforeWhatIsFinalChanges(String id) throws IOException {
    String other =
        "{\"host\":\"smtp.hoster.example\",\"port\":465,\"encryption\":\"SSMTP\","
            + "\"from\":\"noreply@hoster.example\"}";
    String[] set = {"element", "set", id, "mail-server", "--value", other};
    Ended refused = as(Role.CUSTOMER, id, false, set);
    assertEquals(1, refused.code(), refused.out());
    assertTrue(refused.out().contains("V01  INVALID"), refused.out());
    assertTrue(refused.err().contains("with --yes"), refused.err());
    assertFalse(
        (refused.out() + refused.err()).matches("(?si).*(effect-hash|if-match|header).*"),
        refused.err());
    List<String> agreed = new ArrayList<>(List.of(set));
    agreed.add("--yes");
    Ended saved = done(Role.CUSTOMER, id, agreed.toArray(String[]::new));
    assertTrue(saved.out().contains("looked at again: " + SMTP), saved.out());
  }

  /** Hands over each file that a value of the profile names, and puts its hash in its place. */
  private static JsonNode withFiles(String id, JsonNode value) throws Exception {
    if (value.has("$file")) {
      Path named =
          ProjectRoot.find().resolve("events/profiles").resolve(value.path("$file").asText());
      return Json.tree(done(Role.CUSTOMER, id, "file", "upload", id, named.toString()).first());
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode copy = Json.MAPPER.createObjectNode();
    for (var field : value.properties()) {
      copy.set(field.getKey(), withFiles(id, field.getValue()));
    }
    return copy;
  }

  private static void remindsTheColleague(String id) throws Exception {
    done(
        Role.CUSTOMER,
        id,
        "delegate",
        id,
        SMTP,
        "--name",
        "Cora Colleague",
        "--email",
        "cora@hoster.example",
        "--reason",
        "she reads the mails");
    assertTrue(done(Role.CUSTOMER, id, "show", id).out().contains("delegated Cora Colleague"));
    Ended vendors =
        as(
            Role.ENGINEER,
            id,
            false,
            "delegate",
            id,
            SMTP,
            "--name",
            "X",
            "--email",
            "x@x.example",
            "--reason",
            "x");
    assertTrue(vendors.err().contains("caller.party"), vendors.err());

    var runtime = slipway.runtime();
    String remind = runtime.template().function("Remind").orElseThrow().arn();
    var reminded = runtime.functions().invoke(remind, Json.MAPPER.createObjectNode()).join();
    assertFalse(reminded.failed(), () -> reminded.payload().toString());
    assertEquals(0, reminded.payload().path("failed").asInt(), reminded.payload()::toString);
    String control = slipway.sandbox().state().path("endpoints").path("control").asText();
    Ended mails = slipway("mails", "--control", control, "--to", "cora@hoster.example");
    assertEquals(0, mails.code(), mails.err());
    assertTrue(mails.out().contains("From:     slipway@slipway.example"), mails.out());
    assertTrue(mails.out().contains("Good day Cora Colleague,"), mails.out());
    assertFalse(mails.out().contains("Content-Transfer-Encoding"), mails.out());
    assertTrue(mails.out().contains("1 mail."), mails.out());
    runtime.functions().invoke(remind, Json.MAPPER.createObjectNode()).join();
    assertTrue(
        slipway("mails", "--control", control, "--to", "cora@hoster.example")
            .out()
            .endsWith("1 mail.\n"));
  }

  /** The last row that uses a credential is waived: the section goes on without the credential. */
  @Test
  void aWaivedRowDoesNotBlockItsSection() throws Exception {
    String id = done(Role.MANAGER, "", "create", "hosting-provider", "Waiving GmbH").first();
    JsonNode profile =
        Json.MAPPER.readTree(
            ProjectRoot.find().resolve("events/profiles/hosting-provider-minimal.json").toFile());
    Checklist checklist = new Checklists().newest("hosting-provider");
    for (var element : profile.path("elements").properties()) {
      Path value = file("value.json", withFiles(id, element.getValue()).toString());
      boolean vendor =
          element.getKey().equals("contacts")
              || checklist.element(element.getKey()).orElseThrow().party() == Party.VENDOR;
      Role giver = vendor ? Role.MANAGER : Role.CUSTOMER;
      done(giver, id, "element", "set", id, element.getKey(), "--file", value.toString());
    }
    for (String system : List.of("platform", "docker")) {
      Path value = file("c.json", profile.path("credentials").path(system).toString());
      done(Role.CUSTOMER, id, "credential", "store", id, system, "--file", value.toString());
    }
    done(Role.MANAGER, id, "start", id, "--yes");
    awaits(id, "Mail server account");

    done(Role.MANAGER, id, "waive", id, SMTP, "--reason", "another system sends");
    assertTrue(done(Role.MANAGER, id, "show", id).out().contains("V01  PENDING"));
    Ended agreed = as(Role.MANAGER, id, true, "approve", id, SMTP, "--reason", "yes");
    assertEquals(0, agreed.code(), agreed.err());

    awaits(id, "V00  DONE");
    awaits(id, "V01  WAIVED");
  }

  @Test
  void namesTheFieldAndTheNextStep() throws Exception {
    String id = done(Role.MANAGER, "", "create", "hosting-provider", "Wrong GmbH").first();
    Ended wrong =
        as(Role.CUSTOMER, id, false, "element", "set", id, "platform", "--value", "{\"domain\":3}");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("field: "), wrong.err());
    assertTrue(wrong.err().contains("/domain: "), wrong.err());
    assertTrue(wrong.err().contains("next:  `slipway element list"), wrong.err());

    Ended noJson =
        as(Role.CUSTOMER, id, false, "element", "set", id, "platform", "--value", "{domain");
    assertEquals(2, noJson.code());
    assertTrue(noJson.err().contains("--value: is no JSON, at line 1"), noJson.err());

    Ended lost =
        as(
            Role.CUSTOMER,
            id,
            false,
            "element",
            "set",
            id,
            "platform",
            "--value",
            "{\"domain\":\"paas.hoster.example\"}",
            "--replaces",
            "7");
    assertEquals(1, lost.code(), lost.err());
    assertEquals(2, as(Role.MANAGER, "", false, "show", "nobody-knows").code());
    Ended other = as(Role.CUSTOMER, "another", false, "show", id);
    assertTrue(other.err().contains("onboarding.unknown"), other.err());
    Ended store = as(Role.MANAGER, id, false, "credential", "store", id, "smtp", "--file", "gone");
    assertEquals(2, store.code());
    assertEquals(2, slipway("show", id).code());
    assertEquals(2, slipway("element").code());

    Ended refused = as(Role.MANAGER, "", false, "create", "hosting", "Wrong GmbH");
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().contains("there are: enterprise-environment, hosting-provider."),
        refused.err());
    Ended unknown = slipway("show", id, "--api", api(), "--token-file", file("t", "x").toString());
    assertEquals(1, unknown.code());
    assertTrue(unknown.err().contains("the token is not accepted"), unknown.err());
    waiverAndItsSecondPerson(id);

    ObjectNode wrongCredential = Json.MAPPER.createObjectNode();
    wrongCredential.put("user", "paas@hoster.example").put("password", "not the one");
    Path file = file("wrong.json", wrongCredential.toString());
    Ended uploaded = as(Role.CUSTOMER, id, false, "file", "upload", id, file.toString());
    assertEquals(64, uploaded.first().length(), uploaded.err());
    getsFiles(id, file, uploaded.first());
  }

  private static String api() {
    return slipway.runtime().apiUri().toString();
  }

  /** A second manager's token is had by a command, and a waiver is refused and approved with it. */
  private static void waiverAndItsSecondPerson(String id) throws IOException {
    assertEquals(2, as(Role.MANAGER, "", false, "token", "customer").code());
    assertEquals(1, as(Role.CUSTOMER, id, false, "token", "manager").code());
    String token = done(Role.MANAGER, "", "token", "manager", "--name", "Mo Third").first();
    String file = file("third.txt", token).toString();

    done(Role.MANAGER, "", "waive", id, UPLOADER, "--reason", "nobody uploads");
    Ended open = done(Role.CUSTOMER, id, "show", id);
    assertTrue(open.out().contains("a waiver of " + UPLOADER + " waits for a manager"), open.out());
    assertTrue(open.out().contains(" approve " + id + " " + UPLOADER), open.out());
    String[] approve = {"approve", id, UPLOADER, "--reason", "so be it"};
    assertEquals(1, as(Role.MANAGER, "", false, approve).code(), "it takes two");
    done(Role.MANAGER, "", "approve", id, UPLOADER, "--refuse", "--reason", "on second thoughts");
    assertFalse(done(Role.CUSTOMER, id, "show", id).out().contains("a waiver of"));
    done(Role.MANAGER, "", "waive", id, UPLOADER, "--reason", "nobody uploads");
    List<String> all = new ArrayList<>(List.of(approve));
    all.addAll(List.of("--api", api(), "--token-file", file));
    Ended approved = slipway(all.toArray(String[]::new));
    assertEquals(0, approved.code(), approved.err());
  }

  private static void getsFiles(String id, Path file, String sha256) throws IOException {
    Ended list = done(Role.MANAGER, "", "file", "list", id);
    assertTrue(list.first().startsWith(sha256 + "  "), list.out());
    assertTrue(list.first().contains("  wrong.json  ("), list.out());
    assertEquals(
        Files.readString(file), done(Role.ENGINEER, "", "file", "download", id, sha256).out());
    Path copy = folder.resolve("copy.json");
    done(Role.CUSTOMER, id, "file", "download", id, sha256, "--out", copy.toString());
    assertEquals(-1, Files.mismatch(file, copy));

    Ended none = as(Role.MANAGER, "", false, "file", "download", id, "0".repeat(64));
    assertEquals(2, none.code(), none.err());
    assertTrue(none.err().contains("This onboarding has no file"), none.err());
    Ended other = as(Role.CUSTOMER, "another", false, "file", "download", id, sha256);
    assertTrue(other.err().contains("onboarding.unknown"), other.err());
  }

  @Test
  void helpsWithExamples() {
    for (String command :
        List.of("show", "create", "start", "stop", "cancel", "answer", "retry", "skip", "waive")) {
      Ended help = slipway(command, "--help");
      assertEquals(0, help.code());
      assertTrue(help.out().contains("Example"), help.out());
      assertTrue(help.out().contains("--token-file"), help.out());
    }
    assertTrue(slipway("--help").out().contains("Give what is asked for"));
  }

  private static void awaits(String id, String text) throws Exception {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    String shown = "";
    while (Instant.now().isBefore(end)) {
      shown = done(Role.MANAGER, id, "show", id).out();
      if (shown.contains(text)) {
        return;
      }
      Thread.sleep(200);
    }
    throw new AssertionError("no `" + text + "` in\n" + shown);
  }
}

package dev.slipway.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.json.Json;
import dev.slipway.local.sandbox.mail.Mail;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The profiles that ship, from intake to the end, by the command that a newcomer types. */
@ExtendWith(FinishedRun.Resolver.class)
@Order(2) // Takes long, so it begins early.
class WholeRunTest {
  private static final Path PROFILES = ProjectRoot.find().resolve("events/profiles");
  private static final Set<String> FINAL = Set.of("DONE", "NOT_APPLICABLE", "SKIPPED", "PLANNED");

  private static final Checklist CHECKLIST = new Checklists().newest("hosting-provider");

  /** How each row of the troubled profile fails at first. */
  private static final Map<String, String> FIRST_FAILURES =
      Map.ofEntries(
          Map.entry("V00", "platform.certificate"),
          Map.entry("V01", "dns.spf"),
          Map.entry("V02", "external-ips.overlap"),
          Map.entry("V03", "docker.other-user"),
          Map.entry("V04", "uploader.not-connected"),
          Map.entry("V05", "monitoring.samples-stale"),
          Map.entry("V06", "backup.out-of-order"),
          Map.entry("V07", "branding.link-answers-404"),
          Map.entry("V08", "analytics.id-not-known"),
          Map.entry("V09", "accounts.lock-out"),
          Map.entry("V10", "mail-texts.language-missing"),
          Map.entry("V11", "currency.rates-differ"),
          Map.entry("V12", "pricing.tariff-differs"),
          Map.entry("V13", "billing.no-product"),
          Map.entry("V14", "single-sign-on.reusable"),
          Map.entry("V15", "test-customer.rejected"),
          Map.entry("V16", "test-customer.out-of-order"));

  /** Where the days of the slow profile's people begin and end. */
  private static final Map<String, ZoneId> ZONES =
      Map.of(
          "carla@hoster.example", ZoneId.of("Europe/Berlin"),
          "viktor@vendor.example", ZoneId.of("Europe/Kyiv"),
          "marta@vendor.example", ZoneOffset.UTC);

  @TempDir private Path folder;

  @Test
  void takesAHostingProviderToItsEnd(@FinishedRun.Of("hosting-provider.json") FinishedRun run)
      throws IOException {
    Invocation ended = run.ended();
    assertEquals(0, ended.exit(), ended.toString());
    assertTrue(ended.lines().contains("Finished: every row is final."), ended.toString());
    JsonNode tasks = run.report().path("tasks");
    assertEquals(CHECKLIST.tasks().count(), tasks.size());
    for (JsonNode task : tasks) {
      String row = task.path("row").asText();
      assertTrue(FINAL.contains(task.path("outcome").asText()), task::toPrettyString);
      if (task.path("outcome").asText().equals("DONE")) {
        assertFalse(task.path("evidence").isEmpty(), row + " has no evidence");
        for (JsonNode evidence : task.path("evidence")) {
          for (String field : List.of("probe", "where", "at", "against", "answer")) {
            assertTrue(evidence.hasNonNull(field), row + ": " + field + " in " + evidence);
          }
          restsOnWhomItNames(row, evidence);
        }
      }
    }
    String markdown = Files.readString(run.folder().resolve("report.md"));
    assertTrue(markdown.contains("| V01 | Configure the mail server | mandatory | done |"));
    assertTrue(
        markdown.lines().anyMatch(l -> l.matches(".*receipt of platform e-mails.*Carl Customer.*")),
        markdown);
    assertTrue(
        Files.readString(run.folder().resolve("report.html"))
            .matches(
                "(?s).*Configure the mail server</h3>.{1,900}What people said.{1,600}Carl Customer.*"));

    List<RecordedCall> calls = calls(run.data());
    Map<String, Long> settings =
        calls.stream()
            .filter(call -> call.method().equals("administration.config.ChangeConfigKey"))
            .filter(RecordedCall::succeeded)
            .collect(Collectors.groupingBy(RecordedCall::key, TreeMap::new, Collectors.counting()));
    assertTrue(settings.containsKey("SYSTEM smtp.mail.host"), settings::toString);
    assertTrue(settings.values().stream().allMatch(times -> times == 1), settings::toString);
    assertEquals(
        1,
        performed(
            calls, "platform", "administration.cluster.AddExtIps", "203.0.113.128 203.0.113.143"));
    assertEquals(1, performed(calls, "person", "assign-docker-account", ""));
    assertNothingIsLeftBehind(calls);
  }

  /** What only a person said stands as that person's, and is no stand-in's answer. */
  private static void restsOnWhomItNames(String row, JsonNode evidence) {
    boolean said =
        evidence
            .path("answer")
            .asText()
            .matches("(?s)(stated|attested: |agreed: |decided by |acknowledged by |passed: ).*");
    boolean person = evidence.path("where").asText().equals("PERSON");
    assertTrue(!said || person, () -> row + ": " + evidence);
    assertEquals(person, evidence.hasNonNull("by"), () -> row + ": " + evidence);
    assertFalse(person && evidence.path("standIn").asBoolean(), () -> row + ": " + evidence);
  }

  @Test
  void skipsWhatIsNotChosenAndGoesOnWithTheSameCommand() throws IOException {
    Invocation first = run("hosting-provider-minimal.json");
    assertEquals(0, first.exit(), first.toString());
    assertTrue(
        first.out().contains("V02  SKIPPED        Add external IPs: not chosen at intake"),
        first.out());
    List<RecordedCall> before = calls();

    Invocation status = Invocation.of("status", "--data", data());
    assertEquals(0, status.exit(), status.err());
    assertTrue(status.lines().getFirst().contains("COMPLETED, run 2"), status.out());
    assertTrue(status.out().contains("  V01  DONE           Configure the mail server"));

    Invocation again = run("hosting-provider-minimal.json");
    assertEquals(0, again.exit(), again.toString());
    assertTrue(again.lines().getFirst().contains("goes on where it was"), again.out());
    assertEquals(before.size(), calls().size(), "the third parties were called again");
  }

  /** Each row fails as it fails in life, and is final in the end. */
  @Test
  void correctsWhatFails(
      @FinishedRun.Of(value = "hosting-provider-troubles.json", signedOff = true) FinishedRun run)
      throws IOException {
    Invocation ended = run.ended();
    assertEquals(0, ended.exit(), ended.toString());
    Map<String, String> failures = new TreeMap<>();
    for (String line : ended.lines()) {
      if (line.matches("V\\d\\d  FAILED .*")) {
        failures.putIfAbsent(
            line.substring(0, 3), line.replaceFirst(".*?: ([a-z0-9.-]+): .*", "$1"));
      }
    }
    FIRST_FAILURES.forEach((row, code) -> assertEquals(code, failures.get(row), row));
    assertTrue(ended.out().contains("Credential smtp: INVALID_CREDENTIALS"), ended.out());
    assertTrue(ended.out().contains("Credential docker: INSUFFICIENT_PERMISSION"), ended.out());
    for (JsonNode task : run.report().path("tasks")) {
      String outcome = task.path("outcome").asText();
      assertTrue(Set.of("DONE", "PLANNED").contains(outcome), task::toPrettyString);
    }
    assertNothingIsLeftBehind(calls(run.data()));
  }

  /** Each option that can be taken together with the others. */
  @Test
  void takesEverythingAtOnce() throws IOException {
    Path report = folder.resolve("report.json");
    Invocation ended =
        run("hosting-provider-everything.json", "--fast-forward", "--report", report);

    assertEquals(0, ended.exit(), ended.toString());
    for (JsonNode task : Json.MAPPER.readTree(report.toFile()).path("tasks")) {
      String outcome = task.path("outcome").asText();
      assertTrue(Set.of("DONE", "PLANNED").contains(outcome), task::toPrettyString);
    }
    List<RecordedCall> calls = calls();
    for (String range : List.of("203.0.113.128 203.0.113.143", "203.0.113.160 203.0.113.167")) {
      assertEquals(1, performed(calls, "platform", "administration.cluster.AddExtIps", range));
    }
    assertEquals(5, count(calls, "billing.pricing.AddTariff"), "one call for each tariff");
    assertEquals(2, count(calls, "billing.pricing.AddPricing"), "one for each model");
    assertEquals(4, count(calls, "billing.groupquota.SetPricingModels"), "one for each group");
    assertEquals(
        1,
        mails().stream().filter(mail -> mail.subject().startsWith("Votre compte")).count(),
        "each changed text is sent once in each language");
    assertNothingIsLeftBehind(calls);
  }

  /** Weeks of waiting: who is told what, and how often. */
  @Test
  void remindsWhoIsWaitedForAndTellsTheManagerAtLast() throws IOException {
    Invocation ended = run("hosting-provider-slow.json", "--fast-forward");

    assertEquals(0, ended.exit(), ended.toString());
    List<Mail> reminders =
        mails().stream()
            .filter(mail -> mail.sender().equals(SandboxDefaults.SLIPWAY_MAIL_FROM))
            // The hand-over pack is mailed too, and reminds nobody.
            .filter(mail -> mail.content().contains("Subject: Slipway: "))
            .toList();
    Map<String, Long> perDay =
        reminders.stream()
            .collect(
                Collectors.groupingBy(
                    mail ->
                        mail.recipients().getFirst()
                            + " "
                            + LocalDate.ofInstant(
                                mail.at(), ZONES.get(mail.recipients().getFirst())),
                    TreeMap::new,
                    Collectors.counting()));
    assertTrue(perDay.values().stream().allMatch(mails -> mails == 1), perDay::toString);

    List<String> customers = told(reminders, "carla@hoster.example");
    assertTrue(customers.getFirst().contains("What is wrong: The billing system has no product 7"));
    assertTrue(customers.getFirst().contains("slipway element set "), customers.getFirst());
    assertTrue(customers.stream().anyMatch(text -> text.contains("OVERDUE")), "the 4th day");
    List<String> vendors = told(reminders, "viktor@vendor.example");
    assertTrue(vendors.getFirst().contains("Uploader, Path: /exports/uploader"), vendors::toString);
    assertTrue(vendors.stream().noneMatch(text -> text.contains("product 7")), "not theirs");
    List<String> managers = told(reminders, "marta@vendor.example");
    assertTrue(
        managers.stream().anyMatch(text -> text.contains("Waits for: the vendor (Viktor Vendor)")),
        managers::toString);
    // A page does nothing by itself, whoever opens it: a scanner, too.
    String all = reminders.toString().replaceAll("href=\"[^\"]*/app/[^\"]*\"", "");
    for (String secret : List.of("Deliver-the-mai1", "dckr_pat_", "S4ndb0xSecret", "href=")) {
      assertFalse(all.contains(secret), secret);
    }
  }

  private static List<String> told(List<Mail> mails, String receiver) {
    return mails.stream()
        .filter(mail -> mail.recipients().contains(receiver))
        .map(Mail::content)
        .toList();
  }

  private List<Mail> mails() throws IOException {
    List<Mail> mails = new ArrayList<>();
    for (String line : Files.readAllLines(data().resolve("sandbox").resolve("mails.jsonl"))) {
      mails.add(Mail.fromJson(Json.MAPPER.readTree(line)));
    }
    return mails;
  }

  private static long count(List<RecordedCall> calls, String method) {
    return calls.stream().filter(call -> call.method().equals(method) && call.succeeded()).count();
  }

  @Test
  void endsWhereNobodyAnswers() throws IOException {
    JsonNode profile =
        Json.MAPPER.readTree(PROFILES.resolve("hosting-provider-minimal.json").toFile());
    ((ObjectNode) profile).putArray("people");
    Path file = folder.resolve("files-are-beside").resolve("profile.json");
    copy(PROFILES, file.getParent());
    Files.writeString(file, profile.toString());
    Path report = folder.resolve("report.json");

    Invocation ended = Invocation.of("run", file, "--fast-forward", "--report", report);

    assertEquals(1, ended.exit(), ended.toString());
    assertTrue(
        ended.lastLine().startsWith("Ended: nothing can go on by itself: "), ended.lastLine());
    assertTrue(ended.lastLine().contains(" waits for the "), ended.lastLine());
    assertTrue(Files.exists(report), "a run that ends early reports as well");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Invocation run(String profile, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("run", PROFILES.resolve(profile)));
    arguments.addAll(List.of("--data", data()));
    arguments.addAll(List.of(more));
    return Invocation.of(arguments.toArray());
  }

  private List<RecordedCall> calls() throws IOException {
    return calls(data());
  }

  private static List<RecordedCall> calls(Path data) throws IOException {
    List<RecordedCall> calls = new ArrayList<>();
    for (String line : Files.readAllLines(data.resolve("sandbox").resolve("calls.jsonl"))) {
      calls.add(RecordedCall.fromJson(Json.MAPPER.readTree(line)));
    }
    return calls;
  }

  private static long performed(
      List<RecordedCall> calls, String system, String method, String key) {
    return calls.stream()
        .filter(call -> call.system().equals(system) && call.method().equals(method))
        .filter(call -> call.key().equals(key) && call.succeeded())
        .count();
  }

  /** Each test environment was made once, and removed. */
  private static void assertNothingIsLeftBehind(List<RecordedCall> calls) {
    Map<String, Long> made =
        calls.stream()
            .filter(call -> call.method().equals("environment.control.CreateEnvironment"))
            .filter(RecordedCall::succeeded)
            .collect(Collectors.groupingBy(RecordedCall::key, TreeMap::new, Collectors.counting()));
    long removed =
        calls.stream()
            .filter(call -> call.method().equals("environment.control.DeleteEnv"))
            .filter(RecordedCall::succeeded)
            .count();
    assertTrue(made.values().stream().allMatch(times -> times == 1), made::toString);
    assertEquals(made.size(), removed, made::toString);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}

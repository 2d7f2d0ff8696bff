package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.MAIL_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.SMTP_USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.tls.CertificateFault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V01 against the stand-ins of the platform, of a mail server and of its names. */
final class ConfigureSmtpTest {
  private static final String TEMPLATES =
      """
      {"address":"tests@hoster.example",
       "templates":{"accountManagement":"created","environmentLifecycle":"stopped"}}""";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final ConfigureSmtp task = new ConfigureSmtp(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("technical-configuration.configure-smtp")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element(
              "mail-server",
              """
              {"host":"smtp.hoster.example","port":587,"encryption":"STARTTLS",
               "from":"noreply@hoster.example"}""")
          .element("test-mailbox", TEMPLATES)
          .element(
              "maintenance-window",
              "{\"from\":\"2026-11-24T12:00:00Z\",\"to\":\"2026-11-24T14:00:00Z\"}")
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN))
          .secret("smtp", login(SMTP_PASSWORD));

  private static String login(String password) {
    return "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(SMTP_USER, password);
  }

  /** Settings of before; the platform's own check of its mail has no need to be a real one. */
  @BeforeEach
  void old() {
    control.patchWorld("{\"platform\":{\"mailStatus\":\"ok\"}}");
    set("smtp.mail.host", "old-host");
    set("smtp.mail.password", "old-password");
  }

  /** What the settings page shows, and not what is in effect. */
  private void set(String key, String value) {
    control.patchWorld(
        "{\"platform\":{\"config\":{\"%s\":{\"value\":\"%s\"}}}}".formatted(key, value));
  }

  private String setting(String name) {
    return control.world().at("/platform/config/smtp.mail." + name + "/value").asText();
  }

  /** A person enters and applies all that was given; what the page shows of the password. */
  private void byHand(String shown) {
    ObjectNode details = Json.object();
    details
        .putObject("settings")
        .put("smtp.mail.host", SMTP_HOST)
        .put("smtp.mail.port", "587")
        .put("smtp.mail.user", SMTP_USER)
        .put("smtp.mail.password", SMTP_PASSWORD)
        .put("smtp.mail.ssl", "STARTTLS")
        .put("smtp.mail.from", "noreply@hoster.example")
        .put("smtp.mail.type", "MULTIPART");
    control.act("change-settings", details);
    set("smtp.mail.password", shown);
  }

  @Test
  void writesAtOnceAppliesInTheWindowAndAsksForReceipt() {
    Outcome.Waiting waiting = waitsFor(null, bench.attempt(task));
    assertEquals(Instant.parse("2026-11-24T12:00:00Z"), waiting.until());
    assertEquals(Party.MACHINE, waiting.party());
    assertEquals("smtp.hoster.example", setting("host"));
    assertEquals(0, control.count("platform", "administration.config.ApplyConfig"));

    waitsFor("confirm-receipt", bench.after(Duration.ofHours(3)).attempt(task));
    assertEquals(1, control.count("platform", "administration.config.ApplyConfig"));
    assertEquals(2, control.count("platform", "billing.system.SendEmail"));

    String evidence = done(bench.answer("confirm-receipt").attempt(task));
    assertEquals(7, control.count("platform", "administration.config.ChangeConfigKey"));
    assertEquals(1, control.count("platform", "administration.config.ApplyConfig"));
    assertEquals(2, control.count("platform", "billing.system.SendEmail"));
    assertTrue(evidence.contains("the mail server works"), evidence);
    done(bench.verify(task));
  }

  @Test
  void remembersTheOldValuesButNeverAPassword() {
    bench.attempt(task);

    assertEquals(
        "old-host",
        bench.noted(Note.Kind.PREVIOUS, "change:1").orElseThrow().path("smtp.mail.host").asText());
    assertFalse(bench.notes().contains("old-password"), bench.notes());
    assertFalse(bench.notes().contains(SMTP_PASSWORD), bench.notes());
  }

  @Test
  void changesNothingThatIsAsGiven() {
    byHand(SMTP_PASSWORD);

    waitsFor("confirm-receipt", bench.attempt(task));

    assertEquals(0, control.count("platform", "administration.config.ChangeConfigKey"));
    assertEquals(0, control.count("platform", "administration.config.ApplyConfig"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void endsWhatACrashInterrupted(int notes) {
    bench.after(Duration.ofHours(3)).answer("confirm-receipt").crashAfterNotes(notes);

    Outcome first = bench.attempt(task);
    String evidence = done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertTrue(evidence.contains("applied by machine at"), evidence);
    assertEquals("smtp.hoster.example", setting("host"));
    assertTrue(control.count("platform", "administration.config.ApplyConfig") <= 2);
    assertTrue(control.count("platform", "billing.system.SendEmail") <= 3);
  }

  @Test
  void appliesANewPasswordOnce() {
    bench.after(Duration.ofHours(3)).answer("confirm-receipt");
    done(bench.attempt(task));
    set("smtp.mail.password", "******");
    done(bench.attempt(task));
    assertEquals(1, control.count("platform", "administration.config.ApplyConfig"));

    control.patchWorld(
        "{\"smtp\":{\"users\":{\"%s\":{\"password\":\"another-password\"}}}}".formatted(SMTP_USER));
    bench.secret("smtp", login("another-password"));
    Outcome.Waiting again = waitsFor("confirm-receipt", bench.attempt(task));
    assertEquals("statement.outdated", again.problem().code());
    done(bench.answer("confirm-receipt").attempt(task));

    assertEquals("another-password", setting("password"));
    assertEquals(8, control.count("platform", "administration.config.ChangeConfigKey"));
    assertEquals(2, control.count("platform", "administration.config.ApplyConfig"));
    assertEquals(4, control.count("platform", "billing.system.SendEmail"));
  }

  @Test
  void leavesToAPersonWhatTheTokenMayNotDoAndLooksAfterwards() {
    SANDBOX.deny(
        PLATFORM_TOKEN,
        "administration.config.ChangeConfigKey",
        "administration.config.ApplyConfig");
    bench.after(Duration.ofHours(3));
    Outcome.Waiting waiting = waitsFor("write-settings", bench.attempt(task));
    assertNull(waiting.problem());

    Outcome.Waiting again =
        waitsFor("write-settings", bench.answer("write-settings").attempt(task));
    assertEquals("smtp.settings-differ", again.problem().code());
    assertTrue(again.problem().message().contains("smtp.mail.host"));

    byHand("");
    bench.after(Duration.ofMinutes(1)).answer("write-settings");
    waitsFor("apply-settings", bench.attempt(task));
    waitsFor("confirm-receipt", bench.answer("apply-settings").attempt(task));
    String evidence = done(bench.answer("confirm-receipt").attempt(task));
    assertTrue(evidence.contains("statement.write-settings"), evidence);
    assertTrue(evidence.contains("applied by a person"), evidence);
    assertEquals(2, control.count("platform", "billing.system.SendEmail"));
  }

  @Test
  void leavesEverythingToAPersonWhenNothingMayBeRead() {
    SANDBOX.deny(
        PLATFORM_TOKEN,
        "administration.config.GetConfigKeys",
        "administration.config.ChangeConfigKey",
        "administration.config.ApplyConfig",
        "administration.cluster.GetClusterStatus",
        "billing.system.SendEmail");
    bench
        .after(Duration.ofHours(3))
        .answer("write-settings")
        .answer("apply-settings")
        .answer("send-test-mails")
        .answer("confirm-receipt");

    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("cannot be read"), evidence);
    assertTrue(evidence.contains("it rests on the test e-mails"), evidence);
    done(bench.attempt(task));
  }

  @Test
  void asksAPersonToTriggerMailsWithoutTemplates() {
    bench
        .element("test-mailbox", "{\"address\":\"tests@hoster.example\"}")
        .after(Duration.ofHours(3));

    waitsFor("send-test-mails", bench.attempt(task));

    assertEquals(0, control.count("platform", "billing.system.SendEmail"));
  }

  @Test
  void asksAgainWhenAMailDidNotArrive() {
    bench
        .after(Duration.ofHours(3))
        .answer("confirm-receipt", "{\"received\":[\"accountManagement\"]}");

    Outcome.Waiting again = waitsFor("confirm-receipt", bench.attempt(task));

    assertEquals("smtp.mail-not-received", again.problem().code());
    assertTrue(again.problem().message().contains("environmentLifecycle"));
  }

  @Test
  void namesAWrongPassword() {
    bench.secret("smtp", login("a-wrong-password"));

    failed("smtp.authentication-failed", "smtp", "credential:smtp", bench.attempt(task));
    assertEquals(0, control.count("platform", "administration.config.ChangeConfigKey"));
  }

  @Test
  void namesAnExpiredCertificate() {
    control.certificate(SMTP_HOST, CertificateFault.EXPIRED);

    failed("smtp.certificate", "smtp", "mail-server", bench.attempt(task));
  }

  @Test
  void namesAMissingSpfRecord() {
    control.dns(MAIL_DOMAIN, "TXT");

    failed("dns.spf", "dns", "mail-server.from", bench.attempt(task));
  }

  @Test
  void namesAPlatformThatDoesNotReachTheMailServer() {
    control.patchWorld("{\"platform\":{\"mailStatus\":\"failed\"}}");
    bench.after(Duration.ofHours(3));

    failed("smtp.platform-cannot-send", "platform", "mail-server", bench.attempt(task));
  }

  @Test
  void namesAWindowThatIsOver() {
    bench.after(Duration.ofHours(9));

    failed("maintenance-window.over", "slipway", "maintenance-window", bench.attempt(task));
  }
}

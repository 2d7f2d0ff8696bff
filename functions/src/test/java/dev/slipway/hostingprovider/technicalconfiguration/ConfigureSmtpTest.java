package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigureSmtpTest {
  private static final String PASSWORD = "the-new-password";
  private static final String TEMPLATES =
      """
      {"address":"tests@b.example",
       "templates":{"accountManagement":"created","environmentLifecycle":"stopped"}}""";

  private final FakeParties parties = new FakeParties();
  private final ConfigureSmtp task =
      new ConfigureSmtp(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("technical-configuration.configure-smtp")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element(
              "mail-server",
              """
              {"host":"smtp.b.example","port":587,"encryption":"STARTTLS",
               "from":"noreply@b.example"}""")
          .element("test-mailbox", TEMPLATES)
          .element(
              "maintenance-window",
              "{\"from\":\"2026-11-24T12:00:00Z\",\"to\":\"2026-11-24T14:00:00Z\"}")
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .secret("smtp", "{\"user\":\"paas\",\"password\":\"" + PASSWORD + "\"}");

  @Test
  void writesAtOnceAppliesInTheWindowAndAsksForReceipt() {
    Outcome.Waiting waiting = waitsFor(null, bench.attempt(task));
    assertEquals(Instant.parse("2026-11-24T12:00:00Z"), waiting.until());
    assertEquals(Party.MACHINE, waiting.party());
    assertEquals("smtp.b.example", parties.platform.config.get("smtp.mail.host"));
    assertEquals(0, parties.platform.count("applyconfig"));

    waitsFor("confirm-receipt", bench.after(Duration.ofHours(3)).attempt(task));
    assertEquals(1, parties.platform.count("applyconfig"));
    assertEquals(2, parties.platform.count("sendemail"));

    String evidence = done(bench.answer("confirm-receipt").attempt(task));
    assertEquals(7, parties.platform.count("changeconfigkey"));
    assertEquals(1, parties.platform.count("applyconfig"));
    assertEquals(2, parties.platform.count("sendemail"));
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
    assertFalse(bench.notes().contains(PASSWORD), bench.notes());
  }

  @Test
  void changesNothingThatIsAsGiven() {
    parties.platform.config.putAll(
        Map.of(
            "smtp.mail.host", "smtp.b.example",
            "smtp.mail.port", "587",
            "smtp.mail.user", "paas",
            "smtp.mail.password", PASSWORD,
            "smtp.mail.ssl", "STARTTLS",
            "smtp.mail.from", "noreply@b.example",
            "smtp.mail.type", "MULTIPART"));

    waitsFor("confirm-receipt", bench.attempt(task));

    assertEquals(0, parties.platform.count("changeconfigkey"));
    assertEquals(0, parties.platform.count("applyconfig"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void endsWhatACrashInterrupted(int notes) {
    bench.after(Duration.ofHours(3)).answer("confirm-receipt").crashAfterNotes(notes);

    Outcome first = bench.attempt(task);
    String evidence = done(first instanceof Outcome.Done ? first : bench.attempt(task));

    assertTrue(evidence.contains("applied by machine at"), evidence);
    assertEquals("smtp.b.example", parties.platform.config.get("smtp.mail.host"));
    assertTrue(parties.platform.count("applyconfig") <= 2);
    assertTrue(parties.platform.count("sendemail") <= 3);
  }

  @Test
  void appliesANewPasswordOnce() {
    bench.after(Duration.ofHours(3)).answer("confirm-receipt");
    done(bench.attempt(task));
    parties.platform.config.put("smtp.mail.password", "******");
    done(bench.attempt(task));
    assertEquals(1, parties.platform.count("applyconfig"));

    bench.secret("smtp", "{\"user\":\"paas\",\"password\":\"another-password\"}");
    Outcome.Waiting again = waitsFor("confirm-receipt", bench.attempt(task));
    assertEquals("statement.outdated", again.problem().code());
    done(bench.answer("confirm-receipt").attempt(task));

    assertEquals("another-password", parties.platform.config.get("smtp.mail.password"));
    assertEquals(8, parties.platform.count("changeconfigkey"));
    assertEquals(2, parties.platform.count("applyconfig"));
    assertEquals(4, parties.platform.count("sendemail"));
  }

  @Test
  void leavesToAPersonWhatTheTokenMayNotDoAndLooksAfterwards() {
    parties.platform.refuse("changeconfigkey", "applyconfig");
    bench.after(Duration.ofHours(3));
    Outcome.Waiting waiting = waitsFor("write-settings", bench.attempt(task));
    assertNull(waiting.problem());

    Outcome.Waiting again =
        waitsFor("write-settings", bench.answer("write-settings").attempt(task));
    assertEquals("smtp.settings-differ", again.problem().code());
    assertTrue(again.problem().message().contains("smtp.mail.host"));

    parties.platform.config.putAll(
        Map.of(
            "smtp.mail.host", "smtp.b.example",
            "smtp.mail.port", "587",
            "smtp.mail.user", "paas",
            "smtp.mail.password", "",
            "smtp.mail.ssl", "STARTTLS",
            "smtp.mail.from", "noreply@b.example",
            "smtp.mail.type", "MULTIPART"));
    bench.after(Duration.ofMinutes(1)).answer("write-settings");
    waitsFor("apply-settings", bench.attempt(task));
    waitsFor("confirm-receipt", bench.answer("apply-settings").attempt(task));
    String evidence = done(bench.answer("confirm-receipt").attempt(task));
    assertTrue(evidence.contains("statement.write-settings"), evidence);
    assertTrue(evidence.contains("applied by a person"), evidence);
    assertEquals(2, parties.platform.count("sendemail"));
  }

  @Test
  void leavesEverythingToAPersonWhenNothingMayBeRead() {
    parties.platform.refuse(
        "getconfigkeys", "changeconfigkey", "applyconfig", "getclusterstatus", "sendemail");
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
    bench.element("test-mailbox", "{\"address\":\"tests@b.example\"}").after(Duration.ofHours(3));

    waitsFor("send-test-mails", bench.attempt(task));

    assertEquals(0, parties.platform.count("sendemail"));
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
    parties.mailTrouble =
        Optional.of(FakeParties.trouble("smtp", SystemTrouble.Kind.AUTHENTICATION_FAILED));

    failed("smtp.authentication-failed", "smtp", "credential:smtp", bench.attempt(task));
    assertEquals(0, parties.platform.count("changeconfigkey"));
  }

  @Test
  void namesAnExpiredCertificate() {
    parties.mailTrouble = Optional.of(FakeParties.trouble("smtp", SystemTrouble.Kind.CERTIFICATE));

    failed("smtp.certificate", "smtp", "mail-server", bench.attempt(task));
  }

  @Test
  void namesAMissingSpfRecord() {
    parties.finds("SPF", Verdict.MISSING);

    failed("dns.spf", "dns", "mail-server.from", bench.attempt(task));
  }

  @Test
  void namesAPlatformThatDoesNotReachTheMailServer() {
    parties.platform.mail = "failed";
    bench.after(Duration.ofHours(3));

    failed("smtp.platform-cannot-send", "platform", "mail-server", bench.attempt(task));
  }

  @Test
  void namesAWindowThatIsOver() {
    bench.after(Duration.ofHours(9));

    failed("maintenance-window.over", "slipway", "maintenance-window", bench.attempt(task));
  }
}

package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.systems.dns.DomainFinding.Verdict;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CheckPlatformTest {
  private final FakeParties parties = new FakeParties();
  private final CheckPlatform task =
      new CheckPlatform(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("technical-configuration.check-platform")
          .element("platform", "{\"domain\":\"a.example\"}")
          .secret("platform", "{\"token\":\"platform-token-0001\"}");

  @Test
  void looksAtEverythingAndChangesNothing() {
    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("version 8.11.2"), evidence);
    assertTrue(evidence.contains("slipway-wildcard-check.eu1.a.example"), evidence);
    assertTrue(evidence.contains("permission administration.config.ApplyConfig"), evidence);
    assertEquals(0, parties.platform.count("applyconfig"));
    assertTrue(parties.platform.pool.isEmpty());
    assertTrue(parties.platform.config.containsValue("old-host"));
  }

  @Test
  void recordsWhatTheTokenMayNotDo() {
    parties.platform.refuse("addextips", "changeconfigkey");

    String evidence = done(bench.attempt(task));

    assertEquals(2, evidence.split("refused, a person does", -1).length - 1, evidence);
  }

  @Test
  void namesAMissingDelegation() {
    parties.finds("delegation", Verdict.MISSING);

    failed("dns.delegation", "dns", "platform.domain", bench.attempt(task));
  }

  @Test
  void triesAgainByItselfWhenDnsDoesNotAnswer() {
    parties.finds("wildcard", Verdict.UNKNOWN);

    Outcome outcome = bench.attempt(task);

    failed("dns.timed-out", "dns", "platform.domain", outcome);
    assertTrue(outcome.looksAgainAt() != null);
  }

  @Test
  void namesAnExpiredCertificate() {
    parties.certificateProblem = Optional.of("The certificate expired on 2026-01-01.");

    failed("platform.certificate", "platform", "platform.domain", bench.attempt(task));
  }

  @Test
  void comparesTheNameServers() {
    bench.element("platform", "{\"domain\":\"a.example\",\"nameServers\":[\"ns9.b.example\"]}");

    failed("dns.delegated-elsewhere", "dns", "platform.nameServers", bench.attempt(task));
  }

  @Test
  void namesATokenThatIsNotAccepted() {
    parties.host(
        "app.a.example",
        call -> FakePlatform.answer(call, 200, "{\"result\":702,\"error\":\"invalid session\"}"));

    failed(
        "platform.authentication-failed", "platform", "credential:platform", bench.attempt(task));
  }

  @Test
  void namesAPortalInFrontOfThePlatform() {
    parties.host("app.a.example", call -> FakePlatform.answer(call, 200, "<html>login</html>"));

    failed("platform.not-understood", "platform", "platform", bench.attempt(task));
  }
}

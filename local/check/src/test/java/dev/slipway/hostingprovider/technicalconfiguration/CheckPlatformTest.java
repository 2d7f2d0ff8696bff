package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ledger.Outcome;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.tls.CertificateFault;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.systems.dns.DelegationCheck;
import dev.slipway.task.Bench;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** V00 against the stand-in of the platform, its names and its certificates. */
final class CheckPlatformTest {
  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final CheckPlatform task = new CheckPlatform(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("technical-configuration.check-platform")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN));

  @Test
  void looksAtEverythingAndChangesNothing() {
    String evidence = done(bench.attempt(task));

    assertTrue(evidence.contains("version 8.11.2"), evidence);
    assertTrue(evidence.contains("slipway-wildcard-check.eu1." + PLATFORM_DOMAIN), evidence);
    assertTrue(evidence.contains("permission administration.config.ApplyConfig"), evidence);
    assertEquals(0, control.count("platform", "administration.config.ApplyConfig"));
    assertTrue(control.world().at("/platform/extIps").isEmpty());
    assertEquals("localhost", control.world().at("/platform/config/smtp.mail.host/value").asText());
  }

  @Test
  void recordsWhatTheTokenMayNotDo() {
    SANDBOX.deny(
        PLATFORM_TOKEN,
        "administration.cluster.AddExtIps",
        "administration.config.ChangeConfigKey");

    String evidence = done(bench.attempt(task));

    assertEquals(2, evidence.split("refused, a person does", -1).length - 1, evidence);
  }

  @Test
  void namesAMissingDelegation() {
    ObjectNode records = Json.object();
    control.world().at("/dns/records").properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> name.endsWith(PLATFORM_DOMAIN))
        .forEach(records::putNull);
    control.patchWorld(Json.object().set("dns", Json.object().set("records", records)));

    failed("dns.delegation", "dns", "platform.domain", bench.attempt(task));
  }

  @Test
  void triesAgainByItselfWhenDnsDoesNotAnswer() {
    control.fault(
        Fault.of("dns", DelegationCheck.wildcardName(PLATFORM_DOMAIN), 0, Fault.Kind.STATUS_5XX));

    Outcome outcome = bench.attempt(task);

    failed("dns.timed-out", "dns", "platform.domain", outcome);
    assertTrue(outcome.looksAgainAt() != null);
  }

  @Test
  void namesAnExpiredCertificate() {
    control.certificate(DelegationCheck.wildcardName(PLATFORM_DOMAIN), CertificateFault.EXPIRED);

    failed("platform.certificate", "platform", "platform.domain", bench.attempt(task));
  }

  @Test
  void comparesTheNameServers() {
    bench.element(
        "platform",
        "{\"domain\":\"%s\",\"nameServers\":[\"ns9.b.example\"]}".formatted(PLATFORM_DOMAIN));

    failed("dns.delegated-elsewhere", "dns", "platform.nameServers", bench.attempt(task));
  }

  @Test
  void namesATokenThatIsNotAccepted() {
    bench.secret("platform", "{\"token\":\"platform-token-0001\"}");

    failed(
        "platform.authentication-failed", "platform", "credential:platform", bench.attempt(task));
  }

  @Test
  void namesAPortalInFrontOfThePlatform() {
    control.fault(Fault.of("platform", "", 0, Fault.Kind.HTML));

    failed("platform.not-understood", "platform", "platform", bench.attempt(task));
  }
}

package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.INSIDE_UPLOADER_HOST;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.UPLOADER_HOST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.task.Bench;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** V04 against the stand-ins of the platform and of an uploader's storage. */
final class ProvideUploaderAccessTest {
  private static final String VENDOR =
      """
      {"setUpBy":"vendor","protocol":"nfs","host":"uploader.hoster.example","path":"/x","sizeGb":300}""";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final ProvideUploaderAccess task =
      new ProvideUploaderAccess(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("technical-configuration.provide-uploader-access")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("uploader", VENDOR)
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN))
          .secret("test-customer", "{\"token\":\"%s\"}".formatted(TEST_CUSTOMER_TOKEN));

  @BeforeEach
  void install() {
    control.act("install-uploader", Map.of());
  }

  private List<String> connected() {
    return control.calls().stream()
        .filter(call -> call.system().equals("network"))
        .map(call -> call.method() + " " + call.key())
        .toList();
  }

  @Test
  void hasTheVendorMountItAndUploadsOnce() {
    assertEquals(Party.VENDOR, waitsFor("create-mount-points", bench.attempt(task)).party());

    String evidence = done(bench.answer("create-mount-points").attempt(task));
    done(bench.attempt(task));

    assertEquals(1, control.count("platform", "storage.uploader.Upload"));
    assertTrue(connected().contains("CONNECT 203.0.113.70:2049"));
    assertTrue(evidence.contains("reachable, which proves no more"), evidence);
    assertTrue(evidence.contains("kept as slipway-upload-"), evidence);
    done(bench.verify(task));
  }

  @Test
  void asksAgainForAnotherStorage() {
    bench.answer("create-mount-points");
    done(bench.attempt(task));

    bench.element("uploader", VENDOR.replace("/x", "/y"));
    Outcome.Waiting again = waitsFor("create-mount-points", bench.attempt(task));

    assertEquals("statement.outdated", again.problem().code());
    done(bench.answer("create-mount-points").attempt(task));
    assertEquals(2, control.count("platform", "storage.uploader.Upload"));
  }

  @Test
  void hasTheProviderMountIt() {
    bench.element("uploader", VENDOR.replace("vendor", "provider").replace("nfs", "sftp"));

    assertEquals(Party.CUSTOMER, waitsFor("create-mount-points", bench.attempt(task)).party());
    assertEquals(List.of("CONNECT 203.0.113.70:22"), connected());
  }

  @Test
  void restsOnAStatementInAPrivateNetwork() {
    bench.element("uploader", VENDOR.replace("{", "{\"network\":\"private\","));

    waitsFor("reach-storage", bench.attempt(task));
    assertTrue(connected().isEmpty());
    waitsFor("create-mount-points", bench.answer("reach-storage").attempt(task));
  }

  @Test
  void isSeenByAProbeRunnerInAPrivateNetwork() {
    bench.element("uploader", VENDOR.replace("{", "{\"network\":\"private\","));

    Outcome.Waiting waiting = waitsFor("reach-storage", bench.attempt(task));
    assertTrue(waiting.instructions().contains("slipway probe --api URL --code CODE"));
    assertTrue(waiting.instructions().contains(UPLOADER_HOST + ":2049"));

    bench.seesFromInside(probe -> Map.of("trouble", "not-connected"));
    Outcome.Failed failed = (Outcome.Failed) bench.attempt(task);
    assertEquals("uploader.not-connected", failed.problem().code());
    assertNull(failed.retryAt());
    assertEquals(Evidence.Place.PROBE_RUNNER, failed.evidence().getLast().where());

    bench.seesFromInside(probe -> Map.of("answer", "NFS version [4] answered the NULL call"));
    Outcome.Waiting next = waitsFor("create-mount-points", bench.attempt(task));
    Evidence seen = next.evidence().getFirst();
    assertEquals(Evidence.Place.PROBE_RUNNER, seen.where());
    assertEquals("probe runner r1 (inside-1)", seen.by());
    assertTrue(seen.answer().contains("NFS version [4]"), seen.answer());
    assertTrue(connected().isEmpty());
  }

  @Test
  void isSeenByAProbeRunnerWhenTheHostPointsInside() {
    bench.element("uploader", VENDOR.replace(UPLOADER_HOST, INSIDE_UPLOADER_HOST));

    waitsFor("reach-storage", bench.attempt(task));
  }

  @Test
  void triesAgainByItselfWhenNothingListens() {
    control.fault(Fault.of("network", ":2049", 0, Fault.Kind.REFUSED));

    Outcome outcome = bench.attempt(task);

    failed("uploader.not-connected", "uploader", "uploader.host", outcome);
    assertTrue(outcome.looksAgainAt().isAfter(bench.now()));
  }

  @Test
  void hasAPersonUploadWhenMachinesMayNot() {
    SANDBOX.deny(TEST_CUSTOMER_TOKEN, "storage.uploader.Upload");
    bench.answer("create-mount-points");

    waitsFor("upload-archive", bench.attempt(task));
    done(bench.answer("upload-archive").attempt(task));
    done(bench.verify(task));

    assertEquals(1, control.count("platform", "storage.uploader.Upload"));
  }

  @Test
  void whatWasUploadedBeforeTheAnswerWasLostIsNotUploadedAgain() {
    SANDBOX.loseAnswerOf("platform", "storage.uploader.Upload");
    bench.answer("create-mount-points");

    failed(
        "test-customer.connection-cut",
        "test-customer",
        "credential:test-customer",
        bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(1, control.count("platform", "storage.uploader.Upload"));
  }
}

package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Bench;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProvideUploaderAccessTest {
  private static final String VENDOR =
      """
      {"setUpBy":"vendor","protocol":"nfs","host":"uploader.b.example","path":"/x","sizeGb":300}""";

  private final FakeParties parties = new FakeParties();
  private final ProvideUploaderAccess task =
      new ProvideUploaderAccess(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("technical-configuration.provide-uploader-access")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("uploader", VENDOR)
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .secret("test-customer", "{\"token\":\"customer-token-0001\"}");

  @Test
  void hasTheVendorMountItAndUploadsOnce() {
    assertEquals(Party.VENDOR, waitsFor("create-mount-points", bench.attempt(task)).party());

    String evidence = done(bench.answer("create-mount-points").attempt(task));
    done(bench.attempt(task));

    assertEquals(1, parties.platform.count("upload"));
    assertTrue(parties.connected.contains("uploader.b.example:2049"));
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
    assertEquals(2, parties.platform.count("upload"));
  }

  @Test
  void hasTheProviderMountIt() {
    bench.element("uploader", VENDOR.replace("vendor", "provider").replace("nfs", "sftp"));

    assertEquals(Party.CUSTOMER, waitsFor("create-mount-points", bench.attempt(task)).party());
    assertEquals(List.of("uploader.b.example:22"), parties.connected);
  }

  @Test
  void restsOnAStatementInAPrivateNetwork() {
    bench.element("uploader", VENDOR.replace("{", "{\"network\":\"private\","));

    waitsFor("reach-storage", bench.attempt(task));
    assertTrue(parties.connected.isEmpty());
    waitsFor("create-mount-points", bench.answer("reach-storage").attempt(task));
  }

  @Test
  void isSeenByAProbeRunnerInAPrivateNetwork() {
    bench.element("uploader", VENDOR.replace("{", "{\"network\":\"private\","));

    Outcome.Waiting waiting = waitsFor("reach-storage", bench.attempt(task));
    assertTrue(waiting.instructions().contains("slipway probe --api URL --code CODE"));
    assertTrue(waiting.instructions().contains("uploader.b.example:2049"));

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
    assertTrue(parties.connected.isEmpty());
  }

  @Test
  void isSeenByAProbeRunnerWhenTheHostPointsInside() {
    parties.tcpTrouble =
        Optional.of(FakeParties.trouble("uploader", SystemTrouble.Kind.ADDRESS_REFUSED));

    waitsFor("reach-storage", bench.attempt(task));
  }

  @Test
  void triesAgainByItselfWhenNothingListens() {
    parties.tcpTrouble =
        Optional.of(FakeParties.trouble("uploader", SystemTrouble.Kind.NOT_CONNECTED));

    Outcome outcome = bench.attempt(task);

    failed("uploader.not-connected", "uploader", "uploader.host", outcome);
    assertTrue(outcome.looksAgainAt().isAfter(bench.now()));
  }

  @Test
  void hasAPersonUploadWhenMachinesMayNot() {
    parties.platform.refuse("upload");
    bench.answer("create-mount-points");

    waitsFor("upload-archive", bench.attempt(task));
    done(bench.answer("upload-archive").attempt(task));
    done(bench.verify(task));

    assertEquals(1, parties.platform.count("upload"));
  }

  @Test
  void whatWasUploadedBeforeTheAnswerWasLostIsNotUploadedAgain() {
    parties.platform.loseAnswerOf("upload");
    bench.answer("create-mount-points");

    failed(
        "test-customer.connection-cut",
        "test-customer",
        "credential:test-customer",
        bench.attempt(task));
    done(bench.attempt(task));

    assertEquals(1, parties.platform.count("upload"));
  }
}

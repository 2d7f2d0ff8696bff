package dev.slipway.local.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.storage.S3Bucket;
import dev.slipway.systems.storage.S3Login;
import dev.slipway.systems.storage.S3Storage;
import dev.slipway.systems.storage.StorageReport;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client of backup storages against a store that computes each signature anew. */
final class StorageMeetsSandboxTest {

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final List<HttpCall> calls = new ArrayList<>();

  @Test
  void anObjectIsWrittenReadAndDeletedInABucket() {
    StorageReport report = s3(SANDBOX.egress()).probe("onboarding-1");
    assertEquals(List.of("PUT 200", "GET 200, same content", "DELETE 204"), report.steps());
    assertEquals("_probe/onboarding-1", report.object());
    assertEquals(0, objects());
    assertEquals("/paas-backups/" + report.object(), calls.getFirst().uri().getPath());
  }

  @Test
  void whatAKilledProbeLeftIsRemovedByTheNextOne() {
    SANDBOX
        .control()
        .patchWorld(
            "{\"s3\":{\"buckets\":{\"paas-backups\":{\"objects\":"
                + "{\"_probe/onboarding-1\":\"aGFsZg==\"}}}}}");
    assertEquals(1, objects());
    StorageReport report = s3(SANDBOX.egress()).probe("onboarding-1");
    assertEquals("GET 200, same content", report.steps().get(1));
    assertEquals(0, objects());
  }

  @Test
  void whatAKilledProbeLeftIsNotTakenForWhatWasWritten() {
    s3(SANDBOX.egress()).probe("onboarding-1");
    s3(SANDBOX.egress()).probe("onboarding-1");
    List<String> written =
        calls.stream()
            .filter(call -> call.method().equals("PUT"))
            .map(call -> call.body().text())
            .toList();
    assertNotEquals(written.get(0), written.get(1));
  }

  @Test
  void aProbeObjectIsRemovedEvenWhenItComesBackDifferent() {
    HttpPort corrupting =
        call -> {
          HttpAnswer answer = SANDBOX.egress().send(call);
          return call.method().equals("GET")
              ? new HttpAnswer(
                  call, answer.status(), answer.headers(), Bytes.of("other"), answer.at())
              : answer;
        };
    SystemTrouble trouble =
        assertThrows(SystemTrouble.class, () -> s3(corrupting).probe("onboarding-1"));
    assertTrue(trouble.getMessage().contains("other than what was written"));
    assertEquals(0, objects());
  }

  @Test
  void wrongKeysAndRegionsAreFoundByLookingOnly() {
    HttpPort port = SANDBOX.egress();
    String region = SandboxDefaults.S3_REGION;
    assertEquals("ListObjectsV2 200", s3(port).look());
    assertEquals(
        Kind.AUTHENTICATION_FAILED,
        assertThrows(SystemTrouble.class, () -> s3(port, region, "another-secret-key").look())
            .kind());
    SystemTrouble elsewhere =
        assertThrows(
            SystemTrouble.class, () -> s3(port, "us-east-1", SandboxDefaults.S3_SECRET_KEY).look());
    assertEquals(Kind.WRONG_PLACE, elsewhere.kind());
    assertTrue(elsewhere.getMessage().contains("eu-central-1"));
    assertTrue(calls.stream().noneMatch(call -> call.method().equals("PUT")));
  }

  private S3Storage s3(HttpPort port) {
    return s3(port, SandboxDefaults.S3_REGION, SandboxDefaults.S3_SECRET_KEY);
  }

  private S3Storage s3(HttpPort port, String region, String secretKey) {
    return new S3Storage(
        call -> {
          calls.add(call);
          return port.send(call);
        },
        InstantSource.system(),
        new S3Bucket(
            URI.create("https://" + SandboxDefaults.S3_HOST), region, SandboxDefaults.S3_BUCKET),
        new S3Login(SandboxDefaults.S3_ACCESS_KEY, secretKey));
  }

  private static int objects() {
    return SANDBOX.control().world().at("/s3/buckets/paas-backups/objects").size();
  }
}

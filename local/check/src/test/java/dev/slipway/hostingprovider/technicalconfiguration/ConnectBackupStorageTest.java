package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_DOMAIN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.PLATFORM_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.S3_ACCESS_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.S3_SECRET_KEY;
import static dev.slipway.local.sandbox.world.SandboxDefaults.TEST_CUSTOMER_TOKEN;
import static dev.slipway.local.sandbox.world.SandboxDefaults.WEBDAV_PASSWORD;
import static dev.slipway.local.sandbox.world.SandboxDefaults.WEBDAV_USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.local.check.RunningSandbox;
import dev.slipway.local.sandbox.SandboxControl;
import dev.slipway.task.Bench;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V06 against the stand-ins of the platform and of both kinds of storage. */
final class ConnectBackupStorageTest {
  private static final String S3 =
      """
      {"protocol":"s3","endpoint":"https://s3.backup.example","region":"eu-central-1",
       "bucket":"paas-backups","neededGb":500}""";
  private static final String WEBDAV =
      "{\"protocol\":\"webdav\",\"url\":\"https://dav.backup.example/backups/\",\"neededGb\":500}";

  @RegisterExtension static final RunningSandbox SANDBOX = new RunningSandbox();

  private final SandboxControl control = SANDBOX.control();
  private final ConnectBackupStorage task =
      new ConnectBackupStorage(SANDBOX.context(), SANDBOX.parties());
  private final Bench bench =
      new Bench("technical-configuration.connect-backup-storage")
          .element("platform", "{\"domain\":\"%s\"}".formatted(PLATFORM_DOMAIN))
          .element("backup-storage", S3)
          .secret("platform", "{\"token\":\"%s\"}".formatted(PLATFORM_TOKEN))
          .secret(
              "backup",
              "{\"accessKey\":\"%s\",\"secretKey\":\"%s\"}".formatted(S3_ACCESS_KEY, S3_SECRET_KEY))
          .secret("test-customer", "{\"token\":\"%s\"}".formatted(TEST_CUSTOMER_TOKEN));

  @BeforeEach
  void connect() {
    control.patchWorld("{\"platform\":{\"backup\":{\"api\":true}}}");
    SANDBOX.assignDockerAccount();
    control.act("connect-backup-storage", Map.of("storage", "s3"));
    // Signatures hold for minutes only.
    bench.after(Duration.between(bench.now(), Instant.now()));
  }

  private long written() {
    return control.count("s3", "PutObject");
  }

  private void quota(long bytes) {
    control.patchWorld("{\"webdav\":{\"quotaBytes\":%d}}".formatted(bytes));
  }

  @Test
  void probesTheStorageAndRestoresAContainerOnce() {
    assertEquals(Party.VENDOR, waitsFor("connect-storage", bench.attempt(task)).party());
    assertTrue(control.world().at("/s3/buckets/paas-backups/objects").isEmpty());

    String evidence = done(bench.answer("connect-storage").attempt(task));
    done(bench.attempt(task));

    assertTrue(evidence.contains("restored from backup slipway-restore-"), evidence);
    assertTrue(evidence.contains("how much is free it does not say"), evidence);
    assertEquals(1, control.count("platform", "environment.backup.Create"));
    assertEquals(1, control.count("platform", "environment.backup.Restore"));
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
    assertTrue(control.world().at("/platform/environments").isEmpty());
    long before = written();
    done(bench.verify(task));
    assertEquals(before, written());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4})
  void restoresOneContainerAlthoughTheProcessDies(int notes) {
    bench.answer("connect-storage").crashAfterNotes(notes);

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, control.count("platform", "environment.backup.Create"));
    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
    assertTrue(control.world().at("/platform/environments").isEmpty());
  }

  @Test
  void looksAgainAtARestoreThatTakesItsTime() {
    bench.answer("connect-storage");
    control.patchWorld("{\"platform\":{\"backup\":{\"slow\":true}}}");

    Outcome outcome = bench.attempt(task);
    failed("test-customer.out-of-order", "test-customer", "credential:test-customer", outcome);
    assertTrue(outcome.looksAgainAt().isAfter(bench.now()));

    String environment = control.world().at("/platform/environments").fieldNames().next();
    control.act("restore-container", Map.of("envName", environment));
    done(bench.attempt(task));
    assertEquals(1, control.count("platform", "environment.backup.Create"));
  }

  @Test
  void hasAPersonRestoreWhereThePlatformOffersItToNoMachine() {
    control.patchWorld("{\"platform\":{\"backup\":{\"api\":false}}}");
    bench.answer("connect-storage");

    waitsFor("restore-container", bench.attempt(task));
    assertTrue(control.world().at("/platform/environments").isEmpty());
    done(bench.answer("restore-container").attempt(task));

    assertEquals(1, control.count("platform", "environment.control.CreateEnvironment"));
  }

  @Test
  void namesAStorageThatIsTooSmall() {
    bench
        .element("backup-storage", WEBDAV)
        .secret(
            "backup",
            "{\"user\":\"%s\",\"password\":\"%s\"}".formatted(WEBDAV_USER, WEBDAV_PASSWORD));
    quota(400_000_000_000L);

    failed("backup.too-small", "backup", "backup-storage.neededGb", bench.attempt(task));
    quota(600_000_000_000L);
    waitsFor("connect-storage", bench.attempt(task));
  }

  @Test
  void namesAKeyThatMayNotWrite() {
    control.patchWorld(
        "{\"s3\":{\"keys\":{\"%s\":{\"deny\":[\"PutObject\"]}}}}".formatted(S3_ACCESS_KEY));

    failed("backup.not-permitted", "backup", "credential:backup", bench.attempt(task));
  }

  @Test
  void otherStorageIsStated() {
    bench.element(
        "backup-storage",
        "{\"protocol\":\"nfs\",\"host\":\"nas.b.example\",\"path\":\"/b\",\"neededGb\":5}");

    waitsFor("probe-storage", bench.attempt(task));
    waitsFor("connect-storage", bench.answer("probe-storage").attempt(task));
    assertEquals(0, written());
  }
}

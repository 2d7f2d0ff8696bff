package dev.slipway.hostingprovider.technicalconfiguration;

import static dev.slipway.hostingprovider.Outcomes.done;
import static dev.slipway.hostingprovider.Outcomes.failed;
import static dev.slipway.hostingprovider.Outcomes.waitsFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.task.Bench;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectBackupStorageTest {
  private static final String S3 =
      """
      {"protocol":"s3","endpoint":"https://s3.b.example","region":"eu-central-1",
       "bucket":"paas-backups","neededGb":500}""";
  private static final String WEBDAV =
      "{\"protocol\":\"webdav\",\"url\":\"https://dav.b.example/backups/\",\"neededGb\":500}";

  private final Map<String, Bytes> objects = new HashMap<>();
  private int written;
  private int status = 200;
  private String freeBytes = "";

  private final FakeParties parties =
      new FakeParties().host("s3.b.example", this::storage).host("dav.b.example", this::storage);
  private final ConnectBackupStorage task =
      new ConnectBackupStorage(FunctionContext.of(Map.of(), InstantSource.system()), parties);
  private final Bench bench =
      new Bench("technical-configuration.connect-backup-storage")
          .element("platform", "{\"domain\":\"a.example\"}")
          .element("backup-storage", S3)
          .secret("platform", "{\"token\":\"platform-token-0001\"}")
          .secret("backup", "{\"accessKey\":\"AKEXAMPLE\",\"secretKey\":\"secret-key-1\"}")
          .secret("test-customer", "{\"token\":\"customer-token-0001\"}");

  @Test
  void probesTheStorageAndRestoresAContainerOnce() {
    assertEquals(Party.VENDOR, waitsFor("connect-storage", bench.attempt(task)).party());
    assertTrue(objects.isEmpty());

    String evidence = done(bench.answer("connect-storage").attempt(task));
    done(bench.attempt(task));

    assertTrue(evidence.contains("restored from backup backup-1"), evidence);
    assertTrue(evidence.contains("how much is free it does not say"), evidence);
    assertEquals(1, parties.platform.count("create"));
    assertEquals(1, parties.platform.count("restore"));
    assertEquals(1, parties.platform.count("createenvironment"));
    assertTrue(parties.platform.environments.isEmpty());
    int before = written;
    done(bench.verify(task));
    assertEquals(before, written);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4})
  void restoresOneContainerAlthoughTheProcessDies(int notes) {
    bench.answer("connect-storage").crashAfterNotes(notes);

    bench.attempt(task);
    done(bench.attempt(task));

    assertEquals(1, parties.platform.count("create"));
    assertEquals(1, parties.platform.count("createenvironment"));
    assertTrue(parties.platform.environments.isEmpty());
  }

  @Test
  void looksAgainAtARestoreThatTakesItsTime() {
    bench.answer("connect-storage");
    parties.host(
        "app.a.example",
        call ->
            call.asked().endsWith("backup.Restore")
                ? FakePlatform.answer(call, 200, "{\"result\":0}")
                : parties.platform.answer(call));

    Outcome outcome = bench.attempt(task);
    failed("test-customer.out-of-order", "test-customer", "credential:test-customer", outcome);
    assertTrue(outcome.looksAgainAt().isAfter(bench.now()));

    parties.platform.files.replaceAll((path, text) -> "as backed up");
    done(bench.attempt(task));
    assertEquals(1, parties.platform.count("create"));
  }

  @Test
  void hasAPersonRestoreWhereThePlatformOffersItToNoMachine() {
    parties.platform.backups = false;
    bench.answer("connect-storage");

    waitsFor("restore-container", bench.attempt(task));
    assertTrue(parties.platform.environments.isEmpty());
    done(bench.answer("restore-container").attempt(task));

    assertEquals(1, parties.platform.count("createenvironment"));
  }

  @Test
  void namesAStorageThatIsTooSmall() {
    bench
        .element("backup-storage", WEBDAV)
        .secret("backup", "{\"user\":\"paas\",\"password\":\"keep-it-safe\"}");
    freeBytes = "400000000000";

    failed("backup.too-small", "backup", "backup-storage.neededGb", bench.attempt(task));
    freeBytes = "600000000000";
    waitsFor("connect-storage", bench.attempt(task));
  }

  @Test
  void namesAKeyThatMayNotWrite() {
    status = 403;

    failed("backup.not-permitted", "backup", "credential:backup", bench.attempt(task));
  }

  @Test
  void otherStorageIsStated() {
    bench.element(
        "backup-storage",
        "{\"protocol\":\"nfs\",\"host\":\"nas.b.example\",\"path\":\"/b\",\"neededGb\":5}");

    waitsFor("probe-storage", bench.attempt(task));
    waitsFor("connect-storage", bench.answer("probe-storage").attempt(task));
    assertEquals(0, written);
  }

  private HttpAnswer storage(HttpCall call) {
    String path = call.uri().getPath();
    return switch (call.method()) {
      case "PUT" -> {
        written++;
        if (status == 200) {
          objects.put(path, call.body());
        }
        yield FakePlatform.answer(
            call, status, status == 200 ? "" : "<Error><Code>AccessDenied</Code></Error>");
      }
      case "GET" ->
          call.uri().getQuery() != null
              ? FakePlatform.answer(call, 200, "<ListBucketResult/>")
              : new HttpAnswer(
                  call, 200, Map.of(), objects.getOrDefault(path, Bytes.NONE), Instant.EPOCH);
      case "DELETE" -> {
        objects.remove(path);
        yield FakePlatform.answer(call, 204, "");
      }
      case "OPTIONS" ->
          new HttpAnswer(call, 200, Map.of("dav", List.of("1,2")), Bytes.NONE, Instant.EPOCH);
      case "PROPFIND" ->
          FakePlatform.answer(
              call,
              207,
              "<D:multistatus xmlns:D=\"DAV:\"><D:response><D:propstat><D:prop>"
                  + "<D:resourcetype><D:collection/></D:resourcetype>"
                  + "<D:quota-available-bytes>"
                  + freeBytes
                  + "</D:quota-available-bytes></D:prop></D:propstat></D:response>"
                  + "</D:multistatus>");
      default -> FakePlatform.answer(call, 200, "");
    };
  }
}

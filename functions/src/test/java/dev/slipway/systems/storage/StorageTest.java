package dev.slipway.systems.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void anObjectIsWrittenReadAndDeletedInABucket() {
    try (FakeS3 s3 = new FakeS3()) {
      StorageReport report = s3(s3, FakeS3.REGION, FakeS3.SECRET_KEY).probe("onboarding-1");
      assertEquals(List.of("PUT 200", "GET 200, same content", "DELETE 204"), report.steps());
      assertEquals("_probe/onboarding-1", report.object());
      assertTrue(s3.objects().isEmpty());
      assertEquals("/paas-backups/" + report.object(), s3.requests().getFirst().uri().getPath());
    }
  }

  @Test
  void whatAKilledProbeLeftIsRemovedByTheNextOne() {
    try (FakeS3 s3 = new FakeS3()) {
      s3.objects().put("/paas-backups/_probe/onboarding-1", "half");
      StorageReport report = s3(s3, FakeS3.REGION, FakeS3.SECRET_KEY).probe("onboarding-1");
      assertEquals("GET 200, same content", report.steps().get(1));
      assertTrue(s3.objects().isEmpty());
    }
  }

  @Test
  void whatAKilledProbeLeftIsNotTakenForWhatWasWritten() {
    try (FakeS3 s3 = new FakeS3()) {
      s3(s3, FakeS3.REGION, FakeS3.SECRET_KEY).probe("onboarding-1");
      s3(s3, FakeS3.REGION, FakeS3.SECRET_KEY).probe("onboarding-1");
      List<String> written =
          s3.requests().stream()
              .filter(request -> request.method().equals("PUT"))
              .map(request -> request.body())
              .toList();
      assertNotEquals(written.get(0), written.get(1));
    }
  }

  @Test
  void aProbeObjectIsRemovedEvenWhenItComesBackDifferent() {
    try (FakeS3 s3 = new FakeS3().corrupting()) {
      SystemTrouble trouble =
          assertThrows(
              SystemTrouble.class,
              () -> s3(s3, FakeS3.REGION, FakeS3.SECRET_KEY).probe("onboarding-1"));
      assertTrue(trouble.getMessage().contains("other than what was written"));
      assertTrue(s3.objects().isEmpty());
    }
  }

  @Test
  void wrongKeysAndRegionsAreFoundByLookingOnly() {
    try (FakeS3 s3 = new FakeS3()) {
      assertEquals("HeadBucket 200", s3(s3, FakeS3.REGION, FakeS3.SECRET_KEY).look());
      assertEquals(
          Kind.AUTHENTICATION_FAILED,
          assertThrows(
                  SystemTrouble.class, () -> s3(s3, FakeS3.REGION, "another-secret-key").look())
              .kind());
      SystemTrouble region =
          assertThrows(SystemTrouble.class, () -> s3(s3, "us-east-1", FakeS3.SECRET_KEY).look());
      assertEquals(Kind.WRONG_PLACE, region.kind());
      assertTrue(region.getMessage().contains("eu-central-1"));
      assertTrue(s3.requests().stream().noneMatch(r -> r.method().equals("PUT")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidAccessKeyId, INVALID_CREDENTIALS",
    "SignatureDoesNotMatch, INVALID_CREDENTIALS",
    "AccessDenied, INSUFFICIENT_PERMISSION",
    "PermanentRedirect, WRONG_REGION_OR_ENV",
    "AuthorizationHeaderMalformed, WRONG_REGION_OR_ENV",
    "SlowDown, UNREACHABLE",
    "NoSuchBucket, INCONCLUSIVE",
    "RequestTimeTooSkewed, UNREACHABLE",
  })
  void everyErrorOfABucketHasItsGrade(String code, Grade grade) {
    try (FakeS3 s3 = new FakeS3().refusing(code)) {
      CredentialTestResult result =
          test(
              Map.of("accessKey", FakeS3.ACCESS_KEY, "secretKey", FakeS3.SECRET_KEY),
              Map.of(
                  "protocol",
                  "s3",
                  "endpoint",
                  s3.endpoint().toString(),
                  "bucket",
                  "paas-backups",
                  "region",
                  FakeS3.REGION));
      assertEquals(grade, result.grade(), result.message());
      assertFalse(result.toString().contains(FakeS3.SECRET_KEY));
    }
  }

  @Test
  void anObjectIsWrittenReadAndDeletedInAFolder() {
    Map<String, String> files = new ConcurrentHashMap<>();
    try (FakeHttp server = new FakeHttp(request -> webDav(request, files))) {
      WebDavStorage storage =
          new WebDavStorage(Loopback.egress(), server.uri("/dav"), "u", "password");
      assertEquals("DAV 1,2, PROPFIND 207", storage.look());
      StorageReport report = storage.probe("onboarding-1");
      assertEquals(List.of("PUT 201", "GET 200, same content", "DELETE 204"), report.steps());
      assertEquals(OptionalLong.of(123_456_789_000L), report.freeBytes());
      assertTrue(files.isEmpty());
      assertTrue(server.requests().getLast().uri().getPath().endsWith("/dav/_probe-onboarding-1"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, INVALID_CREDENTIALS",
    "403, INSUFFICIENT_PERMISSION",
    "404, INCONCLUSIVE",
    "405, INCONCLUSIVE",
    "429, RATE_LIMITED",
    "500, UNREACHABLE",
    "302, WRONG_REGION_OR_ENV",
    "200, INCONCLUSIVE",
  })
  void everyAnswerOfAFolderHasItsGrade(int status, Grade grade) {
    try (FakeHttp server = FakeHttp.always(Response.status(status))) {
      assertEquals(grade, webDavTest(server).grade());
    }
  }

  @Test
  void aGoodFolderIsValidAndWhatIsMissingIsNamed() {
    try (FakeHttp server = new FakeHttp(request -> webDav(request, new ConcurrentHashMap<>()))) {
      assertEquals(Grade.VALID, webDavTest(server).grade());
    }
    assertTrue(test(Map.of(), Map.of("protocol", "ftp")).message().contains("s3 or webdav"));
    assertTrue(test(Map.of(), Map.of()).message().contains("\"protocol\""));
    assertTrue(
        test(
                Map.of("accessKey", "a", "secretKey", "b"),
                Map.of("protocol", "s3", "endpoint", "https://s3.example", "bucket", "../x"))
            .message()
            .contains("bucket name"));
  }

  private static CredentialTestResult webDavTest(FakeHttp server) {
    return test(
        Map.of("user", "u", "password", "MARKER-dav"),
        Map.of("protocol", "webdav", "url", server.uri("/dav").toString()));
  }

  private static CredentialTestResult test(
      Map<String, String> secret, Map<String, String> element) {
    JsonNode elements = JSON.valueToTree(Map.of("backup-storage", element));
    return new BackupCredentialTest(Loopback.egress(), Clock.systemUTC())
        .test(JSON.valueToTree(secret), elements);
  }

  private static S3Storage s3(FakeS3 s3, String region, String secretKey) {
    return new S3Storage(
        Loopback.egress(),
        Clock.systemUTC(),
        new S3Bucket(s3.endpoint(), region, "paas-backups"),
        new S3Login(FakeS3.ACCESS_KEY, secretKey));
  }

  private static Response webDav(Request request, Map<String, String> files) {
    String path = request.uri().getPath();
    return switch (request.method()) {
      case "OPTIONS" -> Response.status(200).with("DAV", "1,2");
      case "PROPFIND" ->
          new Response(
              207,
              Map.of(),
              "<D:multistatus xmlns:D=\"DAV:\"><D:quota-available-bytes>123456789000"
                  + "</D:quota-available-bytes></D:multistatus>");
      case "PUT" -> {
        files.put(path, request.body());
        yield Response.status(201);
      }
      case "GET" -> new Response(200, Map.of(), files.getOrDefault(path, ""));
      case "DELETE" -> {
        files.remove(path);
        yield Response.status(204);
      }
      default -> Response.status(405);
    };
  }
}

package dev.slipway.systems.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ACCESS_KEY = "AKIATESTTESTTEST";
  private static final String SECRET_KEY = "MARKER-s3-secret-key";
  private static final String REGION = "eu-central-1";

  @ParameterizedTest
  @CsvSource({
    "InvalidAccessKeyId, INVALID_CREDENTIALS",
    "SignatureDoesNotMatch, INVALID_CREDENTIALS",
    "AccessDenied, INSUFFICIENT_PERMISSION",
    "PermanentRedirect, WRONG_REGION_OR_ENV",
    "AuthorizationHeaderMalformed, WRONG_REGION_OR_ENV",
    "SlowDown, RATE_LIMITED",
    "InternalError, UNREACHABLE",
    "NoSuchKey, INCONCLUSIVE",
    "NoSuchBucket, INCONCLUSIVE",
    "RequestTimeTooSkewed, UNREACHABLE",
  })
  void everyErrorOfABucketHasItsGrade(String code, Grade grade) {
    try (FakeHttp s3 = FakeHttp.always(error(code))) {
      CredentialTestResult result = s3Test(s3.uri("").toString());
      assertEquals(grade, result.grade(), result.message());
      assertFalse(result.toString().contains(SECRET_KEY));
    }
  }

  /** A page that answers 200 to everything once graded wrong keys as valid. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html><body>Welcome</body></html>",
        "200 | ''",
        "200 | <p>&lt;ListBucketResult></p>",
        "403 | <html>Forbidden</html>",
        "404 | 404 page not found",
        "404 | <html><Code>NoSuchBucket</Code></html>",
        "400 | Bad Request",
      })
  void whatIsNotS3SaysNothingAboutTheKeys(int status, String body) {
    try (FakeHttp server = FakeHttp.always(new Response(status, Map.of(), body))) {
      CredentialTestResult result = s3Test(server.uri("").toString());
      assertEquals(Grade.INCONCLUSIVE, result.grade(), result.message());
      assertTrue(result.message().contains("not as S3 does"), result.message());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "301 | eu-west-3 | '' | is not in the region eu-central-1 but in eu-west-3",
        "307 | '' | <Error><Code>TemporaryRedirect</Code><Endpoint>b.s3-eu-west-3.example</Endpoint></Error>"
            + " | names the address b.s3-eu-west-3.example",
        "301 | eu-central-1 | <?xml version=\"1.0\"?><Error><Code>PermanentRedirect</Code>"
            + "<Endpoint>paas-backups.s3.example</Endpoint></Error>"
            + " | names the address paas-backups.s3.example",
        "302 | '' | <html>Log in</html> | sends ListObjectsV2 elsewhere",
      })
  void aRedirectSaysWhereTheBucketIs(int status, String region, String body, String words) {
    Response answer = new Response(status, Map.of("Location", "https://x.example/"), body);
    try (FakeHttp server =
        FakeHttp.always(region.isEmpty() ? answer : answer.with("x-amz-bucket-region", region))) {
      CredentialTestResult result = s3Test(server.uri("").toString());
      assertEquals(Grade.WRONG_REGION_OR_ENV, result.grade(), result.message());
      assertTrue(result.message().contains(words), result.message());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UserDisable, INSUFFICIENT_PERMISSION, switched off",
    "NotSignedUp, INSUFFICIENT_PERMISSION, switched off",
    "SecondLevelDomainForbidden, WRONG_REGION_OR_ENV, part of the host name",
    "PathStyleDomainForbidden, WRONG_REGION_OR_ENV, part of the host name",
    "UnheardOf, INSUFFICIENT_PERMISSION, did not accept ListObjectsV2 (UnheardOf)",
    "ExpiredToken, INVALID_CREDENTIALS, does not accept this access key",
  })
  void wrongKeysAreToldApartFromTheRest(String code, Grade grade, String words) {
    try (FakeHttp s3 = FakeHttp.always(error(code))) {
      CredentialTestResult result = s3Test(s3.uri("").toString());
      assertEquals(grade, result.grade());
      assertTrue(result.message().contains(words), result.message());
    }
  }

  @Test
  void aStorageThatTakesHostNamesOnlyIsAddressedSo() {
    List<String> asked = new ArrayList<>();
    HttpPort port =
        call -> {
          asked.add(call.method() + " " + call.uri());
          boolean byHost = call.uri().getHost().startsWith("paas-backups.");
          String body =
              byHost
                  ? "<ListBucketResult/>"
                  : "<Error><Code>SecondLevelDomainForbidden</Code></Error>";
          return new HttpAnswer(call, byHost ? 200 : 403, Map.of(), Bytes.of(body), Instant.EPOCH);
        };
    assertEquals("ListObjectsV2 200", named(port, "https://oss.example:8443/").look());
    assertEquals(
        List.of(
            "GET https://oss.example:8443/paas-backups?list-type=2&max-keys=1",
            "GET https://paas-backups.oss.example:8443/?list-type=2&max-keys=1"),
        asked);
  }

  @Test
  void anEndpointMayBeThatOfTheBucket() {
    Map<String, Bytes> objects = new ConcurrentHashMap<>();
    HttpPort port =
        call -> {
          String key = call.uri().getPath();
          boolean list = key.equals("/") && call.uri().getQuery() != null;
          int status = 200;
          Bytes body = Bytes.of("<ListBucketResult/>");
          if (call.method().equals("PUT")) {
            // A bucket with Object Lock wants it.
            assertTrue(call.headers().containsKey("Content-MD5"), call::toString);
            objects.put(key, call.body());
          } else if (call.method().equals("DELETE")) {
            objects.remove(key);
            status = 204;
          } else if (!list) {
            status = objects.containsKey(key) ? 200 : 404;
            body = objects.getOrDefault(key, Bytes.of("<Error><Code>NoSuchKey</Code></Error>"));
          }
          return new HttpAnswer(call, status, Map.of(), body, Instant.EPOCH);
        };
    S3Storage storage = named(port, "https://paas-backups.s3.example");
    assertEquals("ListObjectsV2 200", storage.look());
    assertEquals("GET 200, same content", storage.probe("onboarding-1").steps().get(1));
    assertTrue(objects.isEmpty());
  }

  @Test
  void aKeyIsEncodedAsItsSignatureIsChecked() {
    List<String> asked = new ArrayList<>();
    HttpPort port =
        call -> {
          asked.add(call.method() + " " + call.uri());
          return new HttpAnswer(
              call, 200, Map.of("x-amz-request-id", List.of("1")), Bytes.NONE, Instant.EPOCH);
        };
    assertTrue(named(port, "https://s3.example").object("hub/~v 1*.tar+gz").isPresent());
    assertEquals(List.of("HEAD https://s3.example/paas-backups/hub/~v%201%2A.tar%2Bgz"), asked);
  }

  @Test
  void versionsThatABucketKeepsAreNotCalledGone() {
    HttpPort port =
        new HttpPort() {
          private Bytes written = Bytes.NONE;

          @Override
          public HttpAnswer send(HttpCall call) {
            if (call.method().equals("PUT")) {
              written = call.body();
            }
            return new HttpAnswer(
                call, 200, Map.of("x-amz-delete-marker", List.of("true")), written, Instant.EPOCH);
          }
        };
    assertEquals(
        "DELETE 200, older versions stay",
        named(port, "https://s3.example").probe("onboarding-1").steps().getLast());
  }

  private static S3Storage named(HttpPort port, String endpoint) {
    return new S3Storage(
        port,
        Clock.systemUTC(),
        new S3Bucket(URI.create(endpoint), REGION, "paas-backups"),
        new S3Login(ACCESS_KEY, SECRET_KEY));
  }

  private static CredentialTestResult s3Test(String endpoint) {
    return test(
        Map.of("accessKey", ACCESS_KEY, "secretKey", SECRET_KEY),
        Map.of("protocol", "s3", "endpoint", endpoint, "bucket", "paas-backups", "region", REGION));
  }

  /** RFC 4918, 10.1: a list in any order; RFC 9110, 5.3: several lines are one list. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | VALID",
        "1, 2 | VALID",
        "3, 2, 1 | VALID",
        "extended-mkcol, 1, 3 | VALID",
        "<http://apache.org/dav/propset/fs/1>;1,2 | VALID",
        "2 | VALID",
        "sabredav-partialupdate | INCONCLUSIVE",
        "12 | INCONCLUSIVE",
      })
  void theClassesOfAFolderComeInAnyOrder(String lines, Grade grade) {
    HttpPort port =
        call ->
            new HttpAnswer(
                call,
                call.method().equals("PROPFIND") ? 207 : 200,
                Map.of("dav", List.of(lines.split(";", -1))),
                Bytes.of("\uFEFF<?xml version=\"1.0\"?>\n<D:multistatus xmlns:D=\"DAV:\"/>"),
                Instant.EPOCH);
    CredentialTestResult result =
        new BackupCredentialTest(port, Clock.systemUTC())
            .test(
                JSON.valueToTree(Map.of("user", "u", "password", "MARKER-dav")),
                JSON.valueToTree(
                    Map.of(
                        "backup-storage",
                        Map.of("protocol", "webdav", "url", "https://dav.example/b"))));
    assertEquals(grade, result.grade(), result.message());
    assertFalse(result.message().contains("no DAV header"), result.message());
  }

  @Test
  void aMultistatusThatIsNoneProvesNothing() {
    try (FakeHttp server =
        FakeHttp.always(new Response(207, Map.of("DAV", "1"), "<html>welcome</html>"))) {
      assertEquals(Grade.INCONCLUSIVE, webDavTest(server).grade());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Basic realm=\"x\" | INVALID_CREDENTIALS | does not accept this user",
        "Digest realm=\"a, Basic b\", nonce=\"x\", algorithm=MD5 | INCONCLUSIVE | a login by Digest, and",
        "Negotiate, NTLM | INCONCLUSIVE | a login by Negotiate or NTLM, and",
        "Bearer | INCONCLUSIVE | a login by Bearer, and",
        "Digest realm=\"x\", Basic realm=\"x\" | INVALID_CREDENTIALS | does not accept this user",
        "basic | INVALID_CREDENTIALS | does not accept this user",
        "'' | INVALID_CREDENTIALS | does not accept this user",
      })
  void aSchemeThatWeDoNotSpeakIsNamed(String challenge, Grade grade, String words) {
    try (FakeHttp server =
        FakeHttp.always(Response.status(401).with("WWW-Authenticate", challenge))) {
      CredentialTestResult result = webDavTest(server);
      assertEquals(grade, result.grade(), result.message());
      assertTrue(result.message().contains(words), result.message());
    }
  }

  @Test
  void anObjectIsWrittenReadAndDeletedInAFolder() {
    Map<String, String> files = new ConcurrentHashMap<>();
    try (FakeHttp server = new FakeHttp(request -> webDav(request, files))) {
      WebDavStorage storage =
          new WebDavStorage(Loopback.egress(), server.uri("/dav"), "u", "password");
      assertEquals("DAV 1, 2, PROPFIND 207", storage.look());
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

  private static Response error(String code) {
    int status =
        switch (code) {
          case "NoSuchBucket", "NoSuchKey" -> 404;
          case "AuthorizationHeaderMalformed" -> 400;
          case "PermanentRedirect" -> 301;
          case "SlowDown", "InternalError" -> 503;
          default -> 403;
        };
    return new Response(
        status,
        code.equals("PermanentRedirect") ? Map.of("x-amz-bucket-region", "eu-west-3") : Map.of(),
        "<Error><Code>" + code + "</Code><Region>eu-central-1</Region></Error>");
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

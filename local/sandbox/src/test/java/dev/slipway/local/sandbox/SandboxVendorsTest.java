package dev.slipway.local.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.sandbox.world.Fault;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/** Mail, Docker Hub, monitoring and storage, as a handler meets them. */
final class SandboxVendorsTest {

  private static Sandbox sandbox;
  private static SandboxClient client;
  private static SandboxControl control;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.start(SandboxOptions.inMemory());
    client = new SandboxClient(sandbox.endpoints());
    control = sandbox.control();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void reset() {
    control.reset();
  }

  private static HttpRequest.Builder request(String url, String user, String password) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Basic " + base64(user + ":" + password));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void mailNeedsTlsThenTheRightPasswordThenAnOwnSender() throws Exception {
    try (Socket plain = client.tunnel(SandboxDefaults.SMTP_HOST, 587)) {
      assertReply("220", plain, "");
      assertReply("250", plain, "EHLO slipway.example");
      assertReply("530", plain, "AUTH PLAIN " + base64("\0a\0b"));
      assertReply("220", plain, "STARTTLS");
      SSLSocket secured =
          (SSLSocket)
              client
                  .trust()
                  .getSocketFactory()
                  .createSocket(plain, SandboxDefaults.SMTP_HOST, 587, true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      assertReply("250", secured, "EHLO slipway.example");
      assertReply("530", secured, "MAIL FROM:<noreply@hoster.example>");
      String user = SandboxDefaults.SMTP_USER;
      assertReply("535", secured, "AUTH PLAIN " + base64("\0" + user + "\0wrong"));
      assertReply(
          "235",
          secured,
          "AUTH PLAIN " + base64("\0" + user + "\0" + SandboxDefaults.SMTP_PASSWORD));
      assertReply("250", secured, "MAIL FROM:<me@elsewhere.example>");
      assertReply("553", secured, "RCPT TO:<me@elsewhere.example>");
      assertReply("250", secured, "RSET");
      assertReply("250", secured, "MAIL FROM:<noreply@hoster.example>");
      assertReply("250", secured, "RCPT TO:<noreply@hoster.example>");
      assertReply("250", secured, "RSET");
      assertReply("221", secured, "QUIT");
    }
    assertEquals(2, control.count("smtp", "AUTH"));
    control.fault(Fault.of("smtp", "CONNECT", 1, Fault.Kind.STATUS_5XX));
    try (Socket plain = client.tunnel(SandboxDefaults.SMTP_HOST, 587)) {
      assertReply("421", plain, "");
    }
  }

  @Test
  void mailOverTlsFromTheStart() throws Exception {
    try (Socket plain = client.tunnel(SandboxDefaults.SMTP_HOST, 465);
        Socket secured =
            client
                .trust()
                .getSocketFactory()
                .createSocket(plain, SandboxDefaults.SMTP_HOST, 465, true)) {
      assertReply("220", secured, "");
      assertReply("250", secured, "EHLO slipway.example");
      assertReply(
          "235",
          secured,
          "AUTH PLAIN "
              + base64("\0" + SandboxDefaults.SMTP_USER + "\0" + SandboxDefaults.SMTP_PASSWORD));
    }
  }

  private static void assertReply(String code, Socket socket, String command) throws IOException {
    if (!command.isEmpty()) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
    InputStream in = socket.getInputStream();
    String line;
    do {
      line = SandboxClient.line(in);
    } while (line.length() > 3 && line.charAt(3) == '-');
    assertTrue(line.startsWith(code), () -> "expected " + code + " to: " + command);
  }

  @Test
  void aDockerPlanShowsInTheRateLimitHeaders() throws Exception {
    assertEquals("", limitOf(SandboxDefaults.DOCKER_USER, SandboxDefaults.DOCKER_TOKEN));
    assertEquals(
        "200;w=21600",
        limitOf(SandboxDefaults.FREE_DOCKER_USER, SandboxDefaults.FREE_DOCKER_TOKEN));
    control.act("upgrade-docker-plan", Map.of("user", SandboxDefaults.FREE_DOCKER_USER));
    assertEquals("", limitOf(SandboxDefaults.FREE_DOCKER_USER, SandboxDefaults.FREE_DOCKER_TOKEN));
    assertEquals(401, registryToken(SandboxDefaults.DOCKER_USER, "wrong").statusCode());
    HttpResponse<String> anonymous =
        client.get("https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest");
    assertEquals(404, anonymous.statusCode());
    assertEquals(401, head("nonsense").statusCode());
  }

  private static HttpResponse<String> registryToken(String user, String token) throws Exception {
    return client.send(
        request(
            "https://auth.docker.io/token?service=registry.docker.io"
                + "&scope=repository:ratelimitpreview/test:pull",
            user,
            token));
  }

  private static HttpResponse<String> head(String bearer) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create(
                    "https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest"))
            .header("Authorization", "Bearer " + bearer)
            .HEAD());
  }

  private static String limitOf(String user, String token) throws Exception {
    String bearer = Json.parse(registryToken(user, token).body()).path("token").asText();
    HttpResponse<String> head = head(bearer);
    assertEquals(200, head.statusCode());
    return head.headers().firstValue("ratelimit-limit").orElse("");
  }

  @Test
  void dockerHubIssuesTokens() throws Exception {
    assertEquals(200, hubToken(SandboxDefaults.DOCKER_TOKEN));
    assertEquals(401, hubToken("wrong"));
    assertEquals(400, hubToken(""));
  }

  private static int hubToken(String secret) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create("https://hub.docker.com/v2/auth/token"))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Json.object()
                            .put("identifier", SandboxDefaults.DOCKER_USER)
                            .put("secret", secret)
                            .toString())))
        .statusCode();
  }

  private static HttpResponse<String> prometheus(String path) throws Exception {
    return client.send(
        request(
            "https://prometheus.hoster.example" + path,
            SandboxDefaults.MONITORING_USER,
            SandboxDefaults.MONITORING_PASSWORD));
  }

  private static JsonNode query(String expression) throws Exception {
    return Json.parse(
            prometheus(
                    "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .body())
        .path("data");
  }

  @Test
  void prometheusShowsTargetsAndFreshSamples() throws Exception {
    assertEquals(401, client.get("https://prometheus.hoster.example/-/healthy").statusCode());
    assertEquals(200, prometheus("/-/ready").statusCode());
    assertTrue(prometheus("/api/v1/status/buildinfo").body().contains("2.42.0"));
    assertEquals(
        3, Json.parse(prometheus("/api/v1/targets").body()).at("/data/activeTargets").size());
    assertTrue(prometheus("/api/v1/alertmanagers").body().contains("alertmanager.hoster.example"));
    assertEquals(3, query("up").path("result").size());
    assertEquals(2, query("up{job=\"node\"}").path("result").size());
    assertEquals("3", query("count(up)").at("/result/0/value/1").asText());
    double age = query("time() - max(timestamp(up))").at("/result/0/value/1").asDouble();
    assertEquals(5, age, 2);
    assertEquals(400, prometheus("/api/v1/query?query=up%20offset%201d").statusCode());

    control.patchWorld("{\"prometheus\":{\"sampleAgeSeconds\":900,\"auth\":null}}");
    assertEquals(200, client.get("https://prometheus.hoster.example/-/healthy").statusCode());
    assertTrue(query("up").path("result").isEmpty());
    JsonNode values = query("up[30m]").at("/result/0/values");
    double newest = values.get(values.size() - 1).path(0).asDouble();
    assertEquals(900, Instant.now().getEpochSecond() - newest, 5);
  }

  @Test
  void anAlertIsOneAlertAndIsMailed() throws Exception {
    String alert =
        "[{\"labels\":{\"alertname\":\"SlipwayTest\",\"severity\":\"info\"},\"annotations\":{}}]";
    for (int i = 0; i < 2; i++) {
      assertEquals(200, post(alert).statusCode());
    }
    assertEquals(400, post("[{}]").statusCode());
    assertEquals(400, post("nonsense").statusCode());
    assertEquals(1, alertmanager("/api/v2/alerts?filter=alertname%3D%22SlipwayTest%22").size());
    assertEquals(0, alertmanager("/api/v2/alerts?filter=alertname%3D%22Other%22").size());
    assertEquals("operations", alertmanager("/api/v2/receivers").path(0).path("name").asText());
    assertEquals("ready", alertmanager("/api/v2/status").at("/cluster/status").asText());
    assertEquals(1, control.mails().size());
    assertEquals(2, control.performed("alertmanager", "POST /api/v2/alerts", "SlipwayTest"));
  }

  private static HttpResponse<String> post(String alerts) throws Exception {
    return client.send(
        monitoring("/api/v2/alerts").POST(HttpRequest.BodyPublishers.ofString(alerts)));
  }

  private static JsonNode alertmanager(String path) throws Exception {
    return Json.parse(client.send(monitoring(path)).body());
  }

  private static HttpRequest.Builder monitoring(String path) {
    return request(
        "https://alertmanager.hoster.example" + path,
        SandboxDefaults.MONITORING_USER,
        SandboxDefaults.MONITORING_PASSWORD);
  }

  @Test
  void theObjectStoreVerifiesSignatures() throws Exception {
    String secret = SandboxDefaults.S3_SECRET_KEY;
    String object = "/paas-backups/_probe/a%20b%2Bc";
    assertEquals(200, s3("HEAD", "/paas-backups", "", secret).statusCode());
    assertEquals(404, s3("HEAD", "/other", "", secret).statusCode());
    assertEquals(200, s3("PUT", object, "probe", secret).statusCode());
    assertEquals("probe", s3("GET", object, "", secret).body());
    assertTrue(
        s3("GET", "/paas-backups?list-type=2&prefix=_probe%2F", "", secret)
            .body()
            .contains("<Key>_probe/a b+c</Key>"));
    assertEquals(204, s3("DELETE", object, "", secret).statusCode());
    assertTrue(s3("GET", object, "", secret).body().contains("NoSuchKey"));
    assertTrue(s3("GET", object, "", "wrong").body().contains("SignatureDoesNotMatch"));
    assertTrue(
        s3("GET", object, "", "NOBODY", secret, "eu-central-1")
            .body()
            .contains("InvalidAccessKeyId"));
    HttpResponse<String> elsewhere =
        s3("GET", object, "", SandboxDefaults.S3_ACCESS_KEY, secret, "us-east-1");
    assertEquals(400, elsewhere.statusCode());
    assertEquals(
        "eu-central-1", elsewhere.headers().firstValue("x-amz-bucket-region").orElseThrow());
    assertEquals(403, client.get("https://s3.backup.example/paas-backups").statusCode());

    control.patchWorld("{\"s3\":{\"keys\":{\"SANDBOXACCESSKEY0001\":{\"deny\":[\"PutObject\"]}}}}");
    assertTrue(s3("PUT", object, "probe", secret).body().contains("AccessDenied"));
    control.reset();
    control.patchWorld("{\"s3\":{\"buckets\":{\"paas-backups\":{\"quotaBytes\":3}}}}");
    assertTrue(s3("PUT", object, "probe", secret).body().contains("QuotaExceeded"));
  }

  private static HttpResponse<String> s3(String method, String path, String body, String secret)
      throws Exception {
    return s3(method, path, body, SandboxDefaults.S3_ACCESS_KEY, secret, SandboxDefaults.S3_REGION);
  }

  /** Signed by Amazon's own signer, so that the check is not held against itself. */
  private static HttpResponse<String> s3(
      String method, String path, String body, String key, String secret, String region)
      throws Exception {
    URI uri = URI.create("https://s3.backup.example" + path);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest unsigned =
        SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.fromValue(method)).build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                input ->
                    input
                        .identity(AwsBasicCredentials.create(key, secret))
                        .request(unsigned)
                        .payload(ContentStreamProvider.fromByteArray(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              if (!name.equalsIgnoreCase("Host") && !name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request);
  }

  @Test
  void webDavKeepsFilesWithinItsQuota() throws Exception {
    assertEquals(401, client.get("https://dav.backup.example/backups/").statusCode());
    HttpResponse<String> options = dav("OPTIONS", "/backups/", "");
    assertEquals("1, 2", options.headers().firstValue("DAV").orElseThrow());
    HttpResponse<String> found = dav("PROPFIND", "/backups/", "");
    assertEquals(207, found.statusCode());
    assertTrue(found.body().contains("quota-available-bytes"));
    assertEquals(404, dav("PROPFIND", "/none/", "").statusCode());
    assertEquals(201, dav("PUT", "/backups/probe", "x").statusCode());
    assertEquals(204, dav("PUT", "/backups/probe", "yy").statusCode());
    assertEquals("yy", dav("GET", "/backups/probe", "").body());
    assertEquals(204, dav("DELETE", "/backups/probe", "").statusCode());
    assertEquals(404, dav("GET", "/backups/probe", "").statusCode());
    assertEquals(409, dav("PUT", "/none/probe", "x").statusCode());
    assertEquals(201, dav("MKCOL", "/backups/new/", "").statusCode());
    assertEquals(405, dav("MKCOL", "/backups/new/", "").statusCode());
    control.patchWorld("{\"webdav\":{\"quotaBytes\":1}}");
    assertEquals(507, dav("PUT", "/backups/probe", "yy").statusCode());
    control.patchWorld("{\"webdav\":{\"users\":{\"paas-backup\":{\"readOnly\":true}}}}");
    assertEquals(403, dav("PUT", "/backups/probe", "y").statusCode());
  }

  private static HttpResponse<String> dav(String method, String path, String body)
      throws Exception {
    return client.send(
        request(
                "https://dav.backup.example" + path,
                SandboxDefaults.WEBDAV_USER,
                SandboxDefaults.WEBDAV_PASSWORD)
            .header("Depth", "0")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void theUploadersExportAnswersTheNullProcedure() throws Exception {
    assertEquals(List.of(0), rpc(100003, 4, 0));
    assertEquals(List.of(2, 3, 4), rpc(100003, 2, 0));
    assertEquals(List.of(1), rpc(100005, 3, 0));
    assertFalse(control.calls().isEmpty());
  }

  /** The {@code accept_stat} of an ONC-RPC reply and what follows it. */
  private static List<Integer> rpc(int program, int version, int procedure) throws Exception {
    try (Socket socket = client.tunnel(SandboxDefaults.UPLOADER_HOST, 2049)) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      int[] words = {0x80000000 | 40, 7, 0, 2, program, version, procedure, 0, 0, 0, 0};
      for (int word : words) {
        out.writeInt(word);
      }
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readInt() & 0x7fffffff;
      int[] reply = new int[length / 4];
      for (int i = 0; i < reply.length; i++) {
        reply[i] = in.readInt();
      }
      assertEquals(7, reply[0]);
      assertEquals(1, reply[1]);
      return Arrays.stream(reply).skip(5).boxed().toList();
    }
  }
}

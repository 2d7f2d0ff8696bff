package dev.slipway.systems.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "MARKER-monitoring";

  @Test
  void aServerThatWatchesIsUnderstood() {
    try (FakeHttp server = new FakeHttp(PrometheusTest::healthy)) {
      PrometheusClient client =
          new PrometheusClient(
              Loopback.egress(), server.uri("/prom"), Optional.of(new BasicLogin("u", PASSWORD)));
      client.ready();
      assertEquals("2.53.0", client.version());
      assertEquals(
          new Targets(3, 1, 1, List.of("db http://10.0.0.2:9100/metrics")), client.targets());
      assertEquals(Optional.of(Instant.parse("2026-11-21T12:00:00.250Z")), client.newestSample());
      assertEquals(
          List.of("https://alertmanager.hoster.example/api/v2/alerts"), client.alertmanagers());
      assertTrue(
          server.requests().stream()
              .allMatch(request -> request.header("Authorization").startsWith("Basic ")));
    }
  }

  @Test
  void noSampleAtAllIsAnAnswer() {
    try (FakeHttp server =
        FakeHttp.always(
            Response.json(
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"))) {
      assertEquals(Optional.empty(), plain(server).newestSample());
    }
  }

  @Test
  void errorsAreToldApart() {
    try (FakeHttp server =
        FakeHttp.always(
            Response.json("{\"status\":\"error\",\"errorType\":\"x\",\"error\":\"bad query\"}"))) {
      SystemTrouble trouble = assertThrows(SystemTrouble.class, () -> plain(server).newestSample());
      assertEquals(Kind.REJECTED, trouble.kind());
      assertTrue(trouble.getMessage().contains("bad query"));
    }
    try (FakeHttp server = FakeHttp.always(Response.json("{\"hello\":1}"))) {
      assertEquals(
          Kind.NOT_UNDERSTOOD,
          assertThrows(SystemTrouble.class, () -> plain(server).version()).kind());
    }
  }

  @Test
  void anAlertIsPostedReadBackAndResolved() throws Exception {
    try (FakeHttp server =
        new FakeHttp(
            request ->
                request.method().equals("POST")
                    ? Response.status(200)
                    : Response.json(
                        """
                        [{"labels":{"slipway_test":"other"},"receivers":[]},
                         {"labels":{"slipway_test":"id-1"},
                          "status":{"state":"active","silencedBy":[],"inhibitedBy":[]},
                          "receivers":[{"name":"mail"},{"name":"chat"}]}]"""))) {
      AlertmanagerClient client =
          new AlertmanagerClient(Loopback.egress(), server.uri("/"), Optional.empty());
      Instant start = Instant.parse("2026-11-21T12:00:00Z");
      TestAlert alert = new TestAlert("id-1", "A test", start, start.plusSeconds(600));
      client.post(alert);
      assertEquals(
          Optional.of(new ListedAlert(List.of("mail", "chat"), List.of())), client.listed("id-1"));
      assertEquals(Optional.empty(), client.listed("id-2"));
      client.resolve(alert, start.plusSeconds(5));
      JsonNode last = JSON.readTree(server.requests().getLast().body());
      assertEquals("2026-11-21T12:00:05Z", last.path(0).path("endsAt").asText());
      assertEquals("id-1", last.path(0).path("labels").path("slipway_test").asText());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'state':'suppressed','silencedBy':['ab-1','ab-2'],'inhibitedBy':[] | silenced by ab-1, ab-2",
        "'state':'suppressed','silencedBy':[],'inhibitedBy':['f00'] | inhibited by f00",
        "'state':'suppressed','silencedBy':[],'inhibitedBy':[],'mutedBy':['nights'] | muted by nights",
        "'state':'suppressed' | suppressed",
        "'state':'unprocessed','silencedBy':[],'inhibitedBy':[] | unprocessed",
      })
  void anAlertThatIsListedMayReachNobody(String status, String why) {
    String alert =
        "[{'labels':{'slipway_test':'id-1'},'receivers':[{'name':'ops-mail'}],'status':{%s}}]"
            .formatted(status);
    try (FakeHttp server = FakeHttp.always(Response.json(alert.replace('\'', '"')))) {
      ListedAlert listed =
          new AlertmanagerClient(Loopback.egress(), server.uri("/"), Optional.empty())
              .listed("id-1")
              .orElseThrow();
      assertEquals(List.of(why), listed.withheld());
    }
  }

  /** 2,500 targets were 1.8 MB, 7,000 were 8 MB, and 342 MB were seen. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thousandsOfTargetsAreReadAsTheyArrive(boolean zipped) {
    String target =
        "{\"discoveredLabels\":{\"x\":\"%s\"},\"labels\":{\"job\":\"node\"},\"health\":\"up\"}"
            .formatted("y".repeat(1500));
    String all =
        "{\"data\":{\"activeTargets\":["
            + String.join(",", Collections.nCopies(10_000, target))
            + "]},\"status\":\"success\"}";
    Response answer = Response.json(all);
    try (FakeHttp server = FakeHttp.always(zipped ? answer.zipped() : answer)) {
      assertEquals(new Targets(10_000, 0, 0, List.of()), plain(server).targets());
      assertEquals("state=active", server.requests().getFirst().uri().getQuery());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>login</html> | NOT_UNDERSTOOD",
        "200 | {\"status\":\"success\",\"data\":{}} | NOT_UNDERSTOOD",
        "200 | {\"status\":\"success\",\"data\":{\"activeTargets\":[{\"health\" | NOT_UNDERSTOOD",
        "200 | [] | NOT_UNDERSTOOD",
        "200 | '' | NOT_UNDERSTOOD",
        "401 | no | AUTHENTICATION_FAILED",
        "503 | no | OUT_OF_ORDER",
      })
  void whatIsNoListOfTargetsIsNoListWithoutTargets(int status, String body, Kind kind) {
    try (FakeHttp server = FakeHttp.always(new Response(status, Map.of(), body))) {
      assertEquals(kind, assertThrows(SystemTrouble.class, () -> plain(server).targets()).kind());
    }
  }

  @Test
  void aListThatNeverEndsIsGivenUp() throws Exception {
    try (FakeTcp server =
        new FakeTcp(
            socket -> {
              socket
                  .getOutputStream()
                  .write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"data\":"
                          .getBytes(StandardCharsets.US_ASCII));
              socket.getOutputStream().flush();
              socket.getInputStream().readAllBytes();
            })) {
      PrometheusClient client =
          new PrometheusClient(
              new Loopback().impatient().build(),
              URI.create("http://127.0.0.1:" + server.port() + "/"),
              Optional.empty());
      assertEquals(Kind.TIMED_OUT, assertThrows(SystemTrouble.class, client::targets).kind());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"status\":\"success\",\"data\":{\"version\":\"2.53.0\"}} | VALID",
        "401 | Unauthorized | INVALID_CREDENTIALS",
        "403 | no | INSUFFICIENT_PERMISSION",
        "429 | x | RATE_LIMITED",
        "503 | x | UNREACHABLE",
        "302 | x | WRONG_REGION_OR_ENV",
        "200 | <html>Grafana</html> | INCONCLUSIVE",
        "200 | {\"status\":\"success\",\"data\":{}} | INCONCLUSIVE",
      })
  void theCredentialTestGradesTheAnswer(int status, String body, Grade grade) {
    try (FakeHttp server = FakeHttp.always(new Response(status, Map.of(), body))) {
      CredentialTestResult result = test("prometheus", server.uri("/").toString());
      assertEquals(grade, result.grade(), result.message());
      assertFalse(result.toString().contains(PASSWORD));
    }
  }

  @Test
  void anotherSystemIsAttestedAndABadAddressIsNamed() {
    assertEquals(Grade.INCONCLUSIVE, test("other", "https://x.example").grade());
    CredentialTestResult bad = test("prometheus", "prometheus.hoster.example");
    assertEquals(Grade.INCONCLUSIVE, bad.grade());
    assertTrue(bad.message().contains("prometheusUrl"));
  }

  private static CredentialTestResult test(String system, String url) {
    JsonNode secret = JSON.valueToTree(Map.of("user", "monitor", "password", PASSWORD));
    JsonNode elements =
        JSON.valueToTree(Map.of("monitoring", Map.of("system", system, "prometheusUrl", url)));
    return new MonitoringCredentialTest(Loopback.egress()).test(secret, elements);
  }

  private static PrometheusClient plain(FakeHttp server) {
    return new PrometheusClient(Loopback.egress(), server.uri("/"), Optional.empty());
  }

  private static Response healthy(Request request) {
    return switch (request.uri().getPath()) {
      case "/prom/-/ready" -> new Response(200, Map.of(), "Prometheus Server is Ready.\n");
      case "/prom/api/v1/status/buildinfo" ->
          Response.json("{\"status\":\"success\",\"data\":{\"version\":\"2.53.0\"}}");
      case "/prom/api/v1/targets" ->
          Response.json(
              """
              {"status":"success","data":{"activeTargets":[
                {"labels":{"job":"node"},"scrapeUrl":"http://10.0.0.1:9100/metrics","health":"up","lastError":""},
                {"labels":{"job":"db"},"scrapeUrl":"http://10.0.0.2:9100/metrics","health":"down","lastError":"timed out"},
                {"discoveredLabels":{"job":{"a":[1]}},"labels":{"env":"x","job":"new"},"health":"unknown"}],
                "droppedTargets":[{"health":"down"}]}}""");
      case "/prom/api/v1/query" ->
          Response.json(
              """
              {"status":"success","data":{"resultType":"vector","result":[
                {"metric":{},"value":[1795262405.1,"1795262400.25"]}]}}""");
      case "/prom/api/v1/alertmanagers" ->
          Response.json(
              """
              {"status":"success","data":{"activeAlertmanagers":[
                {"url":"https://alertmanager.hoster.example/api/v2/alerts"}]}}""");
      default -> Response.status(404);
    };
  }
}

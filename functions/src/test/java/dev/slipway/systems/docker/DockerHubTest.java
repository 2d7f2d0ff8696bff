package dev.slipway.systems.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.FakeDns;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Request;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.FakeProxy;
import dev.slipway.systems.fake.Loopback;
import dev.slipway.systems.fake.TestAuthority;
import dev.slipway.systems.fake.TestAuthority.Issued;
import dev.slipway.systems.net.SystemTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's three hosts, reached by their real names through a proxy. */
class DockerHubTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "dckr_pat_MARKER";
  private static final String BEARER = "MARKER-bearer-token";
  private static final Issued ROOT = TestAuthority.root("Test root");
  private static final Issued LEAF = TestAuthority.server(ROOT, "*.docker.io", "hub.docker.com");

  private Function<Request, Response> token =
      request -> Response.json("{\"token\":\"" + BEARER + "\"}");
  private Function<Request, Response> manifest = request -> head();
  private Function<Request, Response> login =
      request -> Response.json("{\"access_token\":\"" + BEARER + "\"}");

  private final FakeHttp server = new FakeHttp(this::answer, TestAuthority.context(LEAF, ROOT));
  private final FakeDns dns = new FakeDns();
  private final FakeProxy proxy =
      new FakeProxy(
          Map.of(
              "hub.docker.com:443", server.port(),
              "auth.docker.io:443", server.port(),
              "registry-1.docker.io:443", server.port()));
  private final DockerHub hub =
      new DockerHub(
          new Loopback()
              .strict()
              .dns(dns.port())
              .proxy(proxy.port())
              .trusting(ROOT.certificate())
              .build());

  @AfterEach
  void stop() throws IOException {
    server.close();
    proxy.close();
    dns.close();
  }

  @Test
  void noLimitHeadersMeanAPaidPlan() {
    PullLimit limit = hub.pullLimit("hoster", TOKEN);
    assertFalse(limit.limited());
    Request first = server.requests().get(0);
    assertEquals(
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("hoster:" + TOKEN).getBytes(StandardCharsets.UTF_8)),
        first.header("Authorization"));
    Request second = server.requests().get(1);
    assertEquals("HEAD", second.method());
    assertEquals("Bearer " + BEARER, second.header("Authorization"));
  }

  @Test
  void limitHeadersMeanAFreePlan() {
    manifest =
        request ->
            head()
                .with("ratelimit-limit", "200;w=21600")
                .with("ratelimit-remaining", "198;w=21600");
    PullLimit limit = hub.pullLimit("hoster", TOKEN);
    assertTrue(limit.limited());
    assertEquals(200, limit.limit().orElseThrow());
    assertEquals(198, limit.remaining().orElseThrow());
    assertEquals(21600, limit.windowSeconds().orElseThrow());
  }

  @Test
  void theHubsLoginIsAskedWithTheTokenInTheBody() {
    hub.login("hoster", TOKEN);
    Request request = server.requests().getFirst();
    assertEquals("/v2/auth/token", request.uri().toString());
    assertTrue(request.body().contains("\"identifier\":\"hoster\""));
    login = request2 -> Response.json("{\"detail\":\"no " + TOKEN + "\"}").as(401);
    SystemTrouble trouble = assertThrows(SystemTrouble.class, () -> hub.login("hoster", TOKEN));
    assertEquals(SystemTrouble.Kind.AUTHENTICATION_FAILED, trouble.kind());
    assertFalse((trouble + trouble.answered()).contains(TOKEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {\"details\":\"incorrect username or password\"} | INVALID_CREDENTIALS",
        "403 | {} | INSUFFICIENT_PERMISSION",
        "429 | {} | RATE_LIMITED",
        "500 | {} | UNREACHABLE",
        "302 | {} | WRONG_REGION_OR_ENV",
        "200 | <html>hello</html> | INCONCLUSIVE",
        "200 | {} | INCONCLUSIVE",
      })
  void everyAnswerHasItsGrade(int status, String body, Grade grade) {
    token = request -> Response.json(body).as(status).with("X-Retry-After", "2145916800");
    CredentialTestResult result = test("paid");
    assertEquals(grade, result.grade(), result.message());
    assertEquals(grade == Grade.RATE_LIMITED, result.whenToRetry().isPresent());
    assertFalse(result.toString().contains(TOKEN));
  }

  @Test
  void aFreePlanIsNotEnoughUnlessItIsMeant() {
    assertEquals(Grade.VALID, test("paid").grade());
    manifest = request -> head().with("ratelimit-limit", "100;w=21600");
    CredentialTestResult result = test("team");
    assertEquals(Grade.INSUFFICIENT_PERMISSION, result.grade());
    assertTrue(result.message().contains("docker-account.plan"));
    assertEquals(Grade.VALID, test("personal").grade());
  }

  @Test
  void aPageInThePlaceOfTheRegistryIsNoPaidPlan() {
    manifest = request -> new Response(200, Map.of("Content-Type", "text/html"), "<html>");
    CredentialTestResult result = test("paid");
    assertEquals(Grade.INCONCLUSIVE, result.grade());
    assertTrue(result.message().contains("head of a manifest"), result.message());
  }

  private static Response head() {
    return Response.status(200)
        .with("Content-Type", "application/vnd.docker.distribution.manifest.v2+json");
  }

  private CredentialTestResult test(String plan) {
    JsonNode secret = JSON.valueToTree(Map.of("user", "hoster", "token", TOKEN));
    JsonNode elements = JSON.valueToTree(Map.of("docker-account", Map.of("plan", plan)));
    return new DockerCredentialTest(
            new Loopback().dns(dns.port()).proxy(proxy.port()).trusting(ROOT.certificate()).build())
        .test(secret, elements);
  }

  private Response answer(Request request) {
    return switch (request.header("host")) {
      case "hub.docker.com" -> login.apply(request);
      case "auth.docker.io" -> token.apply(request);
      default -> manifest.apply(request);
    };
  }
}

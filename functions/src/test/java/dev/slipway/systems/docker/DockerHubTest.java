package dev.slipway.systems.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.ScriptedHttp;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.SystemTrouble;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerHubTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "dckr_pat_MARKER";
  private static final String BEARER = "MARKER-bearer-token";
  private static final String LOGIN = "POST hub.docker.com/v2/auth/token";
  private static final String REGISTRY_TOKEN = "GET auth.docker.io/token";
  private static final String MANIFEST =
      "HEAD registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest";

  private final ScriptedHttp http =
      new ScriptedHttp()
          .on(LOGIN, Response.json("{\"access_token\":\"" + BEARER + "\"}"))
          .on(REGISTRY_TOKEN, Response.json("{\"token\":\"" + BEARER + "\"}"))
          .on(MANIFEST, head());
  private final DockerHub hub = new DockerHub(http);

  @Test
  void noLimitHeadersMeanAPaidPlan() {
    PullLimit limit = hub.pullLimit("hoster", TOKEN);
    assertFalse(limit.limited());
    HttpCall first = http.calls().get(0);
    assertEquals(
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("hoster:" + TOKEN).getBytes(StandardCharsets.UTF_8)),
        first.headers().get("Authorization"));
    HttpCall second = http.calls().get(1);
    assertEquals("HEAD", second.method());
    assertEquals("Bearer " + BEARER, second.headers().get("Authorization"));
  }

  @Test
  void limitHeadersMeanAFreePlan() {
    http.on(
        MANIFEST,
        head().with("ratelimit-limit", "200;w=21600").with("ratelimit-remaining", "198;w=21600"));
    PullLimit limit = hub.pullLimit("hoster", TOKEN);
    assertTrue(limit.limited());
    assertEquals(200, limit.limit().orElseThrow());
    assertEquals(198, limit.remaining().orElseThrow());
    assertEquals(21600, limit.windowSeconds().orElseThrow());
  }

  @Test
  void theHubsLoginIsAskedWithTheTokenInTheBody() {
    hub.login("hoster", TOKEN);
    HttpCall call = http.calls().getFirst();
    assertEquals("https://hub.docker.com/v2/auth/token", call.uri().toString());
    assertTrue(call.body().text().contains("\"identifier\":\"hoster\""));
    http.on(LOGIN, Response.json("{\"detail\":\"no " + TOKEN + "\"}").as(401));
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
    http.on(REGISTRY_TOKEN, Response.json(body).as(status).with("X-Retry-After", "2145916800"));
    CredentialTestResult result = test("paid");
    assertEquals(grade, result.grade(), result.message());
    assertEquals(grade == Grade.RATE_LIMITED, result.whenToRetry().isPresent());
    assertFalse(result.toString().contains(TOKEN));
  }

  @Test
  void aFreePlanIsNotEnoughUnlessItIsMeant() {
    assertEquals(Grade.VALID, test("paid").grade());
    http.on(MANIFEST, head().with("ratelimit-limit", "100;w=21600"));
    CredentialTestResult result = test("team");
    assertEquals(Grade.INSUFFICIENT_PERMISSION, result.grade());
    assertTrue(result.message().contains("docker-account.plan"));
    assertEquals(Grade.VALID, test("personal").grade());
  }

  @Test
  void aPageInThePlaceOfTheRegistryIsNoPaidPlan() {
    http.on(MANIFEST, new Response(200, Map.of("Content-Type", "text/html"), "<html>"));
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
    return new DockerCredentialTest(http).test(secret, elements);
  }
}

package dev.slipway.systems.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.credentials.CredentialTestResult;
import dev.slipway.credentials.Grade;
import dev.slipway.systems.fake.FakeHttp;
import dev.slipway.systems.fake.FakeHttp.Response;
import dev.slipway.systems.fake.FakeTcp;
import dev.slipway.systems.fake.Loopback;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformCredentialTestTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "MARKER-platform-token";
  private static final String VERSION = "{\"result\":0,\"version\":\"8.4.1\"}";

  @Test
  void valid() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.GET_VERSION, VERSION)
            .on(PlatformMethod.GET_REGIONS, "{\"result\":0,\"array\":[{\"name\":\"eu1\"}]}")) {
      CredentialTestResult result = test(platform.base());
      assertEquals(Grade.VALID, result.grade());
      assertEquals("version 8.4.1, 1 region(s)", result.answer());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"result\":702,\"error\":\"session is not valid\"} | INVALID_CREDENTIALS",
        "401 | {} | INVALID_CREDENTIALS",
        "200 | {\"result\":8202,\"error\":\"denied\"} | INSUFFICIENT_PERMISSION",
        "403 | {} | INSUFFICIENT_PERMISSION",
        "301 | {} | WRONG_REGION_OR_ENV",
        "429 | {} | RATE_LIMITED",
        "500 | {} | UNREACHABLE",
        "503 | {} | UNREACHABLE",
        "200 | <html>maintenance</html> | INCONCLUSIVE",
        "200 | {\"result\":99,\"error\":\"boom\"} | INCONCLUSIVE",
        "404 | {} | INCONCLUSIVE",
      })
  void everyOtherAnswerHasItsGrade(int status, String body, Grade grade) {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.GET_VERSION, VERSION)
            .on(PlatformMethod.GET_REGIONS, request -> Response.json(body).as(status))) {
      CredentialTestResult result = test(platform.base());
      assertEquals(grade, result.grade(), result.message());
      assertFalse(result.toString().contains(TOKEN));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Retry-After | 3600",
        "Retry-After | Fri, 01 Jan 2038 00:00:00 GMT",
        "X-Retry-After | 2145916800",
      })
  void aLimitNamesWhenToComeBack(String header, String value) {
    try (FakeHttp server = FakeHttp.always(Response.status(429).with(header, value))) {
      CredentialTestResult result = test(server.uri("/1.0/"));
      assertEquals(Grade.RATE_LIMITED, result.grade());
      assertTrue(result.whenToRetry().isPresent());
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void silenceAndResetAreUnreachable() throws IOException {
    try (FakeTcp silent = FakeTcp.silent();
        FakeTcp resetting = FakeTcp.resetting()) {
      for (FakeTcp server : new FakeTcp[] {silent, resetting}) {
        URI base = URI.create("http://127.0.0.1:" + server.port() + "/1.0/");
        assertEquals(Grade.UNREACHABLE, test(base, new Loopback().impatient()).grade());
      }
    }
  }

  @Test
  void aRedirectElsewhereDoesNotCarryTheToken() {
    try (FakeHttp elsewhere = FakeHttp.always(Response.json(VERSION));
        FakeHttp server =
            FakeHttp.always(
                Response.status(307)
                    .with("Location", "http://localhost:" + elsewhere.port() + "/1.0/"))) {
      assertEquals(Grade.WRONG_REGION_OR_ENV, test(server.uri("/1.0/")).grade());
      assertTrue(elsewhere.requests().isEmpty());
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    PlatformCredentialTest test = new PlatformCredentialTest(Loopback.egress());
    CredentialTestResult noDomain =
        test.test(JSON.readTree("{\"token\":\"t\"}"), JSON.createObjectNode());
    assertEquals(Grade.INCONCLUSIVE, noDomain.grade());
    assertTrue(noDomain.message().contains("\"domain\""));
    CredentialTestResult noToken =
        test.test(
            JSON.createObjectNode(), JSON.readTree("{\"platform\":{\"domain\":\"p.example\"}}"));
    assertEquals(Grade.INCONCLUSIVE, noToken.grade());
    assertTrue(noToken.message().contains("\"token\""));
    assertEquals(Grade.INCONCLUSIVE, test.test(null, null).grade());
  }

  @Test
  void theTestCustomersTokenIsTestedByAskingWhoseItIs() {
    try (ScriptedPlatform platform =
        new ScriptedPlatform()
            .on(PlatformMethod.GET_USER_INFO, "{\"result\":0,\"email\":\"test@hoster.example\"}")) {
      TestCustomerCredentialTest test =
          new TestCustomerCredentialTest(Loopback.egress(), domain -> platform.base());
      CredentialTestResult result = test.test(secret(), elements());
      assertEquals(Grade.VALID, result.grade());
      assertTrue(result.answer().contains("test@hoster.example"));
      platform.on(PlatformMethod.GET_USER_INFO, "{\"result\":702,\"error\":\"no\"}");
      assertEquals(Grade.INVALID_CREDENTIALS, test.test(secret(), elements()).grade());
    }
  }

  private static CredentialTestResult test(URI base) {
    return test(base, new Loopback());
  }

  private static CredentialTestResult test(URI base, Loopback loopback) {
    return new PlatformCredentialTest(loopback.build(), domain -> base).test(secret(), elements());
  }

  private static JsonNode secret() {
    return JSON.valueToTree(Map.of("token", TOKEN));
  }

  private static JsonNode elements() {
    return JSON.valueToTree(Map.of("platform", Map.of("domain", "paas.example.com")));
  }
}

package dev.slipway.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.lambda.FunctionSpec;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulatedTime clock = new SimulatedTime(Instant.parse("2026-11-01T00:00:00Z"));
  private final LocalTime time = LocalTime.simulated(clock);
  private final AtomicReference<JsonNode> event = new AtomicReference<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile String answer = "{\"statusCode\": 200}";
  private LambdaHost functions;
  private HttpApiServer api;

  @BeforeEach
  void start() {
    var template =
        Template.read(
            Path.of("src/test/resources/sample/template.yaml"), Stack.local("sample", Map.of()));
    functions =
        new LambdaHost(
            (spec, given) ->
                (input, output, context) -> {
                  event.set(JSON.readTree(input));
                  output.write(answer.getBytes(StandardCharsets.UTF_8));
                },
            time,
            LogSink.none(),
            function -> {});
    template
        .functions()
        .forEach(
            one ->
                functions.deploy(
                    new FunctionSpec(
                        one.name(), one.arn(), "any", 128, Duration.ofMinutes(2), Map.of())));
    api =
        new HttpApiServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            template,
            functions,
            time,
            Optional.empty(),
            new ApiExtensions() {
              @Override
              public Optional<TokenClaims> token(Map<String, Object> caller, JsonNode wish) {
                return Optional.of(new TokenClaims(wish.path("for").asText(), Map.of()))
                    .filter(given -> caller.containsKey("level"));
              }

              @Override
              public Optional<JsonNode> tooLarge() {
                return Optional.of(JSON.createObjectNode().put("code", "body.too-large"));
              }
            });
  }

  @AfterEach
  void close() {
    api.close();
    functions.close();
    http.close();
  }

  private HttpResponse<String> post(String path, String body, String token) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(api.uri() + path))
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("X-Several", "one")
            .header("X-Several", "two")
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  private String token() {
    return api.issuer().token("mia", Map.of("groups", List.of("a", "b"), "level", 3));
  }

  @Test
  void handsTheRequestOverInPayloadFormatTwo() throws Exception {
    assertEquals(
        200, post("/answers/a%20b%2Fc?x=1&x=2&y=%C3%A9", "{\"q\": 1}", token()).statusCode());
    var seen = event.get();
    assertEquals("2.0", seen.path("version").asText());
    assertEquals("POST /answers/{id}", seen.path("routeKey").asText());
    assertEquals("a b/c", seen.at("/pathParameters/id").asText());
    assertEquals("x=1&x=2&y=%C3%A9", seen.path("rawQueryString").asText());
    assertEquals("1,2", seen.at("/queryStringParameters/x").asText());
    assertEquals("é", seen.at("/queryStringParameters/y").asText());
    assertEquals("one,two", seen.at("/headers/x-several").asText());
    assertEquals("{\"q\": 1}", seen.path("body").asText());
    assertFalse(seen.path("isBase64Encoded").asBoolean());
    assertEquals("POST", seen.at("/requestContext/http/method").asText());
    var claims = seen.at("/requestContext/authorizer/jwt/claims");
    assertEquals("[a b]", claims.path("groups").asText());
    assertEquals("3", claims.path("level").textValue());
    assertEquals("mia", claims.path("sub").asText());
    assertEquals(
        "2026-11-01T00:00:00Z",
        Instant.ofEpochMilli(seen.at("/requestContext/timeEpoch").asLong()).toString());
  }

  @Test
  void answersAsTheFunctionSays() throws Exception {
    answer =
        "{\"statusCode\": 418, \"headers\": {\"x-a\": \"b\"}, \"cookies\": [\"c=d\"],"
            + " \"body\": \"aGk=\", \"isBase64Encoded\": true}";
    var response = post("/runs", "{}", token());
    assertEquals(418, response.statusCode());
    assertEquals("hi", response.body());
    assertEquals("b", response.headers().firstValue("x-a").orElseThrow());
    assertEquals("c=d", response.headers().firstValue("set-cookie").orElseThrow());
    answer = "{\"no\": \"status\"}";
    assertEquals("{\"no\":\"status\"}", post("/runs", "{}", token()).body());
    answer = "{\"statusCode\": \"odd\"}";
    assertEquals(500, post("/runs", "{}", token()).statusCode());
  }

  @Test
  void letsNobodyInWithoutAValidToken() throws Exception {
    var good = token();
    var unauthorized = post("/runs", "{}", good.substring(0, good.length() - 4) + "AAAA");
    assertEquals(401, unauthorized.statusCode());
    assertEquals("{\"message\":\"Unauthorized\"}", unauthorized.body());
    assertEquals(200, post("/runs", "{}", good).statusCode());
    assertEquals(
        401, post("/runs", "{}", api.issuer().token("s", Map.of("aud", "other"))).statusCode());
    assertEquals(
        401, post("/runs", "{}", api.issuer().token("s", Map.of("iss", "other"))).statusCode());
    var expiring = Map.<String, Object>of("exp", Date.from(clock.instant().plusSeconds(3600)));
    var shortLived = api.issuer().token("mia", expiring);
    assertEquals(200, post("/runs", "{}", shortLived).statusCode());
    clock.advance(Duration.ofHours(1));
    assertEquals(401, post("/runs", "{}", shortLived).statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a.b.c",
        "e30.e30.e30",
        "bnVsbA.bnVsbA.bnVsbA",
        "W10.W10.W10",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
        "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
        "eyJhbGciOjF9.e30.AAAA",
        "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsxXX0.e30.AAAA",
        "eyJhbGciOiJSUzI1NiIsImp3ayI6e319.e30.AAAA",
        "%00",
        "a b"
      })
  void aBrokenTokenIsNone(String broken) throws Exception {
    assertEquals(401, post("/runs", "{}", broken).statusCode());
  }

  @Test
  void aTokenNestedBeyondReasonIsNone() throws Exception {
    var header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(("{\"alg\":" + "[".repeat(5000)).getBytes(StandardCharsets.UTF_8));
    assertEquals(401, post("/runs", "{}", header + ".e30.AAAA").statusCode());
  }

  @Test
  void refusesWhatApiGatewayRefuses() throws Exception {
    var missing = post("/nothing", "{}", token());
    assertEquals(404, missing.statusCode());
    assertEquals("{\"message\":\"Not Found\"}", missing.body());
  }

  /** Above API Gateway's limit, above Lambda's, and above Lambda's once it is in base 64. */
  @ParameterizedTest
  @CsvSource({
    "10485761, application/json",
    "6291456, application/json",
    "4718592, application/octet-stream"
  })
  void bodiesThatNoFunctionTakesAreProblems(int bytes, String type) throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(api.uri() + "/runs"))
                .POST(BodyPublishers.ofByteArray(new byte[bytes]))
                .header("Content-Type", type)
                .header("Authorization", "Bearer " + token())
                .build(),
            BodyHandlers.ofString());
    assertEquals(413, answer.statusCode());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
    assertEquals("body.too-large", JSON.readTree(answer.body()).get("code").asText());
    assertNull(event.get(), "no function was called");
  }

  @Test
  void givesTheTokensThatTheProjectGrants() throws Exception {
    var granted = post(LocalIssuer.TOKENS, "{\"for\": \"sam\"}", token());
    assertEquals(201, granted.statusCode(), granted.body());
    var given = JSON.readTree(granted.body()).path("token").asText();
    assertEquals("sam", SignedJWT.parse(given).getJWTClaimsSet().getSubject());
    assertEquals(403, post(LocalIssuer.TOKENS, "{\"for\": \"mo\"}", given).statusCode());
    assertEquals(401, post(LocalIssuer.TOKENS, "{}", "").statusCode());
  }

  @Test
  void publishesItsKeyAsAnIssuerDoes() throws Exception {
    var configuration = get("/.well-known/openid-configuration");
    assertEquals(api.issuer().issuer(), configuration.path("issuer").asText());
    var keys = get(URI.create(configuration.path("jwks_uri").asText()).getPath());
    var key = JWKSet.parse(keys.toString()).getKeys().getFirst().toRSAKey();
    assertTrue(SignedJWT.parse(token()).verify(new RSASSAVerifier(key)));
    assertFalse(key.isPrivate());
  }

  private JsonNode get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(api.uri() + path)).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }
}

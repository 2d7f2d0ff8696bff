package dev.slipway.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.local.lambda.LambdaHost;
import dev.slipway.local.lambda.LogSink;
import dev.slipway.local.schedule.LocalTime;
import dev.slipway.local.template.Stack;
import dev.slipway.local.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in on this machine, as the pages of its origin do it. */
class LocalSignInTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The example of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final HttpClient http = HttpClient.newHttpClient();
  private LambdaHost functions;
  private HttpApiServer api;

  @BeforeEach
  void start() {
    functions =
        new LambdaHost((spec, clock) -> null, LocalTime.real(), LogSink.none(), function -> {});
    api = server(InetAddress.getLoopbackAddress());
  }

  private HttpApiServer server(InetAddress bind) {
    return new HttpApiServer(
        new InetSocketAddress(bind, 0),
        Template.read(
            Path.of("src/test/resources/sample/template.yaml"), Stack.local("sample", Map.of())),
        functions,
        LocalTime.real(),
        Optional.empty(),
        new ApiExtensions() {
          @Override
          public Optional<TokenClaims> token(Map<String, Object> caller, JsonNode wish) {
            return Optional.empty();
          }

          @Override
          public List<Person> people() {
            return List.of(
                new Person(
                    "mia", "Mia <Manager>", "Manager", new TokenClaims("mia-1", Map.of("r", "m"))));
          }

          @Override
          public Optional<JsonNode> tooLarge() {
            return Optional.empty();
          }
        });
  }

  @AfterEach
  void stop() {
    api.close();
    functions.close();
  }

  private Map<String, String> wish() {
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("response_type", "code");
    wish.put("client_id", api.issuer().audience());
    wish.put("redirect_uri", api.uri() + "/app");
    wish.put("state", "s&1");
    wish.put("nonce", "n1");
    wish.put("code_challenge", CHALLENGE);
    wish.put("code_challenge_method", "S256");
    return wish;
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(api.uri().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, Map<String, String> form, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.uri().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> pick(Map<String, String> wish) throws Exception {
    Map<String, String> form = new LinkedHashMap<>(wish);
    form.put("person", "mia");
    return post("/.local/authorize", form, "Origin", api.uri().toString());
  }

  private static String code(HttpResponse<String> answer) {
    String location = answer.headers().firstValue("Location").orElseThrow();
    return location.replaceAll(".*[?&]code=([0-9a-f]+).*", "$1");
  }

  private HttpResponse<String> exchange(String code, String verifier) throws Exception {
    return post(
        "/.local/token",
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "client_id",
            api.issuer().audience(),
            "redirect_uri",
            api.uri() + "/app",
            "code_verifier",
            verifier));
  }

  @Test
  void whoPicksAPersonComesBackWithACodeForTheirToken() throws Exception {
    HttpResponse<String> page = get("/.local/authorize?" + encoded(wish()));
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("Mia &lt;Manager>"), page.body());
    assertFalse(
        page.headers().firstValue("Content-Security-Policy").orElseThrow().contains("script"));

    HttpResponse<String> picked = pick(wish());
    assertEquals(303, picked.statusCode());
    String location = picked.headers().firstValue("Location").orElseThrow();
    assertTrue(location.startsWith(api.uri() + "/app?code="), location);
    assertTrue(location.endsWith("&state=s%261"), location);

    HttpResponse<String> token = exchange(code(picked), VERIFIER);
    assertEquals(200, token.statusCode());
    JWTClaimsSet claims =
        SignedJWT.parse(JSON.readTree(token.body()).path("id_token").asText()).getJWTClaimsSet();
    assertEquals("mia-1", claims.getSubject());
    assertEquals("n1", claims.getStringClaim("nonce"));
    assertEquals(List.of(api.issuer().audience()), claims.getAudience());
    assertEquals(api.uri().toString(), claims.getIssuer());
  }

  @Test
  void whoWasPickedIsRememberedUntilTheySignOut() throws Exception {
    String cookie = pick(wish()).headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.endsWith("; Path=/.local/; HttpOnly; SameSite=Lax"), cookie);
    String sent = cookie.substring(0, cookie.indexOf(';'));
    assertEquals(303, get("/.local/authorize?" + encoded(wish()), "Cookie", sent).statusCode());
    HttpResponse<String> out =
        get(
            "/.local/sign-out?post_logout_redirect_uri=https%3A%2F%2Fevil.example%2Fapp%2Fsigned-out");
    assertEquals(api.uri() + "/app/signed-out", out.headers().firstValue("Location").orElseThrow());
    assertTrue(out.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
  }

  @Test
  void aCodeIsGoodOnce() throws Exception {
    String code = code(pick(wish()));
    assertEquals(200, exchange(code, VERIFIER).statusCode());
    HttpResponse<String> again = exchange(code, VERIFIER);
    assertEquals(400, again.statusCode());
    assertEquals("{\"error\":\"invalid_grant\"}", again.body());
  }

  @Test
  void aWrongVerifierUsesTheCodeUp() throws Exception {
    String code = code(pick(wish()));
    assertEquals(400, exchange(code, VERIFIER + "x").statusCode());
    assertEquals(400, exchange(code, VERIFIER).statusCode());
  }

  @Test
  void aCodeIsAskedForWithAChallengeAndForThePagesOfThisOriginOnly() throws Exception {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "code_challenge", "short",
                "code_challenge_method", "plain",
                "response_type", "token",
                "client_id", "somebody-else",
                "redirect_uri", "https://evil.example/app")
            .entrySet()) {
      Map<String, String> wish = wish();
      wish.put(wrong.getKey(), wrong.getValue());
      assertEquals(400, get("/.local/authorize?" + encoded(wish)).statusCode(), wrong.getKey());
      assertEquals(400, pick(wish).statusCode(), wrong.getKey());
    }
  }

  @Test
  void aChoiceComesFromItsOwnPageOnly() throws Exception {
    Map<String, String> form = wish();
    form.put("person", "mia");
    assertEquals(403, post("/.local/authorize", form).statusCode());
    assertEquals(
        403, post("/.local/authorize", form, "Origin", "https://evil.example").statusCode());
    assertEquals(
        403,
        post(
                "/.local/authorize",
                form,
                "Origin",
                api.uri().toString(),
                "Sec-Fetch-Site",
                "cross-site")
            .statusCode());
  }

  @Test
  void aNameThatIsNotOfThisMachineIsTurnedAway() throws Exception {
    String path = "/.local/authorize?" + encoded(wish());
    assertTrue(raw(path, "evil.example").startsWith("HTTP/1.1 421 "));
    // Another name of this machine is led to the one that the tokens name.
    String led = raw(path, "localhost:" + api.uri().getPort());
    assertTrue(led.startsWith("HTTP/1.1 303 "), led);
    assertTrue(led.contains("Location: " + api.uri() + "/app\r\n"), led);
  }

  @Test
  void overTheNetworkThereIsNoSuchPage() throws Exception {
    api.close();
    api = server(InetAddress.ofLiteral("0.0.0.0"));
    String answer = raw("/.local/authorize?" + encoded(wish()), "127.0.0.1");
    assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
  }

  /** The JDK's client sets the Host itself. */
  private String raw(String path, String host) throws IOException {
    URI uri = api.uri();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(path, host)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

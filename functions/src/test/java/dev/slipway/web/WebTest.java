package dev.slipway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets from the function of the pages. */
class WebTest {
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/app/_/[0-9a-f]{16}/app\\.js)\"");
  private static final Pattern STYLE = Pattern.compile("href=\"(/app/_/[0-9a-f]{16}/app\\.css)\"");
  private static final int MOST_OF_A_FIRST_VIEW = 60 * 1024;

  private final Web web =
      new Web(
          FunctionContext.of(
              Map.of(
                  "SLIPWAY_WEB_ISSUER", "https://issuer.example/pool'<",
                  "SLIPWAY_WEB_CLIENT_ID", "pages",
                  "SLIPWAY_WEB_AUTHORIZE_URL", "https://sign-in.example/oauth2/authorize",
                  "SLIPWAY_WEB_TOKEN_URL", "https://sign-in.example:8443/oauth2/token"),
              InstantSource.system()));

  private record Answer(int status, JsonNode headers, String base64) {
    byte[] body() {
      return Base64.getDecoder().decode(base64);
    }

    String header(String name) {
      return headers.path(name).asText(null);
    }

    String text() {
      return new String(body(), StandardCharsets.UTF_8);
    }
  }

  private Answer get(String path, String... headers) throws IOException {
    ObjectNode event = Json.MAPPER.createObjectNode().put("version", "2.0").put("rawPath", path);
    ObjectNode all = event.putObject("headers");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    event.putObject("requestContext").putObject("http").put("path", "/other");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    web.handleRequest(
        new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)), out, null);
    JsonNode answer = Json.MAPPER.readTree(out.toByteArray());
    assertTrue(answer.path("isBase64Encoded").asBoolean());
    return new Answer(
        answer.path("statusCode").asInt(), answer.path("headers"), answer.path("body").asText());
  }

  private String named(Pattern pattern) throws IOException {
    Matcher found = pattern.matcher(get("/app").text());
    assertTrue(found.find());
    return found.group(1);
  }

  @Test
  void theRootLeadsToThePages() throws IOException {
    assertEquals(302, get("/").status());
    assertEquals("/app", get("/").header("Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/app", "/app/", "/app/o/hoster-1", "/app/../etc/passwd", "/app/js/app.js"})
  void eachPageIsTheOneDocument(String path) throws IOException {
    Answer answer = get(path);
    assertEquals(200, answer.status());
    assertEquals("text/html; charset=utf-8", answer.header("Content-Type"));
    assertEquals("no-cache", answer.header("Cache-Control"));
    assertEquals(get("/app").text(), answer.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/_/0000000000000000/app.js",
        "/app/_/../../openapi.yaml",
        "/app/_/%2e%2e/app.css",
        "/application",
        "/openapi.yaml",
        "//app",
        ""
      })
  void nothingElseIsThere(String path) throws IOException {
    Answer answer = get(path);
    assertEquals(404, answer.status());
    assertEquals("There is no such file.", answer.text());
  }

  @Test
  void scriptAndStyleAreKeptUnderTheirHash() throws IOException {
    Answer script = get(named(SCRIPT));
    assertEquals("text/javascript; charset=utf-8", script.header("Content-Type"));
    assertEquals("public, max-age=31536000, immutable", script.header("Cache-Control"));
    assertTrue(script.text().startsWith("'use strict';\n"));
    assertFalse(script.text().contains("sourceMappingURL"));
    assertEquals("text/css; charset=utf-8", get(named(STYLE)).header("Content-Type"));
    assertEquals("image/svg+xml", get("/favicon.ico").header("Content-Type"));
  }

  @Test
  void whoKnowsTheTagGetsNothingAgain() throws IOException {
    Answer first = get("/app");
    Answer again = get("/app/o/hoster-1", "if-none-match", "W/\"a\", " + first.header("ETag"));
    assertEquals(304, again.status());
    assertEquals(0, again.body().length);
    assertEquals(first.header("ETag"), again.header("ETag"));
    assertEquals(200, get("/app", "if-none-match", "\"other\"").status());
  }

  @Test
  void itIsCompressedForWhoTakesThat() throws IOException {
    Answer plain = get(named(SCRIPT));
    Answer compressed = get(named(SCRIPT), "accept-encoding", "br, gzip");
    assertEquals("gzip", compressed.header("Content-Encoding"));
    assertEquals("Accept-Encoding", compressed.header("Vary"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
      assertEquals(plain.text(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aFirstViewIsSmall() throws IOException {
    int bytes = 0;
    for (String path : new String[] {"/app", named(SCRIPT), named(STYLE)}) {
      bytes += get(path, "accept-encoding", "gzip").body().length;
    }
    assertTrue(bytes <= MOST_OF_A_FIRST_VIEW, bytes + " bytes");
  }

  @Test
  void thePolicyLetsInWhatThisOriginServes() throws IOException {
    String policy = get("/app").header("Content-Security-Policy");
    assertTrue(
        policy.matches(
            "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-[A-Za-z0-9+/]{43}=';"
                + " img-src 'self'; connect-src 'self' https://sign-in\\.example:8443; form-action"
                + " 'self'; base-uri 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html"),
        policy);
    assertEquals("nosniff", get("/app").header("X-Content-Type-Options"));
    assertEquals("no-referrer", get("/app").header("Referrer-Policy"));
    assertEquals("same-origin", get("/app").header("Cross-Origin-Opener-Policy"));
    assertEquals("same-origin", get("/app").header("Cross-Origin-Resource-Policy"));
  }

  @Test
  void onlyOverHttpsItAsksForHttpsFromNowOn() throws IOException {
    assertEquals(
        "max-age=31536000",
        get("/app", "x-forwarded-proto", "https").header("Strict-Transport-Security"));
    assertFalse(get("/app").headers().has("Strict-Transport-Security"));
  }

  @Test
  void theDocumentSaysHowPeopleSignInAndNothingEscapesFromIt() throws IOException {
    Matcher settings =
        Pattern.compile("<meta name=\"slipway\" content='([^']*)'>").matcher(get("/app").text());
    assertTrue(settings.find());
    assertFalse(settings.group(1).contains("<"));
    JsonNode told = Json.MAPPER.readTree(settings.group(1));
    assertEquals("https://issuer.example/pool'<", told.path("issuer").asText());
    assertEquals("pages", told.path("clientId").asText());
    assertEquals("", told.path("logout").asText());
    assertEquals("id", told.path("tokenUse").asText());
  }
}

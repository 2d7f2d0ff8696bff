package dev.slipway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.report.ReportStyle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the pages' code may do, and what it calls. */
class PagesCodeTest {
  private static final Pattern ROUTE = Pattern.compile("'((?:GET|POST|PUT|DELETE) /[^']*)'");

  /** What would make markup or code of a text, or keep what a page must not keep. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|unsafe(?:HTML|SVG)|\\beval\\(|new"
              + " Function|localStorage|indexedDB|document\\.cookie|\\bstyle=|setTimeout\\(['\"`]");

  /** The modules by path, as the bundle reads them. */
  private static Map<String, String> modules() {
    Map<String, String> modules = new TreeMap<>();
    new Bundle(
            path -> {
              String text = text("/web" + path);
              if (!path.startsWith("/vendor/")) {
                modules.put(path, text);
              }
              return text;
            })
        .of("/app/js/app.js");
    return modules;
  }

  private static String text(String resource) {
    try (InputStream in = Web.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachRouteThatThePagesCallIsDescribed() {
    JsonNode paths =
        Json.tree(new Load(LoadSettings.builder().build()).loadFromString(text("/openapi.yaml")))
            .path("paths");
    Set<String> described = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> called = new TreeSet<>();
    Matcher route = ROUTE.matcher(text("/web/app/js/api.js"));
    while (route.find()) {
      called.add(route.group(1));
    }
    assertTrue(called.size() > 20, called::toString);
    called.removeAll(described);
    assertEquals(Set.of(), called);
  }

  @Test
  void oneModuleSpeaksToTheApiAndOneToTheIssuer() {
    List<String> speakers = new ArrayList<>();
    modules()
        .forEach(
            (path, text) -> {
              if (text.contains("fetch(")) {
                speakers.add(path);
              }
            });
    assertEquals(List.of("/app/js/api.js", "/app/js/login.js"), speakers);
  }

  @Test
  void nothingMakesMarkupOrCodeOfTextsNorKeepsATokenOutsideOfMemory() {
    modules()
        .forEach(
            (path, text) -> {
              Matcher forbidden = FORBIDDEN.matcher(text);
              assertFalse(forbidden.find(), () -> path + ": " + forbidden.group());
            });
  }

  @Test
  void thePolicyKnowsTheReportsStyle() throws NoSuchAlgorithmException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(ReportStyle.text().getBytes(StandardCharsets.UTF_8));
    assertEquals(Base64.getEncoder().encodeToString(hash), ReportStyle.SHA256);
  }

  @Test
  void anEventIsReadAsJsonIs() {
    assertEquals(
        Map.of("a", "x\"\\\n\u20ac", "o.b", "", "o.c.d", "{}"),
        EventText.of(
            " { \"a\" : \"x\\\"\\\\\\n"
                + "\\u20AC\", \"n\":[1, \"no\", {\"no\": \"no\"}], \"t\":true,"
                + " \"o\":{\"b\":\"\",\"z\":null,\"c\":{\"d\":\"{}\"}} }"));
    for (String broken :
        List.of("", "{", "{\"a\"", "{\"a\":\"", "{\"a\":}", "[1,", "{\"a\":\"\\u12")) {
      assertThrows(IllegalArgumentException.class, () -> EventText.of(broken), broken);
    }
  }
}

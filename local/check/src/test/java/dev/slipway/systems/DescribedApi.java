package dev.slipway.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import dev.slipway.local.cli.ProjectRoot;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Holds each request of a client and each answer of a stand-in against the vendor's own
 * description, in OpenAPI 3.0 or 3.1: path, method, parameters, bodies and status. The descriptions
 * lie in {@code ../shared/specs}; without them a test is skipped and says so.
 *
 * <pre>{@code
 * HttpPort port = DescribedApi.of("oxr.yaml", SANDBOX.parties().http()).below("/api");
 * }</pre>
 *
 * <p>Calls to other hosts than the described one go through unseen ({@link #at}).
 */
public final class DescribedApi implements HttpPort {
  private static final List<String> FORMS =
      List.of("multipart/form-data", "application/x-www-form-urlencoded");
  private static final Map<String, JsonNode> READ = new ConcurrentHashMap<>();

  private final HttpPort http;
  private final JsonNode document;
  private final String host;
  private final String base;

  private DescribedApi(HttpPort http, JsonNode document, String host, String base) {
    this.http = http;
    this.document = document;
    this.host = host;
    this.base = base;
  }

  /** By a file of {@code ../shared/specs}. */
  public static DescribedApi of(String file, HttpPort http) {
    Path path = ProjectRoot.find().toAbsolutePath().resolve("../shared/specs").resolve(file);
    assumeTrue(Files.exists(path), () -> "there is no " + file + " in ../shared/specs");
    return new DescribedApi(http, READ.computeIfAbsent(file, name -> read(path)), "", "");
  }

  /** The same API, whose paths begin with this. */
  public DescribedApi below(String path) {
    return new DescribedApi(http, document, host, path);
  }

  /** The same API, of this host only. */
  public DescribedApi at(String name) {
    return new DescribedApi(http, document, name, base);
  }

  @Override
  public HttpAnswer send(HttpCall call) {
    if (!host.isEmpty() && !call.uri().getHost().equals(host)) {
      return http.send(call);
    }
    String method = call.method().toLowerCase(Locale.ROOT);
    Map.Entry<String, JsonNode> path =
        document.path("paths").properties().stream()
            .filter(each -> matches(each.getKey(), call.uri().getRawPath()))
            .filter(each -> each.getValue().has(method))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no such operation: " + call));
    JsonNode operation = path.getValue().path(method);
    parameters(call, path.getValue(), operation);
    JsonNode body = resolved(operation.path("requestBody"));
    if (call.body().size() > 0) {
      FORMS.stream()
          .map(type -> body.path("content").path(type).path("schema"))
          .filter(JsonNode::isObject)
          .findFirst()
          .ifPresentOrElse(
              schema -> form(resolved(schema), call),
              () -> hold(schema(body), Json.parse(call.body().text()), call.toString()));
    } else {
      assertTrue(!body.path("required").asBoolean(), () -> "the body is missing: " + call);
    }
    HttpAnswer answer = http.send(call);
    JsonNode responses = operation.path("responses");
    String status = String.valueOf(answer.status());
    JsonNode response = resolved(responses.path(responses.has(status) ? status : "default"));
    assertTrue(
        response.isObject(), () -> answer + " is not described, but " + names(responses) + " are");
    if (schema(response).isObject()) {
      hold(schema(response), answer.json(), answer.toString());
    }
    return answer;
  }

  private void parameters(HttpCall call, JsonNode path, JsonNode operation) {
    Set<String> known = new HashSet<>();
    Set<String> needed = new HashSet<>();
    for (JsonNode list : List.of(path.path("parameters"), operation.path("parameters"))) {
      for (JsonNode each : list) {
        JsonNode parameter = resolved(each);
        if (parameter.path("in").asText().equals("query")) {
          // Of an object that is exploded, each member is a parameter of its own.
          JsonNode members = parameter.path("schema").path("oneOf");
          members.forEach(
              member -> member.path("properties").fieldNames().forEachRemaining(known::add));
          known.add(parameter.path("name").asText());
          if (parameter.path("required").asBoolean() && members.isMissingNode()) {
            needed.add(parameter.path("name").asText());
          }
        }
      }
    }
    for (JsonNode scheme : document.at("/components/securitySchemes")) {
      known.add(scheme.path("name").asText());
    }
    String query = call.uri().getRawQuery();
    Set<String> given = fields(query == null ? "" : query);
    assertTrue(known.containsAll(given), () -> given + " where " + known + " are known: " + call);
    assertTrue(given.containsAll(needed), () -> given + " where " + needed + " are needed");
  }

  /** A form's fields are texts, so that their names are held against the description alone. */
  private static void form(JsonNode schema, HttpCall call) {
    Set<String> given = fields(call.body().text());
    Set<String> known = names(schema.path("properties"));
    assertTrue(known.containsAll(given), () -> given + " where " + known + " are known: " + call);
    schema
        .path("required")
        .forEach(name -> assertTrue(given.contains(name.asText()), () -> name + " in " + call));
  }

  private static Set<String> fields(String encoded) {
    Set<String> names = new HashSet<>();
    for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
      names.add(URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8));
    }
    return names;
  }

  private boolean matches(String template, String path) {
    String names = "\\{[^/]+}";
    String pattern =
        Pattern.compile(names)
            .splitAsStream(base + template + " ")
            .map(Pattern::quote)
            .reduce((one, two) -> one + "[^/]+" + two)
            .orElseThrow();
    return (path + " ").matches(pattern);
  }

  private void hold(JsonNode schema, JsonNode value, String where) {
    ObjectNode whole = schema.deepCopy();
    // References lead into the document: its parts are put where they lead.
    whole.set("components", document.get("components"));
    assertEquals(
        List.of(),
        schemas().getSchema(whole).validate(value).stream().map(Object::toString).toList(),
        where);
  }

  /** Schemas of OpenAPI 3.1 are those of JSON Schema itself. */
  private JsonSchemaFactory schemas() {
    return document.path("openapi").asText().startsWith("3.1")
        ? JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        : JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V4,
            factory ->
                factory
                    .metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));
  }

  private static JsonNode schema(JsonNode body) {
    return body.path("content").path("application/json").path("schema");
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode read(Path path) {
    try {
      byte[] bytes = Files.readAllBytes(path);
      if (path.getFileName().toString().startsWith("sparkpost-")) {
        // Converted: examples of one answer became alternatives, of which several may fit.
        return Json.parse(
            new String(bytes, StandardCharsets.UTF_8).replace("\"oneOf\"", "\"anyOf\""));
      }
      return path.toString().endsWith(".yaml")
          ? Json.of(
              new Load(LoadSettings.builder().build())
                  .loadFromString(new String(bytes, StandardCharsets.UTF_8)))
          : discovered(together(Json.parse(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parts that are closed each by itself can never hold together: Mandrill's are, and the whole is
   * meant.
   */
  private static JsonNode together(JsonNode document) {
    for (JsonNode parent : document.findParents("allOf")) {
      boolean isClosed = false;
      for (JsonNode part : parent.path("allOf")) {
        JsonNode target =
            part.has("$ref") ? document.at(part.get("$ref").asText().substring(1)) : part;
        isClosed |= ((ObjectNode) target).remove("additionalProperties") != null;
      }
      if (isClosed) {
        ((ObjectNode) parent).put("unevaluatedProperties", false);
      }
    }
    return document;
  }

  /** Google's discovery document as OpenAPI, as far as it is needed here. */
  private static JsonNode discovered(JsonNode document) {
    if (!document.has("discoveryVersion")) {
      return document;
    }
    JsonNode schemas = document.path("schemas").deepCopy();
    // A name, where JSON Schema's own `id` is an address.
    schemas.forEach(schema -> ((ObjectNode) schema).remove("id"));
    String led =
        schemas
            .toString()
            .replaceAll("\"\\$ref\":\"([A-Za-z0-9]+)\"", "\"\\$ref\":\"#/components/schemas/$1\"");
    ObjectNode api = Json.object();
    api.putObject("components").set("schemas", Json.parse(led));
    methods(document, api.putObject("paths"));
    return api;
  }

  private static void methods(JsonNode resource, ObjectNode paths) {
    for (JsonNode method : resource.path("methods")) {
      ObjectNode operation =
          paths
              .withObjectProperty("/" + method.path("flatPath").asText())
              .putObject(method.path("httpMethod").asText().toLowerCase(Locale.ROOT));
      method
          .path("parameters")
          .properties()
          .forEach(
              each ->
                  operation
                      .withArrayProperty("parameters")
                      .addObject()
                      .put("name", each.getKey())
                      .put("in", each.getValue().path("location").asText()));
      body(operation.putObject("requestBody"), method.path("request"));
      body(operation.putObject("responses").putObject("200"), method.path("response"));
    }
    resource.path("resources").forEach(each -> methods(each, paths));
  }

  private static void body(ObjectNode target, JsonNode reference) {
    if (reference.has("$ref")) {
      target
          .putObject("content")
          .putObject("application/json")
          .putObject("schema")
          .put("$ref", "#/components/schemas/" + reference.path("$ref").asText());
    }
  }
}

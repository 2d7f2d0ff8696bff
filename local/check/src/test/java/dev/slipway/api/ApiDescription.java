package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import dev.slipway.json.Json;
import dev.slipway.pattern.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's description, to hold answers to. */
final class ApiDescription {
  private final JsonNode document;
  private final Schemas schemas = new Schemas();
  private final Map<String, JsonSchema> compiled = new ConcurrentHashMap<>();
  private final Map<String, Operation> operations;

  ApiDescription() {
    try (InputStream in = ApiFunction.class.getResourceAsStream("/openapi.yaml")) {
      document = Json.tree(new Load(LoadSettings.builder().build()).loadFromInputStream(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    operations = read();
  }

  /** One route. */
  record Operation(String method, String path, JsonNode description) {
    /** Whether it asks for a person's token; the probe runner's routes ask for a signature. */
    boolean asksForAToken() {
      JsonNode security = description.path("security");
      return security.isMissingNode() || !security.isEmpty();
    }
  }

  /** All routes by the name of their function. */
  Map<String, Operation> operations() {
    return operations;
  }

  /** Those that ask for a person's token. */
  Map<String, Operation> operationsOfPeople() {
    Map<String, Operation> some = new TreeMap<>(operations);
    some.values().removeIf(operation -> !operation.asksForAToken());
    return some;
  }

  private Map<String, Operation> read() {
    Map<String, Operation> operations = new TreeMap<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (method.getValue().has("operationId")) {
          operations.put(
              method.getValue().get("operationId").asText(),
              new Operation(
                  method.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  method.getValue()));
        }
      }
    }
    return operations;
  }

  /** What an answer has that its description does not permit, or lacks. */
  List<String> violations(String operationId, int status, String mediaType, JsonNode body) {
    JsonNode responses = operations().get(operationId).description().get("responses");
    JsonNode response = responses.get(Integer.toString(status));
    if (response == null && status >= 400) {
      response = responses.get("default");
    }
    if (response == null) {
      return List.of(operationId + " is not described to answer " + status);
    }
    JsonNode content = resolved(response).path("content").path(mediaType);
    if (content.isMissingNode()) {
      return List.of(operationId + " " + status + " is not described to answer " + mediaType);
    }
    return compiled
        .computeIfAbsent(operationId + status + mediaType, key -> schema(content.get("schema")))
        .validate(body)
        .stream()
        .map(Object::toString)
        .sorted()
        .toList();
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private List<String> validate(JsonNode schema, JsonNode value) {
    return schema(schema).validate(value).stream().map(Object::toString).sorted().toList();
  }

  private JsonSchema schema(JsonNode schema) {
    ObjectNode whole = schema.deepCopy();
    // References lead into the document: its parts are put where they lead.
    whole.set("components", document.get("components"));
    return schemas.of(whole);
  }

  /** Every example of a body, with what is wrong with it. */
  List<String> badExamples() {
    return operations().values().stream()
        .flatMap(operation -> operation.description().get("responses").properties().stream())
        .map(entry -> resolved(entry.getValue()))
        .flatMap(response -> response.path("content").properties().stream())
        .filter(content -> content.getValue().has("example"))
        .flatMap(
            content ->
                validate(content.getValue().get("schema"), content.getValue().get("example"))
                    .stream())
        .toList();
  }
}

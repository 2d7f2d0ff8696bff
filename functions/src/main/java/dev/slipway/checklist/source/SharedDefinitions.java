package dev.slipway.checklist.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;

/**
 * The definitions that several sections share. {@code {$shared: port}} stands for the definition
 * {@code port}; keys beside {@code $shared} replace the definition's own. YAML's anchors do the
 * same inside one file, and do not reach another.
 */
public final class SharedDefinitions {
  /** No definition. */
  public static final SharedDefinitions NONE =
      new SharedDefinitions(Json.MAPPER.createObjectNode());

  private static final String NAME = "$shared";

  private final ObjectNode definitions;
  private final Set<String> used = new TreeSet<>();
  private final Deque<String> within = new ArrayDeque<>();

  /**
   * @param definitions by name
   */
  public SharedDefinitions(ObjectNode definitions) {
    this.definitions = definitions;
  }

  /**
   * A tree with the definitions in their places.
   *
   * @throws IllegalArgumentException if a definition is missing, or holds itself
   */
  public JsonNode putIn(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object.has(NAME) ? defined(object) : fields(object);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode put = Json.MAPPER.createArrayNode();
      array.forEach(item -> put.add(putIn(item)));
      return put;
    }
    return node;
  }

  /** The definitions that were put nowhere. */
  public Set<String> unused() {
    Set<String> unused = new TreeSet<>();
    definitions.fieldNames().forEachRemaining(unused::add);
    unused.removeAll(used);
    return unused;
  }

  private ObjectNode fields(ObjectNode object) {
    ObjectNode put = Json.MAPPER.createObjectNode();
    object.properties().forEach(field -> put.set(field.getKey(), putIn(field.getValue())));
    return put;
  }

  private JsonNode defined(ObjectNode reference) {
    String name = reference.path(NAME).asText();
    JsonNode definition = definitions.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "%s has no definition `%s`".formatted(ChecklistSource.SHARED, name));
    }
    if (within.contains(name)) {
      throw new IllegalArgumentException(
          "the definition `%s` of %s holds itself".formatted(name, ChecklistSource.SHARED));
    }
    used.add(name);
    within.push(name);
    JsonNode put = putIn(definition);
    within.pop();
    ObjectNode own = fields(reference.deepCopy().without(NAME));
    if (own.isEmpty()) {
      return put;
    }
    if (put instanceof ObjectNode object) {
      return object.setAll(own);
    }
    throw new IllegalArgumentException(
        "the definition `%s` of %s is no mapping, so no key may stand beside `%s`"
            .formatted(name, ChecklistSource.SHARED, NAME));
  }
}

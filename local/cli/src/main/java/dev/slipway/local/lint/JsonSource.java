package dev.slipway.local.lint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Reads JSON. */
final class JsonSource {
  private final Map<String, Integer> lines = new HashMap<>();
  private final JsonParser parser;

  private JsonSource(JsonParser parser) {
    this.parser = parser;
  }

  static Source read(String file, String text) throws UnreadableException {
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      JsonSource reader = new JsonSource(parser);
      if (parser.nextToken() == null) {
        throw new UnreadableException(1, "is empty");
      }
      JsonNode tree = reader.value("");
      if (parser.nextToken() != null) {
        throw new UnreadableException(
            parser.currentTokenLocation().getLineNr(), "goes on after its end");
      }
      return new Source(file, tree, reader.lines);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new UnreadableException(line, "is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode value(String path) throws IOException {
    lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> array(path);
      case VALUE_STRING -> Json.MAPPER.getNodeFactory().textNode(parser.getText());
      case VALUE_TRUE, VALUE_FALSE ->
          Json.MAPPER.getNodeFactory().booleanNode(parser.getBooleanValue());
      case VALUE_NUMBER_INT -> Json.MAPPER.getNodeFactory().numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> Json.MAPPER.getNodeFactory().numberNode(parser.getDecimalValue());
      default -> Json.MAPPER.getNodeFactory().nullNode();
    };
  }

  private ObjectNode object(String path) throws IOException {
    ObjectNode object = Json.MAPPER.createObjectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String child = Source.child(path, key);
      lines.put(child, parser.currentTokenLocation().getLineNr());
      parser.nextToken();
      object.set(key, value(child));
    }
    return object;
  }

  private ArrayNode array(String path) throws IOException {
    ArrayNode array = Json.MAPPER.createArrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(Source.child(path, Integer.toString(array.size()))));
    }
    return array;
  }
}

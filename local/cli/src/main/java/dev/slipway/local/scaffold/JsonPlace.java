package dev.slipway.local.scaffold;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The place of a value in a JSON text, so that text can be put beside it and the rest stays as
 * people wrote it.
 *
 * @param start of its first character
 * @param end behind its last character
 * @param value of a scalar, its text; else empty
 * @param fields of an object
 * @param items of an array
 */
record JsonPlace(
    int start, int end, String value, Map<String, JsonPlace> fields, List<JsonPlace> items) {
  static final JsonPlace NONE = new JsonPlace(0, 0, "", Map.of(), List.of());

  /** The places of a text. */
  static JsonPlace of(String file, String text) {
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      parser.nextToken();
      return read(parser);
    } catch (IOException e) {
      throw new ScaffoldException(file + " is not JSON: " + e.getMessage());
    }
  }

  private static JsonPlace read(JsonParser parser) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    Map<String, JsonPlace> fields = new LinkedHashMap<>();
    List<JsonPlace> items = new ArrayList<>();
    String value = "";
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, read(parser));
      }
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(read(parser));
      }
    } else {
      value = parser.getText(); // Also reads on to the end of a long text.
    }
    int end = (int) parser.currentLocation().getCharOffset();
    return new JsonPlace(start, end, value, fields, items);
  }

  /** The value below that key; none if it is not there. */
  JsonPlace at(String key) {
    return fields.getOrDefault(key, NONE);
  }
}

package dev.slipway.local.run;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.json.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The line of each field of a JSON text, so that a message can say where it is wrong. */
public final class FieldLines {
  private final Map<JsonPointer, Integer> lines;

  /**
   * @param lines the line of each field
   */
  FieldLines(Map<JsonPointer, Integer> lines) {
    this.lines = lines;
  }

  /**
   * Reads where everything is.
   *
   * @throws IOException if the text is no JSON
   */
  static FieldLines of(String text) throws IOException {
    FieldLines result = new FieldLines(new HashMap<>());
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (!token.isStructEnd()) {
          result.lines.putIfAbsent(
              parser.getParsingContext().pathAsPointer(),
              parser.currentTokenLocation().getLineNr());
          if (token.isStructStart()) {
            // The context is inside already: the value itself is one level up.
            result.lines.putIfAbsent(
                parser.getParsingContext().getParent().pathAsPointer(),
                parser.currentTokenLocation().getLineNr());
          }
        }
      }
    }
    return result;
  }

  /** The line of a field, or of the nearest thing around it that is there. */
  public int line(JsonPointer field) {
    for (JsonPointer at = field; at != null; at = at.head()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return 1;
  }
}

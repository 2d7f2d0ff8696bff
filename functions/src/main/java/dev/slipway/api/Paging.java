package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Pages of lists: their size, and cursors that callers hand back without looking inside. */
final class Paging {
  private static final int LONGEST_CURSOR = 1000;

  private Paging() {}

  /**
   * The size of a page, {@code ?limit=}.
   *
   * @throws Refusal 400 if it is no number from 1 to {@code most}
   */
  static int limit(ApiEvent event, int usual, int most) {
    String text = event.query("limit").orElse(Integer.toString(usual));
    int limit = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > most) {
      throw Refusal.of(400, "query.limit", "`limit` must be a number from 1 to " + most + ".")
          .at("limit");
    }
    return limit;
  }

  static String cursor(Object place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.tree(place).toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a cursor.
   *
   * @throws Refusal 400 if it is none of ours
   */
  static <T> T place(String cursor, Class<T> type) {
    try {
      if (cursor.length() <= LONGEST_CURSOR) {
        JsonNode tree = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(cursor));
        T place = Json.MAPPER.treeToValue(tree, type);
        if (place != null) {
          return place;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unknownCursor();
    }
    throw unknownCursor();
  }

  static Refusal unknownCursor() {
    return Refusal.of(
            400, "query.cursor", "`cursor` must be the `next` of the page before, unchanged.")
        .at("cursor");
  }
}

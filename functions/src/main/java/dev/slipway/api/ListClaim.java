package dev.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A claim that holds several texts, in any of the forms in which issuers and API Gateway write one:
 *
 * <ul>
 *   <li>a JSON array of texts, or a text that is one: {@code ["a", "b"]}. Each item is one text.
 *   <li>a text with commas: {@code a, b}. Each text between them, without spaces around it.
 *   <li>any other text: {@code a b}. Each text between spaces.
 * </ul>
 *
 * The brackets in which API Gateway's HTTP APIs write an array, {@code [a b]}, are left out.
 *
 * @param bySpaces whether spaces stand between the texts, so that two of them may have been one
 */
record ListClaim(List<String> texts, boolean bySpaces) {
  static ListClaim of(JsonNode claim) {
    if (claim.isArray()) {
      return new ListClaim(
          StreamSupport.stream(claim.spliterator(), false)
              .filter(JsonNode::isTextual)
              .map(JsonNode::textValue)
              .toList(),
          false);
    }
    String text = claim.isTextual() ? claim.textValue().strip() : "";
    if (text.startsWith("[") && text.endsWith("]")) {
      return bracketed(text);
    }
    return plain(text);
  }

  private static ListClaim bracketed(String text) {
    try {
      JsonNode array = Json.MAPPER.readTree(text);
      if (array != null && array.isArray()) {
        return of(array);
      }
    } catch (JsonProcessingException e) {
      // Written by API Gateway: no JSON.
      return plain(text.substring(1, text.length() - 1).strip());
    }
    return plain(text);
  }

  private static ListClaim plain(String text) {
    boolean bySpaces = text.indexOf(',') < 0;
    return new ListClaim(
        Arrays.stream(text.split(bySpaces ? "\\s+" : ",", -1))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .toList(),
        bySpaces);
  }
}

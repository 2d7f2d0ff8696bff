package dev.slipway.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The result of a probe: the body that the runner signs.
 *
 * @param probe the probe's id
 * @param parameters the fingerprint of the parameters that were run
 * @param ranAt when
 * @param facts by name; empty when there was trouble
 * @param trouble why there are no facts; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProbeResult(
    String probe, String parameters, Instant ranAt, Map<String, String> facts, Trouble trouble) {
  /** The largest body that is taken. */
  public static final int LARGEST = 16 * 1024;

  private static final int MOST_FACTS = 20;
  private static final int LONGEST_TEXT = 1000;
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  public ProbeResult {
    facts = facts == null ? Map.of() : Map.copyOf(facts);
  }

  /**
   * The trouble that kept a probe from a result.
   *
   * @param kind of trouble, such as {@code not-connected}
   * @param message in a sentence
   * @param answered what came back, shortened; empty when nothing did
   */
  public record Trouble(String kind, String message, String answered) {}

  /** A fact; empty if it was not told. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /**
   * Reads a result, strictly.
   *
   * @throws InvalidProbe if it is none; says which field
   */
  public static ProbeResult read(JsonNode body) {
    ProbeResult result;
    try {
      result = Json.MAPPER.treeToValue(body, ProbeResult.class);
    } catch (JsonProcessingException e) {
      throw new InvalidProbe("The body must have probe, parameters, ranAt, and facts or trouble.");
    }
    if (result == null
        || result.probe == null
        || result.parameters == null
        || result.ranAt == null) {
      throw new InvalidProbe("probe, parameters and ranAt must be there");
    }
    if (result.facts.isEmpty() == (result.trouble == null)) {
      throw new InvalidProbe("there must be either facts or trouble");
    }
    if (result.facts.size() > MOST_FACTS) {
      throw new InvalidProbe("there may be " + MOST_FACTS + " facts at most");
    }
    result.facts.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw new InvalidProbe("a fact's name has a form that is not permitted");
          }
          requireText("facts", value);
        });
    if (result.trouble != null) {
      if (result.trouble.kind == null || !result.trouble.kind.matches("[a-z-]{1,40}")) {
        throw new InvalidProbe("trouble.kind has a form that is not permitted");
      }
      requireText("trouble.message", result.trouble.message);
      requireText("trouble.answered", result.trouble.answered);
    }
    return result;
  }

  private static void requireText(String field, String text) {
    if (text == null || text.length() > LONGEST_TEXT || CONTROL.matcher(text).find()) {
      throw new InvalidProbe(
          field
              + " must be texts of "
              + LONGEST_TEXT
              + " characters at most, without control"
              + " characters");
    }
  }
}

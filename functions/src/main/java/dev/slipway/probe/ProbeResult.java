package dev.slipway.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The result of a probe: the body that the runner signs. While a job of a data runner is at work,
 * it tells how far it has come, which ends nothing.
 *
 * @param probe the probe's id
 * @param parameters the fingerprint of the parameters that were run
 * @param ranAt when
 * @param facts by name; empty when there was trouble
 * @param trouble why there are no facts; null otherwise
 * @param progress how far a job has come that goes on; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProbeResult(
    String probe,
    String parameters,
    Instant ranAt,
    Map<String, String> facts,
    Trouble trouble,
    Progress progress) {
  /** The largest body that is taken. */
  public static final int LARGEST = 16 * 1024;

  private static final int MOST_FACTS = 20;
  private static final int LONGEST_TEXT = 1000;
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private static final Pattern TABLE = Pattern.compile("[\\w.-]{1,120}");

  public ProbeResult {
    facts = facts == null ? Map.of() : Map.copyOf(facts);
  }

  /** The end of a probe. */
  public ProbeResult(
      String probe, String parameters, Instant ranAt, Map<String, String> facts, Trouble trouble) {
    this(probe, parameters, ranAt, facts, trouble, null);
  }

  /**
   * How far a job has come.
   *
   * @param table or collection in work
   * @param rows of the job until now
   * @param bytes of these
   */
  public record Progress(String table, long rows, long bytes) {}

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
      throw new InvalidProbe(
          "The body must have probe, parameters, ranAt, and facts, trouble or progress.");
    }
    if (result == null
        || result.probe == null
        || result.parameters == null
        || result.ranAt == null) {
      throw new InvalidProbe("probe, parameters and ranAt must be there");
    }
    requireOneEnd(result);
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

  private static void requireOneEnd(ProbeResult result) {
    Progress progress = result.progress;
    int ends =
        (result.facts.isEmpty() ? 0 : 1)
            + (result.trouble == null ? 0 : 1)
            + (progress == null ? 0 : 1);
    if (ends != 1) {
      throw new InvalidProbe("there must be either facts or trouble or progress");
    }
    if (progress != null
        && (progress.table == null
            || !TABLE.matcher(progress.table).matches()
            || progress.rows < 0
            || progress.bytes < 0)) {
      throw new InvalidProbe("progress must name a table, and rows and bytes from 0");
    }
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

package dev.slipway.local.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The change of one element by a customer's file.
 *
 * @param version that is there; 0: none
 * @param before the value that is there; missing: none
 * @param after the value of the file
 */
public record ElementChange(String element, long version, JsonNode before, JsonNode after) {

  /**
   * The changes of an onboarding by a file, in the file's order.
   *
   * @param values of the file, by element
   * @param answer of {@code GET /onboardings/{onboarding}/elements}; missing: a new onboarding
   */
  public static List<ElementChange> of(Map<String, JsonNode> values, JsonNode answer) {
    List<ElementChange> changes = new ArrayList<>();
    values.forEach(
        (element, value) -> {
          JsonNode known =
              answer
                  .path("elements")
                  .valueStream()
                  .filter(each -> each.path("element").asText().equals(element))
                  .findFirst()
                  .orElse(MissingNode.getInstance());
          changes.add(
              new ElementChange(
                  element, known.path("version").asLong(), known.path("value"), value));
        });
    return changes;
  }

  public boolean isNew() {
    return version == 0;
  }

  public boolean isChange() {
    return isNew() || !before.equals(after);
  }

  /** The version that it replaces; empty: there is none yet. */
  public OptionalLong replaced() {
    return isNew() ? OptionalLong.empty() : OptionalLong.of(version);
  }

  /** For people: the kind of change, and the differences field by field. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %-10s %s".formatted(isNew() ? "new" : isChange() ? "changed" : "unchanged", element));
    if (!isNew()) {
      new ValueDifference(before, after)
          .lines()
          .forEach(line -> lines.add("               " + line));
    }
    return lines;
  }
}

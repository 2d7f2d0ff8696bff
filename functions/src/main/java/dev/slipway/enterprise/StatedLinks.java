package dev.slipway.enterprise;

import dev.slipway.ledger.Answer;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person set up in a system that Slipway does not know: a link for each point, so that
 * whoever reads the report can look for themselves.
 */
public final class StatedLinks {
  private StatedLinks() {}

  /**
   * The links of a statement, each a value by the name of its point.
   *
   * @param element that says which system it is
   * @throws UnmetRequirement {@code <element>.link-missing} unless each point has one
   */
  public static Finding of(Answer statement, String element, String... points) {
    List<String> missing =
        Arrays.stream(points)
            .filter(point -> !statement.value(point).asText().matches("https://[^\\s/]++\\S*+"))
            .toList();
    if (!missing.isEmpty()) {
      throw new UnmetRequirement(
          element + ".link-missing",
          element,
          element,
          "The statement names no page (https://…) of the "
              + String.join(", of the ", missing)
              + ".",
          "State it again with a page for each.");
    }
    return new Finding(
            "links",
            element,
            Arrays.stream(points)
                .map(point -> point + ": " + statement.value(point).asText())
                .collect(Collectors.joining("; ")))
        .saidIn(statement);
  }
}

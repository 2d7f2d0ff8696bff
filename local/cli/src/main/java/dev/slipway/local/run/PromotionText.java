package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows that are tried in one environment before the other, both side by side, as lines. */
public final class PromotionText {
  private PromotionText() {}

  /** The lines of an answer of {@code GET /onboardings/{onboarding}}; none without such rows. */
  public static List<String> lines(JsonNode answer) {
    JsonNode promotions = answer.path("promotions");
    if (promotions.isEmpty()) {
      return List.of();
    }
    int widest = promotions.valueStream().mapToInt(each -> name(each).length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add("Tried in one environment before the other");
    for (JsonNode each : promotions) {
      lines.add(
          "  %-4s %s  %-34s → %s"
              .formatted(
                  each.path("row").asText(),
                  name(each) + " ".repeat(widest - name(each).length()),
                  side(each.path("from")),
                  side(each.path("to")))
              .stripTrailing());
    }
    return lines;
  }

  private static String name(JsonNode promotion) {
    String instance = promotion.path("instance").asText();
    return promotion.path("title").asText() + (instance.isEmpty() ? "" : " (" + instance + ")");
  }

  private static String side(JsonNode side) {
    String environment = side.path("instance").asText().replaceFirst("\\..*", "");
    String at =
        side.hasNonNull("at") ? " " + Wording.time(Instant.parse(side.path("at").asText())) : "";
    return environment + " " + side.path("outcome").asText() + at;
  }
}

package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** When an onboarding can end, and on whom that waits, as lines. */
public final class ExpectedEndText {
  private ExpectedEndText() {}

  /** The lines of an answer of {@code GET /onboardings/{onboarding}}; none without such an end. */
  public static List<String> lines(JsonNode answer) {
    JsonNode expected = answer.path("expected");
    if (expected.isMissingNode()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Can end " + brief(expected));
    expected.path("restsOn").forEach(sentence -> lines.add("  " + sentence.asText()));
    for (JsonNode leg : expected.path("path")) {
      lines.add(
          "  %-20s  %s: %s"
              .formatted(
                  leg.path("overdue").asBoolean()
                      ? "(overdue)"
                      : "until " + day(leg.path("until").asText()),
                  who(leg.path("party").asText()),
                  what(leg)));
    }
    return lines;
  }

  /** In part of a line: {@code 2026-12-14: the customer 8 days, the vendor 5 days}. */
  public static String brief(JsonNode expected) {
    String shares =
        expected.path("seconds").properties().stream()
            .map(share -> who(share.getKey()) + " " + length(share.getValue().asLong()))
            .collect(Collectors.joining(", "));
    return day(expected.path("end").asText())
        + ": "
        + (shares.isEmpty() ? "only machines are at work" : shares);
  }

  private static String what(JsonNode leg) {
    String instance = leg.path("task").asText().replaceFirst("^[^@]*@?", "");
    return (leg.has("row")
            ? leg.path("row").asText() + " " + leg.path("title").asText()
            : "what is needed before " + leg.path("title").asText())
        + (instance.isEmpty() ? "" : " (" + instance + ")")
        + (leg.has("stepTitle") ? ", " + leg.path("stepTitle").asText() : "");
  }

  private static String who(String party) {
    return party.equals("MACHINE") ? "an agreed time" : Wording.party(party);
  }

  private static String day(String time) {
    return Wording.time(Instant.parse(time)).substring(0, 10);
  }

  /** Days, or hours of less than one. */
  private static String length(long seconds) {
    Duration time = Duration.ofSeconds(seconds);
    long days = Math.round(time.toHours() / 24.0);
    return days > 0
        ? days + (days == 1 ? " day" : " days")
        : Math.max(1, time.toHours()) + (time.toHours() > 1 ? " hours" : " hour");
  }
}

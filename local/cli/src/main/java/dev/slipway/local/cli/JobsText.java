package dev.slipway.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How far the jobs of data runners have come that are at work. */
final class JobsText {
  private static final double MEGABYTE = 1_000_000;

  private JobsText() {}

  /** The lines for an answer of {@code GET /onboardings/{onboarding}/probe-runners}. */
  static List<String> lines(JsonNode listing) {
    List<String> lines = new ArrayList<>();
    for (JsonNode probe : listing.path("probes")) {
      JsonNode progress = probe.path("progress");
      if (progress.isObject()) {
        lines.add("");
        lines.add(
            String.format(
                Locale.ROOT,
                "%s, step %s: %s at %s: %,d rows, %,.1f MB (by %s, %s)",
                probe.path("task").asText(),
                probe.path("step").asText(),
                probe.path("parameters").path("kind").asText(),
                progress.path("table").asText(),
                progress.path("rows").asLong(),
                progress.path("bytes").asLong() / MEGABYTE,
                progress.path("runnerName").asText(),
                progress.path("at").asText()));
      }
    }
    return lines;
  }
}

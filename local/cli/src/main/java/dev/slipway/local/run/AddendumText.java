package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;

/** An addendum in a few lines: what is otherwise than before, and how many rows hold. */
public record AddendumText(JsonNode addendum) {
  private static final Map<String, String> NEWS =
      Map.of(
          "NO_LONGER_HOLDS", "does not hold any more",
          "DOES_NOT_HOLD_OTHERWISE", "does not hold for another reason",
          "HOLDS_AGAIN", "holds again",
          "NOT_SEEN_EITHER", "could not be looked at, for the second time in a row");

  /** The lines. */
  public Stream<String> lines() {
    return Stream.concat(
        Stream.of(
            "Addendum %d, %s: %d rows hold, %d could not be looked at, %d were not looked at."
                .formatted(
                    addendum.path("number").asInt(),
                    addendum.path("endedAt").asText().replaceFirst("\\.\\d+Z$", "Z"),
                    count("HOLDS") + count("HOLDS_AGAIN"),
                    count("NOT_SEEN") + count("NOT_SEEN_EITHER"),
                    count("NOT_LOOKED_AT"))),
        addendum
            .path("lines")
            .valueStream()
            .filter(line -> NEWS.containsKey(line.path("found").asText()))
            .map(AddendumText::line));
  }

  private static String line(JsonNode line) {
    String problem = line.at("/problem/message").asText(line.path("why").asText());
    return "%s  %s: %s%s"
        .formatted(
            line.path("row").asText(),
            line.path("title").asText(),
            NEWS.get(line.path("found").asText()),
            problem.isEmpty() ? "." : ": " + problem);
  }

  private long count(String found) {
    return addendum
        .path("lines")
        .valueStream()
        .filter(line -> line.path("found").asText().equals(found))
        .count();
  }
}

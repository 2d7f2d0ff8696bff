package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** One entry of {@code Retry}. */
public final class Retrier {
  /** MaxDelaySeconds has to be less than a year and a day. */
  private static final long MOST_DELAY = 31_622_399;

  private final List<String> errorEquals;
  private final long intervalSeconds;
  private final double backoffRate;
  private final long maxAttempts;
  private final OptionalDouble maxDelaySeconds;
  private final boolean fullJitter;

  private Retrier(Fields fields, boolean last) {
    fields.allow(
        "ErrorEquals",
        "IntervalSeconds",
        "BackoffRate",
        "MaxAttempts",
        "MaxDelaySeconds",
        "JitterStrategy",
        "Comment");
    this.errorEquals = errorEquals(fields, last);
    this.intervalSeconds = fields.integer("IntervalSeconds", 1, Fields.MOST_SECONDS).orElse(1L);
    this.backoffRate = fields.number("BackoffRate", 1, Double.MAX_VALUE).orElse(2.0);
    this.maxAttempts = fields.integer("MaxAttempts", 0, 99_999_999).orElse(3L);
    this.maxDelaySeconds =
        fields.integer("MaxDelaySeconds", 1, MOST_DELAY).stream()
            .mapToDouble(Long::doubleValue)
            .findFirst();
    this.fullJitter = "FULL".equals(fields.raw("JitterStrategy").asText());
    if (fields.has("JitterStrategy")
        && !List.of("FULL", "NONE").contains(fields.raw("JitterStrategy").asText())) {
      fields.problem("Value is not one of: FULL, NONE", "JitterStrategy");
    }
  }

  static List<Retrier> listOf(Fields state) {
    List<Fields> entries = state.children("Retry");
    return entries.stream().map(entry -> new Retrier(entry, entry == entries.getLast())).toList();
  }

  /** The names of an {@code ErrorEquals}: at least one, {@code States.ALL} alone and last. */
  static List<String> errorEquals(Fields fields, boolean last) {
    if (fields.require("ErrorEquals")
        && (!fields.raw("ErrorEquals").isArray() || fields.raw("ErrorEquals").isEmpty())) {
      fields.problem("Value is not an array of at least one error name", "ErrorEquals");
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : fields.raw("ErrorEquals")) {
      if (!name.isTextual()) {
        fields.problem("Value is not a string", "ErrorEquals");
      }
      names.add(name.asText());
    }
    if (names.contains(ErrorNames.ALL) && (names.size() > 1 || !last)) {
      fields.problem("'States.ALL' must appear alone and in the last entry", "ErrorEquals");
    }
    return List.copyOf(names);
  }

  /** Whether it deals with a failure at all, attempts left or not. */
  public boolean matches(StateFailure failure) {
    return ErrorNames.matches(errorEquals, failure);
  }

  /** Whether one more retry is allowed after so many by this retrier. */
  public boolean allows(long retriesMade) {
    return retriesMade < maxAttempts;
  }

  /**
   * How long to wait before a retry.
   *
   * @param retriesMade by this retrier so far
   * @return seconds
   */
  public double delaySeconds(long retriesMade, RandomGenerator random) {
    double delay = (double) intervalSeconds * Math.pow(backoffRate, (double) retriesMade);
    delay = Math.min(delay, maxDelaySeconds.orElse(Fields.MOST_SECONDS));
    return fullJitter ? delay * random.nextDouble() : delay;
  }
}

package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Trouble that the next matching calls meet.
 *
 * @param system the third party, or {@code network} for the way to it (matched on {@code
 *     host:port})
 * @param match part of {@code "<method> <key>"}, case-insensitive; empty matches every call
 * @param times how many calls meet it; 0 for all until the faults are cleared
 * @param kind what happens
 * @param phase whether the third party does its work first
 * @param status the HTTP status or SMTP reply code, where the kind has one
 * @param retryAfter the form in which a 429 or 5xx says when to come back
 * @param delay the delay of {@code SLOW}, or what {@code retryAfter} announces
 * @param message the text of an error
 */
public record Fault(
    String system,
    String match,
    int times,
    Kind kind,
    Phase phase,
    int status,
    RetryAfter retryAfter,
    Duration delay,
    String message) {

  /** The kind of fault. */
  public enum Kind {
    /** HTTP 429 with a {@link RetryAfter}. */
    STATUS_429,
    /** An HTTP 5xx, or the SMTP reply {@code status}. */
    STATUS_5XX,
    /** HTTP {@code status} (200 if not said) with a page for people. */
    HTML,
    /** HTTP 200 whose body reports an error, in the vendor's own shape. */
    OK_WITH_ERROR,
    /** Nothing is ever answered. */
    HANG,
    /** The connection is closed without an answer. */
    RESET,
    /** The call is answered, after {@code delay}. */
    SLOW,
    /** The connection is not made at all (system {@code network} only). */
    REFUSED;

    /** The name on the wire, such as {@code status-429}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The phase of a call in which the fault happens. */
  public enum Phase {
    /** Instead of the work. */
    BEFORE,
    /** After the work was done: only the answer is lost. */
    AFTER
  }

  /** The form in which a vendor says when to come back. */
  public enum RetryAfter {
    /** Not at all. */
    NONE,
    /** {@code Retry-After: 7}. */
    SECONDS,
    /** {@code Retry-After} with an RFC 1123 date. */
    HTTP_DATE,
    /** {@code X-Retry-After} with a Unix timestamp, as Docker Hub does. */
    EPOCH
  }

  /**
   * A fault of one kind for the next {@code times} calls, everything else as usual for the kind.
   */
  public static Fault of(String system, String match, int times, Kind kind) {
    return new Fault(
        system, match, times, kind, Phase.BEFORE, 0, RetryAfter.SECONDS, Duration.ofSeconds(2), "");
  }

  /** The same, but the third party does its work before the trouble. */
  public Fault afterTheWork() {
    return new Fault(system, match, times, kind, Phase.AFTER, status, retryAfter, delay, message);
  }

  /** The same with another status. */
  public Fault withStatus(int other) {
    return new Fault(system, match, times, kind, phase, other, retryAfter, delay, message);
  }

  /** The same with another announcement of when to come back. */
  public Fault withRetryAfter(RetryAfter form, Duration after) {
    return new Fault(system, match, times, kind, phase, status, form, after, message);
  }

  /** The same with another delay. */
  public Fault withDelay(Duration other) {
    return new Fault(system, match, times, kind, phase, status, retryAfter, other, message);
  }

  /** The same with another text. */
  public Fault withMessage(String text) {
    return new Fault(system, match, times, kind, phase, status, retryAfter, delay, text);
  }

  /** As JSON; {@code delay} in milliseconds. */
  public ObjectNode toJson() {
    return Json.object()
        .put("system", system)
        .put("match", match)
        .put("times", times)
        .put("kind", kind.wireName())
        .put("phase", lower(phase))
        .put("status", status)
        .put("retryAfter", lower(retryAfter))
        .put("delayMillis", delay.toMillis())
        .put("message", message);
  }

  /**
   * The inverse of {@link #toJson}; only {@code system} and {@code kind} are required.
   *
   * @throws IllegalArgumentException when a word is unknown, with the words that are known
   */
  public static Fault fromJson(JsonNode json) {
    if (!json.path("system").isTextual() || !json.path("kind").isTextual()) {
      throw new IllegalArgumentException("A fault names a system and a kind");
    }
    return new Fault(
        json.path("system").asText(),
        json.path("match").asText(""),
        json.path("times").asInt(1),
        known(Kind.values(), "kind", json.path("kind").asText()),
        known(Phase.values(), "phase", json.path("phase").asText("before")),
        json.path("status").asInt(0),
        known(RetryAfter.values(), "retryAfter", json.path("retryAfter").asText("seconds")),
        Duration.ofMillis(json.path("delayMillis").asLong(2000)),
        json.path("message").asText(""));
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E known(E[] words, String field, String word) {
    return Arrays.stream(words)
        .filter(each -> lower(each).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s must be one of %s"
                        .formatted(field, Arrays.stream(words).map(Fault::lower).toList())));
  }
}

package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.TaskKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * The payload that a task's state sends to its function: names only, never data.
 *
 * @param onboarding the onboarding's id
 * @param run the run's number
 * @param key the task
 * @param entered when the state was entered
 * @param retry how often the state was retried
 * @param token the task token
 * @param failure the error that ended a section's execution; null except for a {@code resume}
 * @param execution the ARN of the section's execution; null except for a {@code gate}
 */
public record TaskRequest(
    String onboarding,
    int run,
    TaskKey key,
    Instant entered,
    int retry,
    String token,
    Failure failure,
    String execution) {

  /** With an offset in either form: Step Functions writes {@code Z}, LocalStack {@code +0000}. */
  private static final DateTimeFormatter ISO_8601 =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  /** The error that ended a section's execution. */
  public record Failure(String error, String cause) {}

  /**
   * Reads {@code {"onboardingId", "run", "task", "instance"?, "entered", "retry", "taskToken",
   * "failure"?, "execution"?}}.
   *
   * @throws IllegalArgumentException if a field is missing or has the wrong form; names the field
   */
  public static TaskRequest read(InputStream in) throws IOException {
    JsonNode payload = Json.MAPPER.readTree(in);
    if (payload == null || !payload.isObject()) {
      throw new IllegalArgumentException("payload: must be a JSON object");
    }
    JsonNode failure = payload.get("failure");
    return new TaskRequest(
        text(payload, "onboardingId"),
        number(payload, "run"),
        new TaskKey(
            text(payload, "task"), payload.hasNonNull("instance") ? text(payload, "instance") : ""),
        instant(payload, "entered"),
        number(payload, "retry"),
        text(payload, "taskToken"),
        failure == null || failure.isNull()
            ? null
            : new Failure(failure.path("Error").asText(""), failure.path("Cause").asText("")),
        payload.hasNonNull("execution") ? text(payload, "execution") : null);
  }

  /** Names the attempt, as {@link dev.slipway.ledger.Claim#attempt} does. */
  public String attempt() {
    return entered + "/" + retry;
  }

  private static String text(JsonNode payload, String field) {
    JsonNode value = payload.get(field);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException(field + ": must be a text");
    }
    return value.textValue();
  }

  private static int number(JsonNode payload, String field) {
    JsonNode value = payload.get(field);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(field + ": must be a whole number");
    }
    return value.intValue();
  }

  private static Instant instant(JsonNode payload, String field) {
    try {
      return ISO_8601.parse(text(payload, field), Instant::from);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(field + ": must be a time in ISO 8601", e);
    }
  }
}

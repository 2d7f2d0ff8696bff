package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.expression.TypedField;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Waits for some seconds, or until a time; one that is past is no error. */
public final class WaitState implements State {
  /** RFC 3339, with upper-case T and Z. */
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");

  /** Some 68 years: the service's counter of seconds holds no more. */
  private static final long LONGEST_SECONDS = Integer.MAX_VALUE;

  private final String name;
  private final Optional<TypedField> seconds;
  private final Optional<TypedField> timestamp;
  private final Exit exit;

  WaitState(String name, Fields fields) {
    fields.allow(
        "Type",
        "Comment",
        "QueryLanguage",
        "Next",
        "End",
        "Assign",
        "Output",
        "Seconds",
        "Timestamp");
    this.name = name;
    this.seconds = fields.count("Seconds", 0, Fields.MOST_SECONDS);
    this.timestamp = timestamp(fields);
    fields.forbidStates("Seconds", NO_RESULT);
    fields.forbidStates("Timestamp", NO_RESULT);
    if (seconds.isPresent() == timestamp.isPresent()) {
      fields.problem("Exactly one of 'Seconds' and 'Timestamp' is required", "");
    }
    this.exit = Exit.of(fields, Transition.of(fields), "", NO_RESULT);
  }

  private static Optional<TypedField> timestamp(Fields fields) {
    return fields.typed(
        "Timestamp", WaitState::isTimestamp, "String does not match RFC3339 timestamp");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return "Wait";
  }

  @Override
  public void enter(Visit visit) {
    Instant until =
        seconds
            .map(
                field ->
                    visit.now().plusSeconds(field.integer(visit.scope(), 0, Fields.MOST_SECONDS)))
            .orElseGet(() -> until(visit));
    if (Duration.between(visit.now(), until).toSeconds() > LONGEST_SECONDS) {
      throw StateFailure.terminal(ErrorNames.RUNTIME, "Wait state delay is too long.");
    }
    visit.sleepUntil(until);
  }

  private Instant until(Visit visit) {
    String text = timestamp.orElseThrow().text(visit.scope());
    return parse(text)
        .orElseThrow(
            () ->
                StateFailure.evaluation(
                    "Timestamp",
                    "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time"
                        + " format string: "
                        + text));
  }

  private static boolean isTimestamp(JsonNode value) {
    return value.isMissingNode() || (value.isTextual() && parse(value.textValue()).isPresent());
  }

  private static Optional<Instant> parse(String text) {
    if (!TIMESTAMP.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Has the state go on once the time has come. */
  public void resume(Visit visit) {
    exit.leave(visit, visit.scope(), visit.input());
  }

  @Override
  public List<Transition> transitions() {
    return List.of(exit.transition());
  }
}

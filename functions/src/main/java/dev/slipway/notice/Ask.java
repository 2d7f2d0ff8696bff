package dev.slipway.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.json.Json;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Something that waits for people.
 *
 * @param title the task's and the step's, for people
 * @param told whom it is told to
 * @param escalatedTo whom it is told to when it is overdue for too long
 */
record Ask(
    Onboarding onboarding,
    TaskKey key,
    String title,
    Outcome.Waiting waiting,
    List<Person> told,
    List<Person> escalatedTo) {
  private static final Duration SOON = Duration.ofDays(1);

  /**
   * Names it in keys: a step that is asked again because its answer was not accepted is another
   * ask.
   */
  String id() {
    String problem = waiting.problem() == null ? "" : waiting.problem().message();
    return String.join(
        "/",
        onboarding.id(),
        key.toString(),
        step(),
        Json.hash(JsonNodeFactory.instance.textNode(String.valueOf(problem))).substring(0, 16));
  }

  String step() {
    return waiting.step() == null ? "" : waiting.step();
  }

  boolean isOverdue(Instant now) {
    return waiting.due() != null && waiting.due().isBefore(now);
  }

  boolean isDueSoon(Instant now) {
    return waiting.due() != null && !isOverdue(now) && waiting.due().isBefore(now.plus(SOON));
  }

  /** The times at which it becomes something else: due soon, overdue, escalated. */
  List<Instant> turningPoints(Duration patience) {
    Instant due = waiting.due();
    return due == null ? List.of() : List.of(due.minus(SOON), due, due.plus(patience));
  }

  /** Whether it is overdue for longer than the policy lets pass. */
  boolean isEscalated(Instant now, Duration patience) {
    return waiting.due() != null && waiting.due().plus(patience).isBefore(now);
  }
}

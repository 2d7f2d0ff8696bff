package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that people made of a task's steps, and how this attempt judges them. A statement
 * holds for the values that it was first used for; with other values it is rejected.
 */
final class Statements {
  /** The code of the problem by which a statement about other values is rejected. */
  static final String OUTDATED = "statement.outdated";

  private final AttemptContext surroundings;
  private final Map<String, Answer> byStep;
  private final List<Answer> judged = new ArrayList<>();

  Statements(AttemptContext surroundings, Map<String, Answer> byStep) {
    this.surroundings = surroundings;
    this.byStep = new HashMap<>(byStep);
  }

  /** The statement of a step, unless it was rejected. */
  Optional<Answer> of(String step) {
    return Optional.ofNullable(byStep.get(step))
        .filter(answer -> answer.verdict() != Answer.Verdict.REJECTED);
  }

  /** The statement of a step, unless it was rejected; rejects it if it is about other values. */
  Optional<Answer> of(String step, About about) {
    of(step).filter(answer -> !concerns(answer, about)).ifPresent(this::outdated);
    return of(step);
  }

  /** Why the statement of a step was rejected; null if there is none, or it was not. */
  Problem rejection(String step) {
    Answer answer = byStep.get(step);
    return answer == null ? null : answer.why();
  }

  void accept(Answer answer) {
    judge(answer, Answer.Verdict.ACCEPTED, null);
  }

  void reject(Answer answer, Problem why) {
    judge(answer, Answer.Verdict.REJECTED, why);
  }

  /** The statements that were judged, with their verdicts. */
  List<Answer> judged() {
    return List.copyOf(judged);
  }

  private boolean concerns(Answer answer, About about) {
    JsonNode hash = Json.tree(about.hash());
    return surroundings
        .remember(Note.Kind.RESOURCE, "concerns:" + answer.id(), hash)
        .value()
        .equals(hash);
  }

  private void outdated(Answer answer) {
    reject(
        answer,
        new Problem(
            OUTDATED,
            "slipway",
            null,
            "What was said of this step was about values that have changed since.",
            "Take the step again with the present values, and say so."));
    byStep.put(answer.step(), judged.getLast());
  }

  private void judge(Answer answer, Answer.Verdict verdict, Problem why) {
    // Both perform and verify may judge a statement: the later judgement counts.
    judged.removeIf(earlier -> earlier.id().equals(answer.id()));
    if (answer.verdict() != verdict) {
      judged.add(answer.judged(verdict, why));
    }
  }
}

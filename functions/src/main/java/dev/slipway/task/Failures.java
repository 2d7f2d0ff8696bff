package dev.slipway.task;

import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.systems.net.SystemTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The failed outcomes of one attempt: of a trouble with a third party, and of a requirement that is
 * not met. Secrets are masked, since a handler may quote what a third party said.
 */
final class Failures {
  /** After so long a machine tries again by itself, if the trouble may pass. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final AttemptContext surroundings;
  private final Inputs inputs;
  private final EvidenceLog log;

  /** The trouble that ended the attempt, or left a step to a person; null: none. */
  private SystemTrouble trouble;

  /** The step that a machine is taking; null before the first, or for a proof of the whole task. */
  private Step current;

  Failures(AttemptContext surroundings, Inputs inputs, EvidenceLog log) {
    this.surroundings = surroundings;
    this.inputs = inputs;
    this.log = log;
  }

  /** A failure from now on is one of this step; null: of the whole task. */
  void during(Step step) {
    current = step;
  }

  /**
   * The end of an attempt by a trouble, which is recorded as evidence.
   *
   * @param field the element to look at, unless the trouble is one of a credential; null for none
   * @param began as in {@link EvidenceLog#add(Finding, Instant)}
   */
  AttemptEnded of(SystemTrouble trouble, String field, Instant began) {
    this.trouble = trouble;
    log.add(
        new Finding(
            trouble.asked(),
            trouble.against(),
            trouble.answered().isEmpty() ? trouble.kind().code() : trouble.answered()),
        began);
    boolean mayPass =
        switch (trouble.kind()) {
          case NOT_CONNECTED, TIMED_OUT, CUT_OFF, OUT_OF_ORDER, RATE_LIMITED -> true;
          default -> false;
        };
    return new AttemptEnded(
        new Outcome.Failed(
            problem(trouble, field),
            mayPass ? trouble.retryAt().orElse(surroundings.now().plus(PATIENCE)) : null,
            log.entries()));
  }

  /** A trouble that leaves the step to a person: it is recorded, and proves nothing. */
  void leftToPerson(SystemTrouble left, Instant began) {
    trouble = left;
    String why = left.kind().code() + ": a person does it. " + left.getMessage();
    log.addUnproven(new Finding(left.asked(), left.against(), why), began);
  }

  /** The trouble that ended the attempt, or left a step to a person. */
  Optional<SystemTrouble> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * The problem of a trouble.
   *
   * @param field the element to look at, unless the trouble is one of a credential; null for none
   */
  Problem problem(SystemTrouble of, String field) {
    boolean ofCredential =
        switch (of.kind()) {
          case AUTHENTICATION_FAILED, NOT_PERMITTED -> inputs.usesCredential(of.system());
          default -> false;
        };
    return new Problem(
        of.code(),
        of.system(),
        ofCredential ? "credential:" + of.system() : field,
        log.redactor().redact(of.getMessage()),
        of.nextStep());
  }

  /** The end of an attempt by a requirement that is not met. */
  AttemptEnded of(UnmetRequirement unmet) {
    return new AttemptEnded(outcome(unmet));
  }

  /** The outcome for a requirement that is not met. */
  Outcome.Failed outcome(UnmetRequirement unmet) {
    return new Outcome.Failed(problem(unmet), unmet.lookAgain(), log.entries());
  }

  /** The problem of a requirement that is not met. */
  Problem problem(UnmetRequirement unmet) {
    Problem problem = unmet.problem();
    return new Problem(
        problem.code(),
        problem.system(),
        problem.field(),
        log.redactor().redact(problem.message()),
        log.redactor().redact(problem.nextStep()));
  }

  /** How long people have to mend a failure: as for its step; of a whole task, for the longest. */
  Duration timeToMend(Task task) {
    Stream<Step> steps = current == null ? task.steps().stream() : Stream.of(current);
    return steps
        .map(Step::due)
        .filter(Objects::nonNull)
        .max(Duration::compareTo)
        .orElse(Step.usualTime());
  }
}

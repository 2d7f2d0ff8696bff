package dev.slipway.task;

import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Sight;
import dev.slipway.systems.net.SystemTrouble;
import java.time.Instant;
import java.util.List;

/**
 * What an attempt that only verified says of a task that was done. That the other side gave no
 * usable answer (429, 503, a page of HTML) says nothing about the task.
 *
 * @param began when the look began: older evidence is of an earlier look
 */
record LookOutcome(Failures failures, EvidenceLog log, Instant began, Instant now) {
  static final String UNEXPECTED = "slipway.unexpected";
  private static final String BY_PEOPLE = "Only a person can tell; no machine looks at it.";

  Sight of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done ->
          log.hasSeenSince(began)
              ? Sight.holds(now, null, seen(done))
              : Sight.notLookedAt(now, BY_PEOPLE);
      case Outcome.Failed failed -> failed(failed);
      case Outcome.Waiting waiting -> waiting(waiting);
      default -> throw new IllegalStateException("a look performs nothing: " + outcome.state());
    };
  }

  private Sight failed(Outcome.Failed failed) {
    boolean isSeen =
        !failed.problem().code().equals(UNEXPECTED)
            && failures.trouble().map(LookOutcome::isAnAnswer).orElse(true);
    return isSeen
        ? Sight.doesNotHold(now, failed.problem(), seen(failed))
        : notSeen(failed.problem(), failed);
  }

  /** A look asks nobody: what it would ask for is missing, or no machine can look. */
  private Sight waiting(Outcome.Waiting waiting) {
    if (waiting.problem() != null) {
      return Sight.doesNotHold(now, waiting.problem(), seen(waiting));
    }
    if (failures.trouble().isPresent()) {
      SystemTrouble trouble = failures.trouble().get();
      Problem problem = failures.problem(trouble, null);
      return isAnAnswer(trouble)
          ? Sight.doesNotHold(now, problem, seen(waiting))
          : notSeen(problem, waiting);
    }
    if (waiting.party() == Party.MACHINE) {
      return Sight.notSeen(now, waiting.instructions(), seen(waiting));
    }
    return waiting.step() == null
        ? Sight.doesNotHold(
            now,
            new Problem(
                "input.missing",
                "slipway",
                null,
                "What the row rests on is not there any more. " + waiting.instructions(),
                "Give it again in the system itself, or for another onboarding."),
            seen(waiting))
        : Sight.notLookedAt(
            now, "Only a person, or a probe runner in the customer's network, can tell.");
  }

  private Sight notSeen(Problem problem, Outcome outcome) {
    return Sight.notSeen(now, problem.message(), seen(outcome));
  }

  private List<Evidence> seen(Outcome outcome) {
    return outcome.evidence().stream()
        .filter(proof -> proof.where() == Evidence.Place.HANDLER && !proof.at().isBefore(began))
        .toList();
  }

  /** Whether what was answered says something about what was asked for. */
  private static boolean isAnAnswer(SystemTrouble trouble) {
    return switch (trouble.kind()) {
      case NAME_UNKNOWN,
          CERTIFICATE,
          TLS,
          AUTHENTICATION_FAILED,
          NOT_PERMITTED,
          WRONG_PLACE,
          NOT_FOUND,
          REJECTED ->
          true;
      case ADDRESS_REFUSED,
          NOT_CONNECTED,
          TIMED_OUT,
          CUT_OFF,
          OUT_OF_ORDER,
          RATE_LIMITED,
          NOT_UNDERSTOOD,
          INPUT ->
          false;
    };
  }
}

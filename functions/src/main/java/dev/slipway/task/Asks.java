package dev.slipway.task;

import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Step;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Snippet;
import dev.slipway.probe.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The waits of one attempt: whom a task waits for, with what instructions, and until when. The due
 * date of a first ask stays as long as the same is asked of the same party.
 */
final class Asks {
  private final AttemptContext surroundings;
  private final String onboarding;
  private final GivenValues given;
  private final EvidenceLog log;

  Asks(AttemptContext surroundings, String onboarding, GivenValues given, EvidenceLog log) {
    this.surroundings = surroundings;
    this.onboarding = onboarding;
    this.given = given;
    this.log = log;
  }

  /**
   * Asks a party to take a step.
   *
   * @param material what the person gets below the checklist's instructions; empty for nothing
   * @param snippets what is to be copied
   * @param problem why the step is asked again; null at the first time
   * @param until when a machine looks again by itself; null: only when the party has answered
   */
  AttemptEnded step(
      Step step,
      Party party,
      String material,
      List<Snippet> snippets,
      Problem problem,
      Instant until) {
    String text =
        Stream.of(step.instructions(), material)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining("\n\n"));
    String check =
        step.check() == null && step.mode() == Mode.ATTESTED
            ? "Your statement is recorded as evidence."
            : step.check();
    return open(
        dated(
            new Outcome.Waiting(
                party,
                step.id(),
                List.of(),
                text,
                check,
                null,
                until,
                problem,
                log.entries(),
                List.of(),
                given.facts(step.shows()),
                snippets),
            step.timeGiven()));
  }

  /** Asks the party that gives it for an input of the task; parameters as in {@link #step}. */
  AttemptEnded input(Party giver, String instructions, String check, Problem problem) {
    return open(waiting(giver, null, instructions, check, problem, Step.usualTime(), null));
  }

  /** Asks the vendor to decide about a task whose settings were put back. */
  Outcome.Waiting decision(String by, String reason) {
    String instructions =
        "The old settings were put back for "
            + by
            + " ("
            + reason
            + "). Retry the task to have them set again, or do without it.";
    return waiting(
        Party.VENDOR,
        null,
        instructions,
        "The decision is recorded.",
        null,
        Step.usualTime(),
        null);
  }

  /** Waits for a probe runner inside the customer's network. */
  AttemptEnded probe(Step step, Probe probe, String material) {
    return open(
        new ProbeWait(onboarding, surroundings.now())
            .outcome(step, probe, material, log.entries()));
  }

  /** Waits for other tasks. */
  AttemptEnded tasks(List<String> tasks, String why) {
    return open(machine(tasks, why, null));
  }

  /** Waits for a time. */
  AttemptEnded until(Instant time, String why) {
    return open(machine(List.of(), why, time));
  }

  private Outcome.Waiting machine(List<String> tasks, String why, Instant until) {
    return new Outcome.Waiting(
        Party.MACHINE, null, tasks, why, null, null, until, null, log.entries());
  }

  private Outcome.Waiting waiting(
      Party party,
      String step,
      String instructions,
      String check,
      Problem problem,
      Duration time,
      Instant until) {
    return dated(
        new Outcome.Waiting(
            party, step, List.of(), instructions, check, null, until, problem, log.entries()),
        time);
  }

  private Outcome.Waiting dated(Outcome.Waiting ask, Duration time) {
    Problem problem = ask.problem();
    boolean changed = problem != null && problem.code().equals(Statements.OUTDATED);
    return ask.due(
        new DueDates(surroundings.attempts())
            .ofSame(
                ask.party(), ask.step(), ask.instructions(), changed ? Statements.OUTDATED : null)
            .orElseGet(() -> surroundings.now().plus(time)));
  }

  private static AttemptEnded open(Outcome outcome) {
    return new AttemptEnded(outcome);
  }
}

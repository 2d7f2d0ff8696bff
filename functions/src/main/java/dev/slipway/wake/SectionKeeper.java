package dev.slipway.wake;

import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Decisions;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.Tasks;
import dev.slipway.log.Log;
import java.util.Optional;

/**
 * Ends the execution of a section that people stopped; its branch of the run then waits at the
 * section's {@code resume}. Level-triggered as {@link TaskWaker}: the section's gate tells the
 * ledger which execution it is of, so whichever comes first, the gate or the decision, the second
 * one brings us here. A section stays stopped in every later run until it is started again.
 */
final class SectionKeeper {
  private static final String GATE = ".gate";
  private static final String RESUME = ".resume";

  private final Decisions decisions;
  private final Onboardings onboardings;
  private final Tasks tasks;
  private final Executions executions;
  private final Log log;

  SectionKeeper(
      Decisions decisions, Onboardings onboardings, Tasks tasks, Log log, Executions executions) {
    this.decisions = decisions;
    this.onboardings = onboardings;
    this.tasks = tasks;
    this.log = log;
    this.executions = executions;
  }

  /** Looks at the section of a gate or of a {@code resume}; any other task is no concern of it. */
  void look(String id, TaskKey key) {
    Optional<String> section = section(key);
    if (section.isEmpty()) {
      return;
    }
    TaskKey resume = new TaskKey(section.get() + RESUME, "");
    boolean isStopped =
        decisions
            .find(id, resume)
            .filter(decision -> decision.kind() == Decision.Kind.STOP)
            .isPresent();
    if (!isStopped) {
      return;
    }
    Onboarding onboarding = onboardings.find(id).orElseThrow();
    Claim entered = tasks.of(id, new TaskKey(section.get() + GATE, "")).claim();
    if (entered == null || entered.run() != onboarding.run() || entered.execution() == null) {
      return;
    }
    Claim ended = tasks.of(id, resume).claim();
    if (ended != null && entered.isOlderThan(ended)) {
      return;
    }
    executions.stop(entered.execution(), "the section was stopped by a person");
    log.with("run", onboarding.run()).say("section " + section.get() + ": stopped");
  }

  private static Optional<String> section(TaskKey key) {
    for (String suffix : new String[] {GATE, RESUME}) {
      if (key.task().endsWith(suffix)) {
        return Optional.of(key.task().substring(0, key.task().length() - suffix.length()));
      }
    }
    return Optional.empty();
  }
}

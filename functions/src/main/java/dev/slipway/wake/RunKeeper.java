package dev.slipway.wake;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboarding.State;
import dev.slipway.log.Log;

/**
 * Brings an onboarding's execution to where the ledger wants it: started, stopped, or replaced when
 * something was asked of a task that the current run has left behind. Level-triggered as {@link
 * TaskWaker}: each step can be repeated.
 */
final class RunKeeper {
  private static final Actor ACTOR = Actor.system("wake");

  private final Ledger ledger;
  private final Executions executions;
  private final Log log;

  RunKeeper(Ledger ledger, Log log, Executions executions) {
    this.ledger = ledger;
    this.log = log;
    this.executions = executions;
  }

  /** Looks at an onboarding. */
  void look(String id) {
    Onboarding onboarding = ledger.onboarding(id).orElse(null);
    if (onboarding == null || !onboarding.isSignalDue()) {
      return;
    }
    try {
      keep(onboarding);
      log.with("run", onboarding.run()).say("was " + onboarding.state() + ": seen to");
    } catch (LostRaceException e) {
      // Somebody wrote meanwhile: their change brings us back.
    }
  }

  private void keep(Onboarding onboarding) {
    switch (onboarding.state()) {
      case STARTING -> {
        String arn = executions.start(onboarding);
        ledger.save(onboarding, onboarding.running(arn), ACTOR, "run.started", null);
      }
      case STOPPING -> end(onboarding, State.STOPPED, "run.stopped");
      case CANCELLING -> end(onboarding, State.CANCELLED, "onboarding.cancelled");
      case RUNNING, COMPLETED -> {
        executions.stop(onboarding, "a new run takes over");
        ledger.save(
            onboarding,
            onboarding.starting(null, ledger.now()),
            ACTOR,
            "run.replaced",
            "something was asked of a task that the run had left behind");
      }
      case SIGNED_OFF -> {
        executions.stop(onboarding, "signed off");
        ledger.save(onboarding, onboarding.settled(), ACTOR, "run.stopped", "signed off");
      }
      case INTAKE, STOPPED, CANCELLED -> throw new IllegalStateException("nothing is due");
    }
  }

  private void end(Onboarding onboarding, State end, String what) {
    executions.stop(onboarding, "stopped by a person");
    ledger.save(onboarding, onboarding.to(end, ledger.now()), ACTOR, what, null);
  }
}

package dev.slipway.wake;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboarding.State;
import dev.slipway.ledger.Onboardings;
import dev.slipway.log.Log;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Brings an onboarding's execution to where the ledger wants it: started, stopped, or replaced when
 * a look was asked of a task that the current run has left behind. Runs that replace each other in
 * quick succession are held to a pace, so that twenty changes one after another make a few runs.
 * Level-triggered as {@link TaskWaker}: each step can be repeated.
 */
final class RunKeeper {
  private static final Actor ACTOR = Actor.system("wake");

  private final Onboardings onboardings;
  private final InstantSource clock;
  private final Executions executions;
  private final Log log;

  RunKeeper(Onboardings onboardings, InstantSource clock, Log log, Executions executions) {
    this.onboardings = onboardings;
    this.clock = clock;
    this.log = log;
    this.executions = executions;
  }

  /** Looks at an onboarding. */
  void look(String id) {
    Onboarding onboarding = onboardings.find(id).orElse(null);
    Instant now = clock.instant();
    if (onboarding == null || !onboarding.isSignalDue() || onboarding.signalAt(now).isAfter(now)) {
      return;
    }
    try {
      keep(onboarding);
      log.with("run", onboarding.run()).say("was " + onboarding.state() + ": seen to");
    } catch (LostRaceException e) {
      // Another call wrote meanwhile: its change brings us back.
    }
  }

  private void keep(Onboarding onboarding) {
    switch (onboarding.state()) {
      case STARTING -> {
        String arn = executions.start(onboarding);
        onboardings.save(onboarding, onboarding.running(arn), ACTOR, "run.started", null);
      }
      case STOPPING -> end(onboarding, State.STOPPED, "run.stopped");
      case CANCELLING -> end(onboarding, State.CANCELLED, "onboarding.cancelled");
      case RUNNING, COMPLETED -> {
        executions.stop(onboarding, "a new run takes over");
        onboardings.save(
            onboarding,
            onboarding.replaced(clock.instant()),
            ACTOR,
            "run.replaced",
            "the run had left a task behind that is to be looked at, or its history was nearly full");
      }
      case SIGNED_OFF -> {
        executions.stop(onboarding, "signed off");
        onboardings.save(onboarding, onboarding.settled(), ACTOR, "run.stopped", "signed off");
      }
      case INTAKE, STOPPED, CANCELLED -> throw new IllegalStateException("nothing is due");
    }
  }

  private void end(Onboarding onboarding, State end, String what) {
    executions.stop(onboarding, "stopped by a person");
    onboardings.save(onboarding, onboarding.to(end, clock.instant()), ACTOR, what, null);
  }
}

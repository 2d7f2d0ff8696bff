package dev.slipway.wake;

import dev.slipway.ledger.Actor;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.Looks;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Onboardings;
import dev.slipway.ledger.Signal;
import dev.slipway.ledger.TaskKey;
import dev.slipway.log.Log;
import dev.slipway.report.Addenda;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Begins the looks after go-live when their time has come, has their states go on, and ends those
 * that took too long. Level-triggered as {@link TaskWaker}: each step can be repeated, and two at
 * once begin one look.
 */
final class LookKeeper {
  private static final Actor ACTOR = Actor.system("wake");

  private final Onboardings onboardings;
  private final Looks looks;
  private final Addenda addenda;
  private final InstantSource clock;
  private final Executions executions;
  private final Signaller signaller;
  private final Log log;

  LookKeeper(
      Onboardings onboardings,
      Looks looks,
      Addenda addenda,
      InstantSource clock,
      Executions executions,
      Signaller signaller,
      Log log) {
    this.onboardings = onboardings;
    this.looks = looks;
    this.addenda = addenda;
    this.clock = clock;
    this.executions = executions;
    this.signaller = signaller;
    this.log = log;
  }

  /** Looks at an onboarding's schedule. */
  void look(String id) {
    Onboarding onboarding = onboardings.find(id).orElseThrow();
    try {
      // As many steps as a look has, so that what is due is seen to at once.
      for (int step = 0; step < LookSchedule.State.values().length; step++) {
        LookSchedule schedule = looks.schedule(id).orElse(null);
        Instant due = schedule == null ? null : schedule.signalAt();
        if (due == null || clock.instant().isBefore(due)) {
          return;
        }
        keep(onboarding, schedule);
      }
    } catch (LostRaceException e) {
      // Another call wrote meanwhile: its change brings us back.
    }
  }

  private void keep(Onboarding onboarding, LookSchedule schedule) {
    String id = onboarding.id();
    switch (schedule.state()) {
      case RESTS -> {
        if (schedule.hasTimeBeforeErasure(onboarding, clock.instant())) {
          LookSchedule begun = schedule.begun(onboarding, clock.instant());
          looks.save(id, begun, ACTOR, "look.began", "look " + begun.number());
          log.with("run", begun.run()).say("look " + begun.number() + " begins");
        } else {
          looks.save(id, schedule.halting(), ACTOR, "look.left-out", "the erasure is near");
        }
      }
      case STARTING ->
          looks.save(
              id,
              schedule.running(executions.start(onboarding, schedule.run())),
              ACTOR,
              "look.started",
              "run " + schedule.run());
      case RUNNING -> {
        executions.stop(schedule.executionArn(), "the look took too long");
        addenda.conclude(onboarding, schedule, true, ACTOR);
        log.with("run", schedule.run()).say("the look took too long: ended with what it found");
      }
      case HALTING -> {
        executions.stop(executions.arn(onboarding, schedule.run()), "the data is to be erased");
        looks.save(id, schedule.rests(), ACTOR, "look.stopped", "the data is to be erased");
      }
    }
  }

  /** Has the state go on, or call again, that waits for what was found of a row. */
  void answer(String id, TaskKey key) {
    LookedAt seen = looks.looked(id, key);
    if (seen.signalAt() == null || clock.instant().isBefore(seen.signalAt())) {
      return;
    }
    // What a token is answered never changes: each attempt has a token of its own.
    signaller.send(seen.token(), seen.isOver() ? Signal.Kind.SUCCESS : Signal.Kind.RECHECK);
    try {
      looks.save(id, seen.answered());
    } catch (LostRaceException e) {
      // Another attempt has looked meanwhile: its own change brings us back.
    }
  }
}

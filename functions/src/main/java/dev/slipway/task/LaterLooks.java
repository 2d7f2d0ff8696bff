package dev.slipway.task;

import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Sight;
import dev.slipway.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks after go-live, as a task's function takes part in them: it looks instead of performing, and
 * writes what it found beside the task, never into it. A look that is made twice, since its
 * function died or was called twice, changes nothing.
 */
final class LaterLooks {
  /** A trouble that may pass is looked at again after these; then it counts as not seen. */
  private static final Duration[] PAUSES = {Duration.ofMinutes(10), Duration.ofMinutes(30)};

  private static final int TRIES = 20;

  private final FunctionContext context;

  LaterLooks(FunctionContext context) {
    this.context = context;
  }

  /** What a function does for a look. */
  interface Body {
    /**
     * Looks, and changes nothing.
     *
     * @param before what looks found of the task so far, this one included
     */
    Step look(TaskRequest request, Onboarding onboarding, Checklist checklist, LookedAt before);
  }

  /**
   * What one call of the function came to.
   *
   * @param sight null of what is no row
   * @param again when the state has to call again; null: it may go on
   */
  record Step(Sight sight, Instant again) {
    static Step over(Sight sight) {
      return new Step(sight, null);
    }

    static Step of(Sight sight, LookedAt before, int look, Instant now) {
      int tries = before.triesIn(look);
      return sight.kind() == Sight.Kind.NOT_SEEN && tries < PAUSES.length
          ? new Step(sight, now.plus(PAUSES[tries]))
          : over(sight);
    }
  }

  /** The look of this run, if it is under way. */
  static Optional<LookSchedule> current(FunctionContext context, Onboarding onboarding, int run) {
    return run <= onboarding.run() || onboarding.state() != Onboarding.State.SIGNED_OFF
        ? Optional.empty()
        : context.looks().schedule(onboarding.id()).filter(looks -> looks.isOf(run));
  }

  /** Takes part in the look, and has its state go on or call again. */
  void take(TaskRequest request, Onboarding onboarding, Body body, Log log) {
    LookedAt.State state = new LookedAt.State(request.entered(), request.retry(), request.token());
    LookedAt before = context.looks().looked(onboarding.id(), request.key());
    if (before.isAheadOf(request.run(), state)) {
      log.say("turned away: a newer attempt has looked, or the same one");
      return;
    }
    Checklist checklist = context.checklist(onboarding);
    Step step = body.look(request, onboarding, checklist, before);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        context
            .looks()
            .save(
                onboarding.id(),
                step.again() == null
                    ? before.seen(request.run(), step.sight(), state, context.clock().instant())
                    : before.again(request.run(), step.sight(), state, step.again()));
        log.say("looked, after go-live: " + (step.sight() == null ? "-" : step.sight().kind()));
        return;
      } catch (LostRaceException e) {
        before = context.looks().looked(onboarding.id(), request.key());
        if (before.isAheadOf(request.run(), state)) {
          log.say("a newer attempt has looked");
          return;
        }
      }
    }
    throw new Slipway.Unavailable("dynamodb");
  }
}

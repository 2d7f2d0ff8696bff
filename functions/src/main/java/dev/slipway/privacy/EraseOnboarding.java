package dev.slipway.privacy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.Onboarding;
import dev.slipway.log.Log;
import dev.slipway.log.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes secrets and personal data from the onboardings whose time has come, on a schedule. One that
 * fails keeps no other; the next call goes on with it.
 *
 * <p>Takes anything as the order to look; answers {@code {"ended": n, "erased": n, "failed": n,
 * "next": t}}: when the next one is to be erased, or null.
 */
public final class EraseOnboarding implements RequestStreamHandler {
  private static final Actor ACTOR = Actor.system("erase-onboarding");

  private final FunctionContext context;

  /** For Lambda. */
  public EraseOnboarding() {
    this(FunctionContext.lambda());
  }

  public EraseOnboarding(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    Log log = Log.of(lambda);
    try {
      Json.MAPPER.writeValue(output, erase(log));
    } catch (Throwable e) {
      log.trouble("nothing more could be erased", e);
      throw e;
    }
  }

  private ObjectNode erase(Log log) {
    int ended = 0;
    int erased = 0;
    int failed = 0;
    Instant next = null;
    for (Onboarding.State state :
        List.of(Onboarding.State.CANCELLED, Onboarding.State.SIGNED_OFF)) {
      for (String id : context.onboardings().in(state)) {
        // Every throwable, a stack overflow included, concerns this onboarding alone.
        try {
          Onboarding onboarding = context.onboardings().find(id).orElseThrow();
          if (!onboarding.isToBeErased()) {
            continue;
          }
          ended++;
          Optional<Instant> later = look(onboarding);
          erased += later.isEmpty() ? 1 : 0;
          next = later.filter(earlierThan(next)).orElse(next);
        } catch (Throwable e) {
          failed++;
          next = context.clock().instant();
          log.with("onboarding", id).trouble("not erased yet", e);
        }
      }
    }
    new Metrics(context.value("SLIPWAY_STACK").orElse("slipway"))
        .count(Metrics.SKIPPED, failed)
        .write(log, context.clock().instant());
    return Json.MAPPER
        .createObjectNode()
        .put("ended", ended)
        .put("erased", erased)
        .put("failed", failed)
        .put("next", next == null ? null : next.toString());
  }

  private static Predicate<Instant> earlierThan(Instant other) {
    return time -> other == null || time.isBefore(other);
  }

  /** Erases if it is time; answers when it will be otherwise. */
  private Optional<Instant> look(Onboarding onboarding) {
    if (onboarding.eraseAt() == null) {
      // It ended before a date was stated at the end: it is stated now.
      Instant time = context.clock().instant().plus(Retention.of(context));
      context
          .onboardings()
          .save(onboarding, onboarding.erasingAt(time), ACTOR, "onboarding.erasure-set", null);
      return Optional.of(time);
    }
    if (context.clock().instant().isBefore(onboarding.eraseAt())) {
      return Optional.of(onboarding.eraseAt());
    }
    Optional<LookSchedule> looks = context.looks().schedule(onboarding.id());
    if (looks.filter(LookSchedule::isUnderWay).isPresent()) {
      // Wake stops it first: what is erased is not written again by a look that is late.
      context.looks().save(onboarding.id(), looks.get().halting(), ACTOR, "look.halted", null);
      return Optional.of(context.clock().instant());
    }
    new Erasure(context, ACTOR)
        .erase(
            onboarding,
            context.checklists().get(onboarding.checklist(), onboarding.checklistVersion()));
    return Optional.empty();
  }
}

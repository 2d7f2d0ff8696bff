package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.NewerItemException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.TaskWithin;
import dev.slipway.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Runs one attempt at a task: claims the task, has the attempt made, and commits the result, only
 * if the claim is still its own. This class never speaks to Step Functions; Wake does.
 */
final class Attempts {
  /** Longer than a function that timed out lives on. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private static final int TRIES = 50;

  private final FunctionContext context;

  Attempts(FunctionContext context) {
    this.context = context;
  }

  /** The attempt itself, made under the claim. */
  interface Body {
    Result attempt(
        TaskRequest request, Onboarding onboarding, Checklist checklist, TaskRecord task);
  }

  /**
   * Runs an attempt.
   *
   * @param look instead, of a run after the sign-off
   * @throws Slipway.Busy while another attempt is at work
   * @throws Slipway.Unavailable if AWS did not answer, or a newer version of Slipway has to
   * @throws IllegalArgumentException if the payload is not one of a task's state
   */
  void run(InputStream payload, Context lambda, Body body, LaterLooks.Body look)
      throws IOException {
    TaskRequest request = TaskRequest.read(payload);
    Log log =
        Log.of(lambda)
            .with("onboarding", request.onboarding())
            .with("run", request.run())
            .with("task", request.key().toString())
            .with("attempt", request.attempt());
    try {
      run(request, Duration.ofMillis(lambda.getRemainingTimeInMillis()), body, look, log);
    } catch (Slipway.Busy e) {
      log.say("another attempt is at work");
      throw e;
    } catch (SdkException e) {
      log.trouble("AWS did not answer", e);
      throw new Slipway.Unavailable(service(e));
    } catch (NewerItemException e) {
      // The state tries again for hours, so that there is time to deploy the newer version again.
      log.trouble("a newer version of Slipway wrote what this one does not know", e);
      throw new Slipway.Unavailable("ledger");
    } catch (Throwable e) {
      log.trouble("the attempt failed", e);
      throw e;
    }
  }

  private static String service(SdkException e) {
    return e instanceof AwsServiceException answered && answered.awsErrorDetails() != null
        ? answered.awsErrorDetails().serviceName()
        : "AWS";
  }

  private void run(
      TaskRequest request, Duration remaining, Body body, LaterLooks.Body look, Log log) {
    TaskWithin read = context.tasks().within(request.onboarding(), request.key());
    Onboarding onboarding =
        read.onboarding()
            .orElseThrow(() -> new IllegalArgumentException("onboardingId: no such onboarding"));
    if (LaterLooks.current(context, onboarding, request.run()).isPresent()) {
      new LaterLooks(context).take(request, onboarding, look, log);
      return;
    }
    if (onboarding.run() != request.run()) {
      log.say("of an old run: only run " + onboarding.run() + " counts");
      return;
    }
    Optional<TaskRecord> claimed = claim(request, read.task(), remaining, log);
    if (claimed.isEmpty()) {
      return;
    }
    Instant from = context.clock().instant();
    Result result;
    try {
      Checklist checklist = context.checklist(onboarding);
      Result found = body.attempt(request, onboarding, checklist, claimed.get());
      result =
          found.with(
              new FailureAssignment(checklist)
                  .assigned(
                      claimed.get().outcome(),
                      found.outcome(),
                      found.toMend(),
                      context.clock().instant()));
    } catch (Throwable e) {
      release(request, claimed.get().claim().id());
      throw e;
    }
    commit(request, claimed.get(), from, result, log);
  }

  private Optional<TaskRecord> claim(
      TaskRequest request, TaskRecord read, Duration remaining, Log log) {
    Claim mine =
        new Claim(
            UUID.randomUUID().toString(),
            request.run(),
            request.entered(),
            request.retry(),
            request.token(),
            0,
            null,
            request.execution());
    for (int attempt = 0; attempt < TRIES; attempt++) {
      TaskRecord before =
          attempt == 0 ? read : context.tasks().of(request.onboarding(), request.key());
      if (before.isClaimedBy(mine.id())) {
        // The claim was written, the answer was lost, and a request was written over it meanwhile.
        return Optional.of(before);
      }
      switch (before.claim(mine, context.clock().instant(), remaining.plus(LEASE_MARGIN))) {
        case TaskRecord.ClaimAnswer.TurnedAway turnedAway -> {
          log.say("turned away: " + turnedAway.why());
          return Optional.empty();
        }
        case TaskRecord.ClaimAnswer.Busy busy -> throw new Slipway.Busy(busy.until());
        case TaskRecord.ClaimAnswer.Granted granted -> {
          try {
            context.tasks().save(request.onboarding(), before, granted.record());
            return Optional.of(granted.record());
          } catch (LostRaceException e) {
            // A request or another claim came between: look again.
          }
        }
      }
    }
    throw new Slipway.Unavailable("dynamodb");
  }

  /** Commits over the record that was claimed, or over what was written meanwhile. */
  private void commit(
      TaskRequest request, TaskRecord claimed, Instant from, Result result, Log log) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      TaskRecord before =
          attempt == 0 ? claimed : context.tasks().of(request.onboarding(), request.key());
      if (!before.isClaimedBy(claimed.claim().id())) {
        log.say("a newer attempt took over: its outcome counts");
        return;
      }
      TaskRecord after =
          before.commit(
              result.outcome(),
              result.fingerprint(),
              result.performed(),
              context.clock().instant());
      Optional<Attempt> made =
          result.performed()
              ? Optional.of(
                  new Attempt(
                      request.key(),
                      after.attempts(),
                      request.run(),
                      from,
                      context.clock().instant(),
                      result.outcome()))
              : Optional.empty();
      try {
        context
            .tasks()
            .commit(
                request.onboarding(),
                before,
                after,
                made,
                result.judged(),
                Actor.system(request.key().task()));
        log.write(
            JsonNodeFactory.instance
                .objectNode()
                .put("message", result.performed() ? "performed" : "used an earlier result")
                .put("outcome", after.state())
                .put("performed", after.attempts())
                .put("milliseconds", Duration.between(from, context.clock().instant()).toMillis()));
        return;
      } catch (LostRaceException e) {
        if (e.getMessage().startsWith("ANSWER#")) {
          throw new IllegalStateException("an answer under judgement was changed", e);
        }
        if (context
            .onboardings()
            .find(request.onboarding())
            .filter(onboarding -> onboarding.state() == Onboarding.State.SIGNED_OFF)
            .isPresent()) {
          log.say("was signed off meanwhile: nothing changes it");
          return;
        }
        // A request came between: commit over it, so that Wake sees both.
      }
    }
    throw new Slipway.Unavailable("dynamodb");
  }

  private void release(TaskRequest request, String claimId) {
    try {
      TaskRecord before = context.tasks().of(request.onboarding(), request.key());
      if (before.isClaimedBy(claimId)) {
        context.tasks().save(request.onboarding(), before, before.release());
      }
    } catch (LostRaceException | SdkException e) {
      // The lease ends by itself.
    }
  }
}

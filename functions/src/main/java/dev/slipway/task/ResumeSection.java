package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Step;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The state after a section's execution that ended early: notes why, and waits until an engineer
 * retries the section, so that one section never takes its siblings down. A section that a person
 * stopped waits here until a person starts it again.
 */
public final class ResumeSection implements RequestStreamHandler {
  private static final Duration PAUSE_IN_LOOKS = Duration.ofMinutes(15);

  private final FunctionContext context;

  /** For Lambda. */
  public ResumeSection() {
    this(FunctionContext.lambda());
  }

  public ResumeSection(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    new Attempts(context).run(input, lambda, this::look, this::again);
  }

  private Result look(
      TaskRequest request, Onboarding onboarding, Checklist checklist, TaskRecord task) {
    TaskRequest.Failure failure =
        request.failure() == null ? new TaskRequest.Failure("", "") : request.failure();
    Optional<Decision> stop =
        context
            .decisions()
            .find(onboarding.id(), request.key())
            .filter(decision -> decision.kind() == Decision.Kind.STOP);
    if (stop.isPresent()) {
      return new Result(stopped(stop.get(), request, failure), null, true, List.of());
    }
    // Stopped, and started again meanwhile.
    boolean wasStopped = failure.cause().contains(Onboarding.STOPPED_ERROR);
    if (task.performAgain() || wasStopped) {
      return new Result(new Outcome.Done(List.of()), null, true, List.of());
    }
    SectionEnd end = SectionEnd.of(failure);
    return new Result(
        new Outcome.Failed(
            new Problem(
                "slipway.section-interrupted",
                "step-functions",
                null,
                end.message(),
                "Mend the cause: "
                    + end.whereToLook(request)
                    + ". Then retry `"
                    + request.key()
                    + "`: the section goes on with what is not done."),
            null,
            List.of()),
        null,
        true,
        List.of());
  }

  /** In a look after go-live nobody retries a section that ended early: it goes on by itself. */
  private LaterLooks.Step again(
      TaskRequest request, Onboarding onboarding, Checklist checklist, LookedAt before) {
    boolean hasPaused = before.run() == request.run() && request.entered().equals(before.entered());
    return new LaterLooks.Step(
        null, hasPaused ? null : context.clock().instant().plus(PAUSE_IN_LOOKS));
  }

  private Outcome.Waiting stopped(Decision stop, TaskRequest request, TaskRequest.Failure failure) {
    String section = request.key().task().replaceFirst("\\.resume$", "");
    return new Outcome.Waiting(
        Party.VENDOR,
        null,
        List.of(),
        "%s stopped the section (%s). Start it again with `slipway start %s --section %s`: it goes on with what is not done."
            .formatted(stop.by(), stop.reason(), request.onboarding(), section),
        "The section runs again.",
        stop.at().plus(Step.usualTime()),
        null,
        null,
        // The section may have failed before it was stopped: the error is kept.
        List.of(
            new Evidence(
                "section.ended",
                Evidence.Place.HANDLER,
                context.clock().instant(),
                section,
                SectionEnd.of(failure).message(),
                null,
                false)));
  }
}

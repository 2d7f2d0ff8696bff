package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Takes note of why a section's execution ended early, and waits until an engineer asks for it to
 * be tried again, so that one section never takes its siblings down.
 */
public final class ResumeSection implements RequestStreamHandler {
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
    new Attempts(context).run(input, lambda, ResumeSection::look);
  }

  private static Result look(
      TaskRequest request, Onboarding onboarding, Checklist checklist, TaskRecord task) {
    if (task.performAgain()) {
      return new Result(new Outcome.Done(List.of()), null, true, List.of());
    }
    TaskRequest.Failure failure =
        request.failure() == null ? new TaskRequest.Failure("", "") : request.failure();
    return new Result(
        new Outcome.Failed(
            new Problem(
                "slipway.section-interrupted",
                "step-functions",
                null,
                "The section ended with " + failure.error() + ": " + failure.cause(),
                "Mend the cause, then retry `"
                    + request.key()
                    + "`: the section goes on with what is not done."),
            null,
            List.of()),
        null,
        true,
        List.of());
  }
}

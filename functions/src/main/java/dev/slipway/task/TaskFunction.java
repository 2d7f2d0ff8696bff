package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.context.FunctionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The Lambda function of one checklist task. A subclass says what is particular to the task, and
 * nothing else.
 *
 * <p>Takes {@code {"onboardingId", "run", "task", "instance"?, "entered", "retry", "taskToken"}}
 * and answers nothing: the outcome goes to the ledger, and from there Wake answers the token.
 */
public abstract class TaskFunction implements RequestStreamHandler {
  private final FunctionContext context;

  protected TaskFunction(FunctionContext context) {
    this.context = context;
  }

  /**
   * Goes through the task's steps. Performed any number of times, the world is as after once: each
   * step looks before it acts.
   */
  protected abstract void perform(Work work);

  /** Looks, and changes nothing, whether the task is accomplished; gives proof of it. */
  protected abstract void verify(Work work);

  /**
   * Puts back what stood there before the task changed it, as it noted that; performed any number
   * of times, the world is as after once. Without a handler's own, a person does it.
   *
   * @param request names this one among others, for notes
   */
  protected void putBack(Work work, String request) {
    throw new Unmet(
        "put-back.by-person",
        "slipway",
        null,
        "No machine can put this task's settings back.",
        "Put them back by hand as they were noted; then retry the task, or do without it.");
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    ChecklistTask body = new ChecklistTask(context, this::perform, this::verify, this::putBack);
    new Attempts(context).run(input, lambda, body);
  }
}

package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.context.FunctionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The Lambda function of one checklist task. A subclass holds the task's steps and nothing else:
 *
 * <pre>{@code
 * public final class ConnectPortal extends TaskFunction {
 *   protected void perform(Work work) {
 *     work.step("connect-portal").about("platform.domain", "single-sign-on.portal").attested();
 *   }
 *
 *   protected void verify(Work work) {
 *     work.proof("single-sign-on", () -> portal(work).look());
 *   }
 * }
 * }</pre>
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
   * Goes through the task's steps. However often this method runs, the systems are afterwards as
   * after the first time: each step looks before it acts.
   */
  protected abstract void perform(Work work);

  /** Proves that the task is accomplished, by looks that change nothing. */
  protected abstract void verify(Work work);

  /**
   * Puts the settings back that the task noted before it changed them; may run any number of times,
   * as {@link #perform}. A handler without a method of its own leaves this to a person.
   *
   * @param request the name of this request, for notes: each request is carried out once
   */
  protected void putBack(Work work, String request) {
    throw new UnmetRequirement(
        "put-back.by-person",
        "slipway",
        null,
        "No machine can put this task's settings back.",
        "Put them back by hand as they were noted; then retry the task, or do without it.");
  }

  /**
   * Why nobody looks at the task again once it is done, before the sign-off or after go-live, in a
   * sentence, of what was there to be left behind; null: {@link #verify} is what a later look does.
   */
  protected String overForGood() {
    return null;
  }

  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    ChecklistTask body =
        new ChecklistTask(context, this::perform, this::verify, this::putBack, this.overForGood());
    new Attempts(context).run(input, lambda, body, body);
  }
}

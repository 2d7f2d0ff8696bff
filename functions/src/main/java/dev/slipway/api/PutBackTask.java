package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Note;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /onboardings/{onboarding}/tasks/{task}/put-back}: asks for the settings that a task
 * changed to be put back to what stood there before, which the task noted. The task's own handler
 * does it; afterwards the task waits until a person retries, skips or waives it.
 */
public final class PutBackTask extends ApiFunction {
  /** For Lambda. */
  public PutBackTask() {
    this(FunctionContext.lambda());
  }

  public PutBackTask(FunctionContext context) {
    super(context, TaskAction.PUT_BACK.roles());
  }

  /**
   * The answer.
   *
   * @param settings what stood there, as it was noted before each change; never a secret
   */
  record Requested(String task, String requested, String by, Map<String, JsonNode> settings) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    DecisionRequest deciding = DecisionRequest.toUndo(call);
    String reason = call.reason();
    List<Note> notes = deciding.rules().requirePutBack();
    deciding.write(
        deciding.first(Decision.Kind.PUT_BACK, reason), "task.put-back-requested", reason);
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    notes.forEach(note -> settings.put(note.name(), note.value()));
    return ApiAnswer.of(
        202,
        new Requested(
            deciding.target().key().toString(), "put-back", call.actor().name(), settings));
  }
}

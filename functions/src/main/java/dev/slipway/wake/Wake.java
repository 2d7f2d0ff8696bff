package dev.slipway.wake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.Ledger.Due;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The only function that speaks to waiting executions. The table's stream tells it which tasks and
 * onboardings to look at; on a schedule it sweeps whatever is due. Both do the same.
 *
 * <p>Takes a DynamoDB stream event and answers {@code {"batchItemFailures": […]}}, or takes
 * anything else as the order to sweep and answers {@code {"looked": n, "failed": n, "next": t}}:
 * when a sweep will find something again if nothing changes, or null.
 */
public final class Wake implements RequestStreamHandler {
  private final FunctionContext context;

  /** For Lambda. */
  public Wake() {
    this(FunctionContext.lambda());
  }

  public Wake(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    JsonNode event = Json.MAPPER.readTree(input);
    ObjectNode answer =
        event.path("Records").isArray() ? records(event.get("Records"), lambda) : sweep(lambda);
    Json.MAPPER.writeValue(output, answer);
  }

  private ObjectNode records(JsonNode records, Context lambda) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    for (JsonNode record : records) {
      JsonNode change = record.path("dynamodb");
      String partition = change.path("Keys").path("PK").path("S").asText("");
      String sort = change.path("Keys").path("SK").path("S").asText("");
      if (record.path("eventName").asText().equals("REMOVE")
          || !change.path("NewImage").has("signalDue")
          || !Due.concerns(partition, sort)) {
        continue;
      }
      if (!look(Due.of(partition, sort), lambda)) {
        failures.addObject().put("itemIdentifier", change.path("SequenceNumber").asText());
      }
    }
    return answer;
  }

  private ObjectNode sweep(Context lambda) {
    int looked = 0;
    int failed = 0;
    for (Due due : context.ledger().due()) {
      looked++;
      if (!look(due, lambda)) {
        failed++;
      }
    }
    return Json.MAPPER
        .createObjectNode()
        .put("looked", looked)
        .put("failed", failed)
        .put("next", context.ledger().nextDue().map(Instant::toString).orElse(null));
  }

  private boolean look(Due due, Context lambda) {
    try {
      if (due.task().isEmpty()) {
        runKeeper().look(due.onboarding());
      } else {
        taskWaker().look(due.onboarding(), due.task().get());
      }
      return true;
    } catch (SdkException e) {
      lambda
          .getLogger()
          .log(
              "{\"onboarding\":\"%s\",\"task\":\"%s\",\"message\":\"%s\"}\n"
                  .formatted(
                      due.onboarding(),
                      due.task().map(Object::toString).orElse(""),
                      e.getClass().getSimpleName()));
      return false;
    }
  }

  private TaskWaker taskWaker() {
    return new TaskWaker(
        context.ledger(),
        context.checklists(),
        new StepFunctionsSignaller(context.stepFunctions()));
  }

  private RunKeeper runKeeper() {
    Ledger ledger = context.ledger();
    return new RunKeeper(
        ledger,
        new Executions(
            context.stepFunctions(),
            checklist ->
                context.required(
                    "SLIPWAY_ONBOARDING_" + checklist.toUpperCase(Locale.ROOT).replace('-', '_'))));
  }
}

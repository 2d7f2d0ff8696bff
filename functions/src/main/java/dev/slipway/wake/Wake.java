package dev.slipway.wake;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Signals;
import dev.slipway.ledger.Signals.Due;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.ledger.Tasks;
import dev.slipway.log.Log;
import dev.slipway.log.Metrics;
import dev.slipway.report.Addenda;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The only function that speaks to waiting executions. The table's stream tells it which tasks,
 * onboardings and orders of the outbox to look at; on a schedule it sweeps all that are due. Both
 * do the same.
 *
 * <p>Takes a DynamoDB stream event and answers {@code {"batchItemFailures": […]}}, or takes
 * anything else as the order to sweep and answers {@code {"looked": n, "failed": n, "next": t}}:
 * the time at which a sweep finds a due item again if nothing changes, or null.
 */
public final class Wake implements RequestStreamHandler {
  /** No two machines' clocks differ by more. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

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
    Log log = Log.of(lambda);
    try {
      JsonNode event = Json.MAPPER.readTree(input);
      ObjectNode answer =
          event.path("Records").isArray() ? records(event.get("Records"), log) : sweep(log);
      Json.MAPPER.writeValue(output, answer);
    } catch (Throwable e) {
      log.trouble("nothing more could be looked at", e);
      throw e;
    }
  }

  private ObjectNode records(JsonNode records, Log log) {
    // Of several changes of one item the last one says all.
    Map<Due, JsonNode> changes = new LinkedHashMap<>();
    for (JsonNode record : records) {
      JsonNode change = record.path("dynamodb");
      String partition = change.path("Keys").path("PK").path("S").asText("");
      String sort = change.path("Keys").path("SK").path("S").asText("");
      if (!record.path("eventName").asText().equals("REMOVE") && Due.concerns(partition, sort)) {
        changes.put(Due.of(partition, sort), change);
      }
    }
    // What is due later is left to the sweep: a wait's end, and whether a decision was sent.
    Instant by = context.clock().instant().plus(CLOCKS_DIFFER);
    ObjectNode answer = Json.MAPPER.createObjectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    Standing standing = standing();
    changes.forEach(
        (due, change) -> {
          JsonNode image = change.path("NewImage");
          if (Signals.isDue(image, by) && !look(due, Optional.of(image), standing, log)) {
            failures.addObject().put("itemIdentifier", change.path("SequenceNumber").asText());
          }
        });
    return answer;
  }

  private ObjectNode sweep(Log log) {
    Instant now = context.clock().instant();
    List<Signals.DueSince> signals = context.signals().since();
    int failed = 0;
    for (Signals.DueSince signal : signals) {
      if (!look(signal.due(), Optional.empty(), standing(), log)) {
        failed++;
      }
    }
    // An item that the stream has just told is due for a moment only: the age says whether Wake is
    // behind.
    Duration oldest =
        signals.isEmpty() ? Duration.ZERO : Duration.between(signals.getFirst().since(), now);
    new Metrics(context.value("SLIPWAY_STACK").orElse("slipway"))
        .count("SignalsDue", signals.size())
        .count("SignalsFailed", failed)
        .seconds("OldestSignalAge", oldest)
        .write(log, now);
    return Json.MAPPER
        .createObjectNode()
        .put("looked", signals.size())
        .put("failed", failed)
        .put("next", context.signals().next().map(Instant::toString).orElse(null));
  }

  /** As many events as a section's history may have; a test sets fewer. */
  private int mostEvents() {
    return context.value("SLIPWAY_HISTORY_EVENTS").map(Integer::valueOf).orElse(HistoryKeeper.MOST);
  }

  /**
   * One that cannot be looked at, for any reason, keeps none of the others from it.
   *
   * @param image the item as the stream tells it, if it does
   */
  private boolean look(Due due, Optional<JsonNode> image, Standing standing, Log log) {
    Log its = log.with("onboarding", due.onboarding());
    try {
      switch (due) {
        case Due.Run run -> runKeeper(its).look(run.onboarding());
        case Due.OfTask task -> {
          new SectionKeeper(
                  context.decisions(), context.onboardings(), context.tasks(), its, executions())
              .look(task.onboarding(), task.key());
          TaskRecord seen =
              image
                  .map(Tasks::told)
                  .orElseGet(() -> context.tasks().of(task.onboarding(), task.key()));
          new HistoryKeeper(context.onboardings(), context.tasks(), mostEvents(), its)
              .look(task.onboarding(), seen);
          taskWaker(standing, its).look(task.onboarding(), seen);
        }
        case Due.Looks looks -> lookKeeper(its).look(looks.onboarding());
        case Due.Looked looked -> lookKeeper(its).answer(looked.onboarding(), looked.key());
        case Due.Order order -> context.outbox().workOff(order.onboarding(), order.id());
      }
      return true;
    } catch (Throwable e) {
      (due instanceof Due.OfTask task ? its.with("task", task.key().toString()) : its)
          .trouble("could not be looked at", e);
      return false;
    }
  }

  private Standing standing() {
    return new Standing(context.onboardings(), context.elements());
  }

  private TaskWaker taskWaker(Standing standing, Log log) {
    return new TaskWaker(
        standing,
        context.requests(),
        context.tasks(),
        context.clock(),
        context::checklist,
        new StepFunctionsSignaller(context.stepFunctions()),
        log);
  }

  private LookKeeper lookKeeper(Log log) {
    return new LookKeeper(
        context.onboardings(),
        context.looks(),
        new Addenda(context),
        context.clock(),
        executions(),
        new StepFunctionsSignaller(context.stepFunctions()),
        log);
  }

  private RunKeeper runKeeper(Log log) {
    return new RunKeeper(context.onboardings(), context.clock(), log, executions());
  }

  private Executions executions() {
    return new Executions(
        context.stepFunctions(),
        checklist ->
            context.required(
                "SLIPWAY_ONBOARDING_" + checklist.toUpperCase(Locale.ROOT).replace('-', '_')));
  }
}

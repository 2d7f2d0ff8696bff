package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.NewerItemException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.log.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A section's second state, of a section whose tasks have instances: says what its Maps fan out
 * over.
 *
 * <p>Takes {@code {"onboardingId", "run", "section"}} and answers each dimension's keys in their
 * order, {@code {"environment": ["uat", "production"], "tenant": ["uat.acme"]}}: names only. An
 * instance that the elements no longer name is among them while its task is open, so that its
 * handler can end it.
 */
public final class FanOut implements RequestStreamHandler {
  private final FunctionContext context;

  /** For Lambda. */
  public FanOut() {
    this(FunctionContext.lambda());
  }

  public FanOut(FunctionContext context) {
    this.context = context;
  }

  /**
   * Answers the keys.
   *
   * @throws Slipway.StaleRun if the run is not the current one
   * @throws Slipway.Unavailable if AWS did not answer, or a newer version of Slipway has to
   * @throws IllegalArgumentException if the onboarding or the section does not exist
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    JsonNode payload = Json.MAPPER.readTree(input);
    String id = payload.path("onboardingId").asText("");
    int run = payload.path("run").asInt(0);
    String section = payload.path("section").asText("");
    Log log = Log.of(lambda).with("onboarding", id).with("run", run);
    try {
      Map<String, SequencedSet<String>> keys = keys(id, run, section);
      log.say("section " + section + " has " + keys);
      Json.MAPPER.writeValue(output, keys);
    } catch (SdkException | NewerItemException e) {
      log.trouble("the instances are not known yet", e);
      throw new Slipway.Unavailable("ledger");
    } catch (Throwable e) {
      log.trouble("the section cannot be fanned out", e);
      throw e;
    }
  }

  private Map<String, SequencedSet<String>> keys(String id, int run, String sectionId) {
    Onboarding onboarding =
        context
            .onboardings()
            .find(id)
            .orElseThrow(() -> new IllegalArgumentException("onboardingId: no such onboarding"));
    if (onboarding.run() != run && LaterLooks.current(context, onboarding, run).isEmpty()) {
      throw new Slipway.StaleRun(run, onboarding.run());
    }
    Checklist checklist = context.checklist(onboarding);
    Checklist.Section section =
        checklist
            .section(sectionId)
            .orElseThrow(() -> new IllegalArgumentException("section: no such section"));
    return keys(
        new Instances(checklist, context.elements().values(id)),
        section,
        context.tasks().ofSection(id, sectionId));
  }

  private static Map<String, SequencedSet<String>> keys(
      Instances instances, Checklist.Section section, List<TaskRecord> records) {
    Map<String, SequencedSet<String>> keys = new LinkedHashMap<>();
    for (Task task : section.tasks()) {
      if (task.per() != null && !task.planned()) {
        SequencedSet<String> of = keys.computeIfAbsent(task.per(), per -> new LinkedHashSet<>());
        instances.of(task).stream().map(TaskKey::instance).forEach(of::add);
      }
    }
    for (TaskRecord record : records) {
      section.tasks().stream()
          .filter(task -> task.id().equals(record.key().task()) && keys.containsKey(task.per()))
          .filter(task -> !instances.has(record.key()) && !record.isSettledFinally())
          .forEach(task -> keys.get(task.per()).add(record.key().instance()));
    }
    return keys;
  }
}

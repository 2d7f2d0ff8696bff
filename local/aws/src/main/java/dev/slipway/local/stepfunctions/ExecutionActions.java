package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.ExecutionStatus;
import dev.slipway.local.aws.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The actions that concern executions. */
final class ExecutionActions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_INPUT_BYTES = 262_144;
  private static final Duration REDRIVABLE_FOR = Duration.ofDays(14);
  private static final List<String> STATUSES =
      List.of("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE");
  private static final Set<String> DATA = Set.of("input", "output", "parameters", "resultSelector");

  private final Executions executions;
  private final MachineActions machines;
  private final MachineStore store;
  private final InstantSource clock;

  ExecutionActions(
      Executions executions, MachineActions machines, MachineStore store, InstantSource clock) {
    this.executions = executions;
    this.machines = machines;
    this.store = store;
    this.clock = clock;
  }

  JsonNode start(JsonNode request) {
    var machine = machines.find(request);
    var name =
        Requests.name(
            Requests.optional(request, "name").orElseGet(() -> UUID.randomUUID().toString()));
    var text = Requests.optional(request, "input").orElse("{}");
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_INPUT_BYTES) {
      throw invalidInput("the input exceeds the maximum of " + MOST_INPUT_BYTES + " bytes");
    }
    var input = Requests.json(text).orElseThrow(() -> invalidInput(text));
    var entry = executions.start(machine, name, text, input, Optional.empty());
    return NODES
        .objectNode()
        .put("executionArn", entry.header().arn())
        .put("startDate", Requests.seconds(entry.header().startDate()));
  }

  private static AwsException invalidInput(String what) {
    return new AwsException(
        "InvalidExecutionInput", "Invalid State Machine Execution Input: '%s'".formatted(what));
  }

  private ExecutionEntry find(JsonNode request) {
    var arn = Requests.required(request, "executionArn");
    if (!arn.contains(":execution:")) {
      throw Failures.invalidArn(arn);
    }
    return executions.find(arn).orElseThrow(() -> Failures.noExecution(arn));
  }

  JsonNode describe(JsonNode request) {
    var entry = find(request);
    var state = entry.state();
    var answer = summary(entry);
    answer.put("input", entry.header().input());
    answer.putObject("inputDetails").put("included", true);
    state.output().ifPresent(output -> answer.put("output", output));
    if (state.output().isPresent()) {
      answer.putObject("outputDetails").put("included", true);
    }
    // Of a timeout the service tells in the history only.
    if (state.status() != ExecutionStatus.TIMED_OUT) {
      state.error().ifPresent(error -> answer.put("error", error));
      state.cause().ifPresent(cause -> answer.put("cause", cause));
    }
    var obstacle = redriveObstacle(entry);
    answer.put("redriveStatus", obstacle.isEmpty() ? "REDRIVABLE" : "NOT_REDRIVABLE");
    obstacle.ifPresent(reason -> answer.put("redriveStatusReason", reason));
    return answer;
  }

  private static ObjectNode summary(ExecutionEntry entry) {
    var state = entry.state();
    var summary =
        NODES
            .objectNode()
            .put("executionArn", entry.header().arn())
            .put("stateMachineArn", entry.header().stateMachineArn())
            .put("name", entry.header().name())
            .put("status", state.status().name())
            .put("startDate", Requests.seconds(entry.header().startDate()));
    state.stopDate().ifPresent(date -> summary.put("stopDate", Requests.seconds(date)));
    summary.put("redriveCount", state.redriveCount());
    state.redriveDate().ifPresent(date -> summary.put("redriveDate", Requests.seconds(date)));
    return summary;
  }

  private Optional<String> redriveObstacle(ExecutionEntry entry) {
    var state = entry.state();
    if (state.running() || state.status() == ExecutionStatus.SUCCEEDED) {
      return Optional.of("Execution is %s and cannot be redriven".formatted(state.status().name()));
    }
    var age = Duration.between(entry.header().startDate(), clock.instant());
    return age.compareTo(REDRIVABLE_FOR) > 0
        ? Optional.of("Execution has exceeded the redrivable period of 14 days")
        : Optional.empty();
  }

  JsonNode list(JsonNode request) {
    var machine = machines.find(request);
    var status = Requests.choice(request, "statusFilter", STATUSES);
    var redriven = Requests.choice(request, "redriveFilter", List.of("REDRIVEN", "NOT_REDRIVEN"));
    var matching =
        executions.of(machine.arn()).stream()
            .filter(entry -> status.isEmpty() || status.get().equals(entry.state().status().name()))
            .filter(entry -> redriveFilter(redriven.orElse(""), entry))
            .toList();
    var page = Requests.Page.of(matching, request, (entry, index) -> entry.header().arn());
    var answer = NODES.objectNode();
    var list = answer.putArray("executions");
    page.items().forEach(entry -> list.add(summary(entry)));
    page.nextToken().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  private static boolean redriveFilter(String filter, ExecutionEntry entry) {
    return switch (filter) {
      case "REDRIVEN" -> entry.state().redriveCount() > 0;
      case "NOT_REDRIVEN" -> entry.state().redriveCount() == 0;
      default -> true;
    };
  }

  JsonNode stop(JsonNode request) {
    var entry = find(request);
    executions.stop(
        entry,
        Requests.atMost(request, "error", 256).orElse(null),
        Requests.atMost(request, "cause", 32_768).orElse(null));
    return NODES
        .objectNode()
        .put("stopDate", Requests.seconds(entry.state().stopDate().orElseGet(clock::instant)));
  }

  JsonNode redrive(JsonNode request) {
    var entry = find(request);
    var obstacle = redriveObstacle(entry);
    if (obstacle.isPresent() || !executions.redrive(entry)) {
      throw new AwsException(
          "ExecutionNotRedrivable", obstacle.orElse("Execution cannot be redriven"));
    }
    return NODES
        .objectNode()
        .put(
            "redriveDate", Requests.seconds(entry.state().redriveDate().orElseGet(clock::instant)));
  }

  JsonNode history(JsonNode request) {
    var entry = find(request);
    var events = new ArrayList<>(entry.log().events());
    if (request.path("reverseOrder").asBoolean()) {
      Collections.reverse(events);
    }
    var page = Requests.Page.of(events, request, (event, index) -> String.valueOf(index));
    boolean withData = request.path("includeExecutionData").asBoolean(true);
    var answer = NODES.objectNode();
    var list = answer.putArray("events");
    page.items().forEach(event -> list.add(withData ? event : withoutData(event)));
    page.nextToken().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  private static JsonNode withoutData(JsonNode event) {
    ObjectNode copy = event.deepCopy();
    for (Map.Entry<String, JsonNode> entry : List.copyOf(copy.properties())) {
      if (entry.getValue() instanceof ObjectNode details) {
        details.remove(DATA);
      }
    }
    return copy;
  }

  JsonNode describeMachine(JsonNode request) {
    var entry = find(request);
    var header = entry.header();
    var answer = NODES.objectNode();
    answer.put("stateMachineArn", header.stateMachineArn());
    answer.put("name", header.stateMachineName());
    answer.put("definition", store.definition(header.definitionHash()).text());
    answer.put("roleArn", header.roleArn());
    answer.put("updateDate", Requests.seconds(header.startDate()));
    answer.putObject("loggingConfiguration").put("level", "OFF").put("includeExecutionData", false);
    answer.putObject("tracingConfiguration").put("enabled", false);
    return answer;
  }
}

package dev.slipway.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.asl.definition.DefinitionException;
import dev.slipway.local.asl.definition.UnsupportedFeatureException;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.template.Stack;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Predicate;

/** The actions that concern state machines. */
final class MachineActions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final MachineStore machines;
  private final Stack stack;
  private final InstantSource clock;
  private final Predicate<String> performed;

  /**
   * @param performed whether tasks of a resource can be performed here
   */
  MachineActions(
      MachineStore machines, Stack stack, InstantSource clock, Predicate<String> performed) {
    this.machines = machines;
    this.stack = stack;
    this.clock = clock;
    this.performed = performed;
  }

  JsonNode create(JsonNode request) {
    var name = Requests.name(Requests.required(request, "name"));
    var definition = definition(Requests.required(request, "definition"));
    var roleArn = Requests.required(request, "roleArn");
    var type = Requests.optional(request, "type").orElse("STANDARD");
    var arn = stack.arn("states", "stateMachine:" + name);
    if (!request.path("tags").isEmpty()) {
      throw new AwsException("ValidationException", "not available locally: tags");
    }
    var other = machines.find(arn);
    if (other.isPresent()) {
      if (!other.get().definition().hash().equals(definition.hash())
          || !other.get().type().equals(type)) {
        throw new AwsException(
            "StateMachineAlreadyExists", "State Machine Already Exists: '%s'".formatted(arn));
      }
      return created(other.get());
    }
    var machine =
        new DefinedMachine(
            arn,
            name,
            definition,
            roleArn,
            type,
            logging(request, NODES.objectNode()),
            clock.instant(),
            UUID.randomUUID().toString());
    machines.put(machine);
    return created(machine);
  }

  private static ObjectNode created(DefinedMachine machine) {
    return NODES
        .objectNode()
        .put("stateMachineArn", machine.arn())
        .put("creationDate", Requests.seconds(machine.created()));
  }

  private static JsonNode logging(JsonNode request, JsonNode otherwise) {
    return request.hasNonNull("loggingConfiguration")
        ? request.get("loggingConfiguration")
        : otherwise;
  }

  /** Parses and checks that the tasks can be performed. */
  private Definition definition(String text) {
    try {
      var definition = machines.parse(text);
      refuseUnknownResources(definition.stateMachine().definition());
      return definition;
    } catch (DefinitionException e) {
      throw new AwsException("InvalidDefinition", e.getMessage());
    } catch (UnsupportedFeatureException e) {
      throw new AwsException(
          "InvalidDefinition", "Invalid State Machine Definition: '" + e.getMessage() + "'");
    }
  }

  private void refuseUnknownResources(JsonNode node) {
    if (node.isObject()
        && node.path("Type").asText().equals("Task")
        && node.path("Resource").isTextual()
        && !performed.test(node.get("Resource").textValue())) {
      throw new UnsupportedFeatureException(
          "the resource %s (lambda:invoke and states:startExecution are)"
              .formatted(node.get("Resource").textValue()),
          "");
    }
    node.forEach(this::refuseUnknownResources);
  }

  JsonNode update(JsonNode request) {
    var machine = find(request);
    var text = Requests.optional(request, "definition");
    var updated =
        new DefinedMachine(
            machine.arn(),
            machine.name(),
            text.isPresent() ? definition(text.get()) : machine.definition(),
            Requests.optional(request, "roleArn").orElse(machine.roleArn()),
            machine.type(),
            logging(request, machine.logging()),
            machine.created(),
            UUID.randomUUID().toString());
    machines.put(updated);
    return NODES
        .objectNode()
        .put("updateDate", Requests.seconds(clock.instant()))
        .put("revisionId", updated.revisionId());
  }

  /** As a deployment does: creates the state machine or brings it up to date. */
  void deploy(String name, String definition, String type, JsonNode logging) {
    var arn = stack.arn("states", "stateMachine:" + name);
    var request =
        NODES
            .objectNode()
            .put("name", name)
            .put("stateMachineArn", arn)
            .put("definition", definition)
            .put("roleArn", "arn:aws:iam::%s:role/%s".formatted(stack.account(), name))
            .put("type", type);
    request.set("loggingConfiguration", logging);
    var before = machines.find(arn);
    if (before.isEmpty()) {
      create(request);
    } else if (!before.get().definition().text().equals(definition)) {
      update(request);
    }
  }

  /** Executions that are running go on; nothing new can be started. */
  JsonNode delete(JsonNode request) {
    machines.remove(Requests.required(request, "stateMachineArn"));
    return NODES.objectNode();
  }

  JsonNode list(JsonNode request) {
    var page = Requests.Page.of(machines.all(), request, (machine, index) -> machine.arn());
    var answer = NODES.objectNode();
    var list = answer.putArray("stateMachines");
    for (var machine : page.items()) {
      list.addObject()
          .put("stateMachineArn", machine.arn())
          .put("name", machine.name())
          .put("type", machine.type())
          .put("creationDate", Requests.seconds(machine.created()));
    }
    page.nextToken().ifPresent(token -> answer.put("nextToken", token));
    return answer;
  }

  JsonNode describe(JsonNode request) {
    var machine = find(request);
    var answer = NODES.objectNode();
    answer.put("stateMachineArn", machine.arn());
    answer.put("name", machine.name());
    answer.put("status", "ACTIVE");
    answer.put("definition", machine.definition().text());
    answer.put("roleArn", machine.roleArn());
    answer.put("type", machine.type());
    answer.put("creationDate", Requests.seconds(machine.created()));
    answer.set("loggingConfiguration", withLevel(machine.logging()));
    answer.putObject("tracingConfiguration").put("enabled", false);
    answer.put("revisionId", machine.revisionId());
    return answer;
  }

  /** The template writes the members with capitals, the API without. */
  private static ObjectNode withLevel(JsonNode logging) {
    var answer = NODES.objectNode();
    answer.put("level", logging.path("level").asText(logging.path("Level").asText("OFF")));
    answer.put(
        "includeExecutionData",
        logging
            .path("includeExecutionData")
            .asBoolean(logging.path("IncludeExecutionData").asBoolean(false)));
    return answer;
  }

  DefinedMachine find(JsonNode request) {
    return find(Requests.required(request, "stateMachineArn"));
  }

  DefinedMachine find(String arn) {
    if (!arn.startsWith("arn:")) {
      throw Failures.invalidArn(arn);
    }
    return machines.find(arn).orElseThrow(() -> Failures.noStateMachine(arn));
  }

  JsonNode validate(JsonNode request) {
    var answer = NODES.objectNode();
    var diagnostics = NODES.arrayNode();
    try {
      var definition = machines.parse(Requests.required(request, "definition"));
      refuseUnknownResources(definition.stateMachine().definition());
    } catch (DefinitionException e) {
      for (var diagnostic : e.diagnostics()) {
        var told =
            diagnostics
                .addObject()
                .put("severity", "ERROR")
                .put("code", diagnostic.code())
                .put("message", diagnostic.message());
        if (diagnostic.location() != null) {
          told.put("location", diagnostic.location().isEmpty() ? "/" : diagnostic.location());
        }
      }
    } catch (UnsupportedFeatureException e) {
      diagnostics
          .addObject()
          .put("severity", "ERROR")
          .put("code", "NOT_SUPPORTED_LOCALLY")
          .put("message", e.getMessage());
    }
    answer.put("result", diagnostics.isEmpty() ? "OK" : "FAIL");
    answer.set("diagnostics", diagnostics);
    return answer.put("truncated", false);
  }
}

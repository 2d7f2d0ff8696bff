package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks over the resources of a template and hands each to the reader of its type. */
final class TemplateReader {
  private final SourceTree source;
  private final Stack stack;
  private final Intrinsics intrinsics;
  private final DefinitionReader definitions;
  private final EventReader events;
  private final PolicyReader policies;

  private final List<FunctionResource> functions = new ArrayList<>();
  private final List<StateMachineResource> stateMachines = new ArrayList<>();
  private final List<TableResource> tables = new ArrayList<>();
  private final List<KeyResource> keys = new ArrayList<>();
  private final List<AlarmResource> alarms = new ArrayList<>();
  private final List<MetricFilterResource> metricFilters = new ArrayList<>();

  TemplateReader(SourceTree source, Stack stack) {
    this.source = source;
    this.stack = stack;
    this.intrinsics = new Intrinsics(source, stack);
    this.definitions = new DefinitionReader(source);
    this.events = new EventReader(source, intrinsics);
    this.policies = new PolicyReader(source, intrinsics);
  }

  Template read() {
    var resources = source.root().path("Resources");
    if (!resources.isObject() || resources.isEmpty()) {
      throw source.problem("Resources", "there are no resources");
    }
    for (var entry : resources.properties()) {
      readResource(entry.getKey(), entry.getValue());
    }
    return new Template(
        source.file(),
        stack,
        List.copyOf(functions),
        List.copyOf(stateMachines),
        List.copyOf(tables),
        List.copyOf(keys),
        List.copyOf(alarms),
        List.copyOf(metricFilters),
        events.routes(),
        events.streams(),
        events.schedules(),
        outputs());
  }

  private void readResource(String logicalId, JsonNode resource) {
    var path = "Resources/" + logicalId;
    if (!(resource instanceof ObjectNode object) || !object.path("Type").isTextual()) {
      throw source.problem(path, "'Type' is missing");
    }
    if (object.has("Condition")
        && !intrinsics.condition(object.get("Condition").asText(), path + "/Condition")) {
      return;
    }
    switch (object.get("Type").asText()) {
      case "AWS::Serverless::Function" -> function(logicalId, object);
      case "AWS::Serverless::StateMachine" -> stateMachine(logicalId, object);
      case "AWS::DynamoDB::Table" -> table(logicalId, object);
      case "AWS::KMS::Key" -> key(logicalId, object);
      case "AWS::CloudWatch::Alarm" ->
          alarms.add(new AlarmResource(logicalId, properties(logicalId, object, null).values()));
      case "AWS::Logs::MetricFilter" ->
          metricFilters.add(
              new MetricFilterResource(logicalId, properties(logicalId, object, null).values()));
      case "AWS::Lambda::Function",
          "AWS::Lambda::EventSourceMapping",
          "AWS::StepFunctions::StateMachine",
          "AWS::Events::Rule",
          "AWS::Scheduler::Schedule",
          "AWS::Pipes::Pipe",
          "AWS::Serverless::Api" ->
          throw source.problem(
              path,
              ("resources of type '%s' do not run locally; use AWS::Serverless::Function with"
                      + " events of type HttpApi, DynamoDB or Schedule, or"
                      + " AWS::Serverless::StateMachine")
                  .formatted(object.get("Type").asText()));
      default -> {
        // Queues, log groups and roles have nothing to run here.
      }
    }
  }

  private Properties properties(String logicalId, ObjectNode resource, String globalsKey) {
    var path = "Resources/" + logicalId + "/Properties";
    JsonNode raw = resource.path("Properties");
    var own = raw.isObject() ? resolved(raw, path) : JsonNodeFactory.instance.objectNode();
    if (globalsKey == null) {
      return new Properties(source, path, own);
    }
    var globals = source.root().path("Globals").path(globalsKey);
    if (globals.isObject()) {
      own = merged(resolved(globals, "Globals/" + globalsKey), own);
    }
    return new Properties(source, path, own);
  }

  private ObjectNode resolved(JsonNode raw, String path) {
    // Events are resolved by their own reader, for they may refer to what is not known here.
    return (ObjectNode) intrinsics.resolve(raw, path).orElseThrow();
  }

  /** As SAM merges: maps deeply, lists one after the other, the resource's own values win. */
  private static ObjectNode merged(ObjectNode globals, ObjectNode own) {
    var result = globals.deepCopy();
    for (var entry : own.properties()) {
      var global = result.get(entry.getKey());
      if (global instanceof ObjectNode map && entry.getValue() instanceof ObjectNode ownMap) {
        result.set(entry.getKey(), merged(map, ownMap));
      } else if (global instanceof ArrayNode list && entry.getValue() instanceof ArrayNode more) {
        list.addAll(more);
      } else {
        result.set(entry.getKey(), entry.getValue());
      }
    }
    return result;
  }

  private void function(String logicalId, ObjectNode resource) {
    var properties = properties(logicalId, resource, "Function");
    var name = intrinsics.physicalName(logicalId, resource);
    int seconds = properties.integer("Timeout", 3);
    if (seconds < 1 || seconds > 900) {
      throw properties.problem("Timeout", "'Timeout' must be from 1 to 900 seconds");
    }
    functions.add(
        new FunctionResource(
            logicalId,
            name,
            stack.arn("lambda", "function:" + name),
            properties.required("Handler"),
            properties.text("Runtime").orElse(""),
            properties.integer("MemorySize", 128),
            Duration.ofSeconds(seconds),
            properties.inner("Environment").texts("Variables"),
            policies.read(logicalId),
            source.lines().getOrDefault("Resources/" + logicalId, 1)));
    events.ofResource(logicalId, properties.inner("Events"));
  }

  private void stateMachine(String logicalId, ObjectNode resource) {
    var properties = properties(logicalId, resource, "StateMachine");
    var name = intrinsics.physicalName(logicalId, resource);
    var definition = definitions.read(properties);
    stateMachines.add(
        new StateMachineResource(
            logicalId,
            name,
            stack.arn("states", "stateMachine:" + name),
            definition.text(),
            definition.file(),
            properties.text("Type").orElse("STANDARD"),
            properties.inner("Logging").values(),
            policies.read(logicalId),
            source.lines().getOrDefault("Resources/" + logicalId, 1)));
    if (properties.has("Events")) {
      throw properties.problem(
          "Events", "events of state machines do not run locally; let a function start it");
    }
  }

  private void table(String logicalId, ObjectNode resource) {
    var properties = properties(logicalId, resource, null);
    var name = intrinsics.physicalName(logicalId, resource);
    properties.required("KeySchema");
    properties.required("AttributeDefinitions");
    var create = JsonNodeFactory.instance.objectNode().put("TableName", name);
    for (var key :
        List.of(
            "AttributeDefinitions",
            "KeySchema",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes",
            "BillingMode",
            "ProvisionedThroughput")) {
      if (properties.has(key)) {
        create.set(key, properties.get(key));
      }
    }
    if (!create.has("BillingMode") && !create.has("ProvisionedThroughput")) {
      throw properties.problem("needs a 'BillingMode' or a 'ProvisionedThroughput'");
    }
    var stream = properties.inner("StreamSpecification");
    stream
        .text("StreamViewType")
        .ifPresent(
            view ->
                create
                    .putObject("StreamSpecification")
                    .put("StreamEnabled", true)
                    .put("StreamViewType", view));
    var timeToLive = properties.inner("TimeToLiveSpecification");
    tables.add(
        new TableResource(
            logicalId,
            name,
            stack.arn("dynamodb", "table/" + name),
            create,
            timeToLive.flag("Enabled") ? timeToLive.text("AttributeName") : Optional.empty()));
  }

  private void key(String logicalId, ObjectNode resource) {
    var properties = properties(logicalId, resource, null);
    var id = intrinsics.physicalName(logicalId, resource);
    keys.add(
        new KeyResource(
            id,
            stack.arn("kms", "key/" + id),
            properties.text("KeySpec").orElse("SYMMETRIC_DEFAULT"),
            properties.text("KeyUsage").orElse("ENCRYPT_DECRYPT"),
            properties.text("Description").orElse("")));
  }

  private Map<String, String> outputs() {
    var outputs = new LinkedHashMap<String, String>();
    for (var entry : source.root().path("Outputs").properties()) {
      var path = "Outputs/" + entry.getKey() + "/Value";
      try {
        intrinsics
            .resolve(entry.getValue().path("Value"), path)
            .ifPresent(value -> outputs.put(entry.getKey(), value.asText()));
      } catch (TemplateException e) {
        // An output that only AWS can know; nothing here reads it.
        outputs.put(entry.getKey(), "");
      }
    }
    return outputs;
  }
}

package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * CloudFormation's intrinsic functions, evaluated as far as a template of this project may use
 * them. Anything else is an error that names the line.
 */
final class Intrinsics {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TYPES = List.of("String", "Number");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

  private final SourceTree source;
  private final Stack stack;
  private final ResourceNames names;
  private final Map<String, JsonNode> parameters = new HashMap<>();
  private final Map<String, Boolean> conditions = new HashMap<>();
  private final Set<String> conditionsInProgress = new HashSet<>();

  Intrinsics(SourceTree source, Stack stack) {
    this.source = source;
    this.stack = stack;
    this.names = new ResourceNames(stack);
    readParameters();
  }

  private void readParameters() {
    var declared = source.root().path("Parameters");
    for (var name : stack.parameters().keySet()) {
      if (!declared.has(name)) {
        throw source.problem("Parameters", "there is no parameter '" + name + "' to override");
      }
    }
    for (var entry : declared.properties()) {
      var path = "Parameters/" + entry.getKey();
      var override = stack.parameters().get(entry.getKey());
      JsonNode value =
          override == null ? entry.getValue().get("Default") : NODES.textNode(override);
      if (value == null) {
        throw source.problem(path, "parameter '" + entry.getKey() + "' has no value");
      }
      var allowed = entry.getValue().path("AllowedValues");
      if (allowed.isArray()
          && allowed.valueStream().noneMatch(one -> one.asText().equals(value.asText()))) {
        throw source.problem(
            path, "'%s' is not allowed for '%s'".formatted(value.asText(), entry.getKey()));
      }
      var type = entry.getValue().path("Type").asText();
      if (!TYPES.contains(type)) {
        throw source.problem(
            path,
            "parameter '%s' is of type '%s', which does not run locally; %s do"
                .formatted(entry.getKey(), type, String.join(" and ", TYPES)));
      }
      parameters.put(entry.getKey(), text(value.asText()));
    }
  }

  /** The value; empty for {@code AWS::NoValue}. */
  Optional<JsonNode> resolve(JsonNode node, String path) {
    return switch (node) {
      case ObjectNode object -> resolveObject(object, path);
      case ArrayNode array -> {
        var resolved = NODES.arrayNode();
        for (int i = 0; i < array.size(); i++) {
          resolve(array.get(i), SourceTree.child(path, i)).ifPresent(resolved::add);
        }
        yield Optional.of(resolved);
      }
      default -> Optional.of(node);
    };
  }

  private Optional<JsonNode> resolveObject(ObjectNode object, String path) {
    if (object.size() == 1) {
      var function = object.fieldNames().next();
      if (function.equals("Ref") || function.startsWith("Fn::")) {
        return call(function, object.get(function), SourceTree.child(path, function));
      }
    }
    var resolved = NODES.objectNode();
    for (var entry : object.properties()) {
      resolve(entry.getValue(), SourceTree.child(path, entry.getKey()))
          .ifPresent(value -> resolved.set(entry.getKey(), value));
    }
    return Optional.of(resolved);
  }

  private Optional<JsonNode> call(String function, JsonNode argument, String path) {
    return switch (function) {
      case "Ref" -> ref(argument.asText(), path);
      case "Fn::GetAtt" -> Optional.of(getAtt(argument, path));
      case "Fn::Sub" -> Optional.of(sub(argument, path));
      case "Fn::If" -> choose(argument, path);
      case "Fn::Join" -> {
        arity(argument, 2, path);
        var parts = new ArrayList<String>();
        value(argument.get(1), path + "/1").forEach(part -> parts.add(part.asText()));
        yield Optional.of(text(String.join(argument.get(0).asText(), parts)));
      }
      case "Fn::Equals", "Fn::Not" ->
          Optional.of(
              NODES.booleanNode(
                  evaluate(NODES.objectNode().set(function, argument), parent(path))));
      default ->
          throw source.problem(
              path,
              function
                  + " does not run locally; Ref, Fn::GetAtt, Fn::Sub, Fn::If, Fn::Join, Fn::Equals"
                  + " and Fn::Not do");
    };
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private JsonNode value(JsonNode node, String path) {
    return resolve(node, path)
        .orElseThrow(() -> source.problem(path, "AWS::NoValue cannot stand here"));
  }

  private Optional<JsonNode> ref(String name, String path) {
    return switch (name) {
      case "AWS::NoValue" -> Optional.empty();
      case "AWS::Region" -> Optional.of(text(stack.region()));
      case "AWS::AccountId" -> Optional.of(text(stack.account()));
      case "AWS::Partition" -> Optional.of(text("aws"));
      case "AWS::URLSuffix" -> Optional.of(text("amazonaws.com"));
      case "AWS::StackName" -> Optional.of(text(stack.name()));
      case "AWS::StackId" ->
          Optional.of(text(stack.arn("cloudformation", "stack/" + stack.name() + "/local")));
      default -> {
        if (parameters.containsKey(name)) {
          yield Optional.of(parameters.get(name));
        }
        var resource = resource(name);
        if (resource.isEmpty()) {
          yield Optional.of(text(implicit(name, path)));
        }
        var type = resource.get().path("Type").asText();
        yield Optional.of(text(names.ref(name, type, physicalName(name, resource.get()))));
      }
    };
  }

  /** Resources that SAM makes without their standing in the template. */
  private String implicit(String name, String path) {
    if (name.equals("ServerlessHttpApi")) {
      return name;
    }
    if (roleOwner(name)) {
      return names.generated(name);
    }
    throw source.problem(path, "refers to '" + name + "', which is not in the template");
  }

  private boolean roleOwner(String name) {
    return name.endsWith("Role")
        && resource(name.substring(0, name.length() - "Role".length()))
            .filter(ResourceNames::hasGeneratedRole)
            .isPresent();
  }

  private JsonNode getAtt(JsonNode argument, String path) {
    arity(argument, 2, path);
    return text(attribute(argument.get(0).asText(), argument.get(1).asText(), path));
  }

  private String attribute(String logicalId, String attribute, String path) {
    var resource = resource(logicalId);
    var type =
        resource
            .map(found -> found.path("Type").asText())
            .orElseGet(
                () ->
                    roleOwner(logicalId)
                        ? "AWS::IAM::Role"
                        : logicalId.equals("ServerlessHttpApi") ? "AWS::Serverless::HttpApi" : "");
    if (type.isEmpty()) {
      throw source.problem(path, "refers to '" + logicalId + "', which is not in the template");
    }
    var name =
        resource
            .map(found -> physicalName(logicalId, found))
            .orElseGet(() -> names.generated(logicalId));
    return names
        .attribute(logicalId, type, name, attribute)
        .orElseThrow(
            () ->
                source.problem(
                    path, "attribute '%s' of %s is not known here".formatted(attribute, type)));
  }

  private Optional<ObjectNode> resource(String logicalId) {
    return source.root().path("Resources").get(logicalId) instanceof ObjectNode object
        ? Optional.of(object)
        : Optional.empty();
  }

  /** The name of that resource in its service. */
  String physicalName(String logicalId, ObjectNode resource) {
    var property = ResourceNames.nameProperty(resource.path("Type").asText());
    if (property.isPresent()) {
      var given = resource.path("Properties").get(property.get());
      if (given != null) {
        var path = "Resources/%s/Properties/%s".formatted(logicalId, property.get());
        var resolved = resolve(given, path);
        if (resolved.isPresent()) {
          return resolved.get().asText();
        }
      }
    }
    return names.generated(logicalId);
  }

  private JsonNode sub(JsonNode argument, String path) {
    var template = argument.isArray() ? argument.path(0).asText() : argument.asText();
    var variables = argument.isArray() ? argument.path(1) : NODES.objectNode();
    var matcher = PLACEHOLDER.matcher(template);
    var result = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      result.append(template, from, matcher.start());
      from = matcher.end();
      var name = matcher.group(2);
      if (!matcher.group(1).isEmpty()) {
        result.append("${").append(name).append('}');
      } else if (variables.has(name)) {
        result.append(value(variables.get(name), path + "/1/" + name).asText());
      } else if (name.contains(".")) {
        int dot = name.indexOf('.');
        result.append(attribute(name.substring(0, dot), name.substring(dot + 1), path));
      } else {
        result.append(
            ref(name, path)
                .orElseThrow(() -> source.problem(path, "AWS::NoValue in a string"))
                .asText());
      }
    }
    return text(result.append(template.substring(from)).toString());
  }

  private Optional<JsonNode> choose(JsonNode argument, String path) {
    arity(argument, 3, path);
    int branch = condition(argument.get(0).asText(), path) ? 1 : 2;
    return resolve(argument.get(branch), path + "/" + branch);
  }

  /** Whether a named condition holds. */
  boolean condition(String name, String path) {
    var known = conditions.get(name);
    if (known != null) {
      return known;
    }
    var definition = source.root().path("Conditions").get(name);
    if (definition == null) {
      throw source.problem(path, "there is no condition '" + name + "'");
    }
    if (!conditionsInProgress.add(name)) {
      throw source.problem("Conditions/" + name, "condition '" + name + "' depends on itself");
    }
    boolean holds = evaluate(definition, "Conditions/" + name);
    conditionsInProgress.remove(name);
    conditions.put(name, holds);
    return holds;
  }

  private boolean evaluate(JsonNode node, String path) {
    var function = node.size() == 1 ? node.fieldNames().next() : "";
    var argument = node.path(function);
    var at = SourceTree.child(path, function);
    return switch (function) {
      case "Condition" -> condition(argument.asText(), at);
      case "Fn::Equals" -> {
        arity(argument, 2, at);
        yield value(argument.get(0), at + "/0")
            .asText()
            .equals(value(argument.get(1), at + "/1").asText());
      }
      case "Fn::Not" -> {
        arity(argument, 1, at);
        yield !evaluate(argument.get(0), at + "/0");
      }
      default ->
          throw source.problem(
              path,
              "is not a condition that runs locally: %s; Condition, Fn::Equals and Fn::Not do"
                  .formatted(node));
    };
  }

  private void arity(JsonNode argument, int count, String path) {
    if (!argument.isArray() || argument.size() != count) {
      throw source.problem(path, "takes a list of " + count);
    }
  }

  private static JsonNode text(String value) {
    return NODES.textNode(value);
  }
}

package dev.slipway.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code Policies} of functions and state machines down to their statements. A policy
 * that cannot be followed is refused: a grant that is not seen here would only be missed after the
 * deployment.
 */
final class PolicyReader {
  private static final String MANAGED = "AWS::IAM::ManagedPolicy";

  private final SourceTree source;
  private final Intrinsics intrinsics;

  PolicyReader(SourceTree source, Intrinsics intrinsics) {
    this.source = source;
    this.intrinsics = intrinsics;
  }

  /** The statements of a function's or a state machine's role. */
  List<PolicyStatement> read(String logicalId) {
    var path = "Resources/" + logicalId + "/Properties";
    var properties = source.root().path("Resources").path(logicalId).path("Properties");
    for (var key : List.of("Role", "PermissionsBoundary")) {
      if (properties.has(key)) {
        throw source.problem(
            path + "/" + key, "'%s' is not followed here; use 'Policies'".formatted(key));
      }
    }
    var statements = new ArrayList<PolicyStatement>();
    if (properties.has("Policies")) {
      policy(properties.get("Policies"), path + "/Policies", logicalId, statements);
    }
    return List.copyOf(statements);
  }

  private void policy(
      JsonNode policy, String path, String logicalId, List<PolicyStatement> statements) {
    if (policy.isArray()) {
      for (int i = 0; i < policy.size(); i++) {
        policy(policy.get(i), path + "/" + i, logicalId, statements);
      }
    } else if (policy.has("Fn::If")) {
      var branch = branch(policy, path);
      policy(policy.get("Fn::If").path(branch), path + "/Fn::If/" + branch, logicalId, statements);
    } else if (policy.has("Ref")) {
      managed(policy.get("Ref").asText(), path, statements);
    } else if (policy.has("Statement")) {
      document(policy, path, logicalId, statements);
    } else {
      throw source.problem(
          path, "a policy that is not known here: " + policy + "; write its statements out");
    }
  }

  private int branch(JsonNode choice, String path) {
    var arguments = choice.get("Fn::If");
    if (!arguments.isArray() || arguments.size() != 3) {
      throw source.problem(path, "takes a list of 3");
    }
    return intrinsics.condition(arguments.get(0).asText(), path) ? 1 : 2;
  }

  private void managed(String name, String path, List<PolicyStatement> statements) {
    if (name.equals("AWS::NoValue")) {
      return;
    }
    var resource = source.root().path("Resources").path(name);
    if (!resource.path("Type").asText().equals(MANAGED)) {
      throw source.problem(path, "'%s' is not a %s of this template".formatted(name, MANAGED));
    }
    if (resource.has("Condition")
        && !intrinsics.condition(resource.get("Condition").asText(), path)) {
      throw source.problem(path, "'%s' is not deployed under these parameters".formatted(name));
    }
    document(
        resource.path("Properties").path("PolicyDocument"),
        "Resources/" + name + "/Properties/PolicyDocument",
        name,
        statements);
  }

  private void document(
      JsonNode document, String path, String logicalId, List<PolicyStatement> statements) {
    for (var key : document.properties()) {
      if (!List.of("Version", "Id", "Statement").contains(key.getKey())) {
        throw source.problem(
            path + "/" + key.getKey(), "'%s' is not known in a policy".formatted(key.getKey()));
      }
    }
    statements(document.path("Statement"), path + "/Statement", logicalId, statements);
  }

  private void statements(
      JsonNode node, String path, String logicalId, List<PolicyStatement> statements) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        statements(node.get(i), path + "/" + i, logicalId, statements);
      }
    } else if (node.has("Fn::If")) {
      var branch = branch(node, path);
      statements(node.get("Fn::If").get(branch), path + "/Fn::If/" + branch, logicalId, statements);
    } else {
      intrinsics
          .resolve(node, path)
          .ifPresent(json -> statements.add(statement(json, path, logicalId)));
    }
  }

  private PolicyStatement statement(JsonNode json, String path, String logicalId) {
    return new PolicyStatement(json, source.file(), source.line(path), logicalId);
  }
}

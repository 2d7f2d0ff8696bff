package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.local.asl.expression.Scope;
import dev.slipway.local.asl.expression.Template;
import dev.slipway.local.asl.expression.TypedField;
import dev.slipway.local.asl.task.IntegrationPattern;
import java.util.List;
import java.util.Optional;

/** Has a task performed outside the interpreter. */
public final class TaskState extends FallibleState {
  private final String resource;
  private final Optional<Template> arguments;
  private final Optional<TypedField> roleArn;
  private final Optional<TypedField> timeoutSeconds;
  private final Optional<TypedField> heartbeatSeconds;

  TaskState(String name, Fields fields) {
    super(name, fields);
    fields.allow(
        "Type",
        "Comment",
        "QueryLanguage",
        "Next",
        "End",
        "Assign",
        "Output",
        "Resource",
        "Arguments",
        "Credentials",
        "TimeoutSeconds",
        "HeartbeatSeconds",
        "Retry",
        "Catch");
    this.resource = fields.text("Resource");
    if (fields.has("Resource") && !Resources.isRecognized(resource)) {
      fields.problem(
          "The resource provided %s is not recognized. The value is not a valid resource ARN, or the"
                  .formatted(resource)
              + " resource is not available in this region.",
          "Resource");
    }
    this.arguments = fields.template("Arguments");
    this.roleArn =
        fields.has("Credentials") ? roleArn(fields.child("Credentials")) : Optional.empty();
    this.timeoutSeconds = fields.count("TimeoutSeconds", 1, Fields.MOST_SECONDS);
    this.heartbeatSeconds = fields.count("HeartbeatSeconds", 1, Fields.MOST_SECONDS);
    for (String field : List.of("Arguments", "Credentials", "TimeoutSeconds", "HeartbeatSeconds")) {
      fields.forbidStates(field, NO_RESULT);
    }
    long timeout = fields.raw("TimeoutSeconds").asLong(Long.MAX_VALUE);
    if (fields.raw("HeartbeatSeconds").asLong(0) >= timeout) {
      fields.problem(
          "'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", "HeartbeatSeconds");
    }
  }

  private static Optional<TypedField> roleArn(Fields credentials) {
    credentials.require("RoleArn");
    credentials.allow("RoleArn");
    return credentials
        .typed("RoleArn", "string", value -> value.isTextual() || value instanceof MissingNode)
        .map(field -> new TypedField("Credentials/RoleArn", field.template()));
  }

  @Override
  public String type() {
    return "Task";
  }

  /** The resource that performs the task. */
  public String resource() {
    return resource;
  }

  /** Whether attempts have a task token. */
  public boolean hasToken() {
    return IntegrationPattern.of(resource).hasToken();
  }

  @Override
  public void enter(Visit visit) {
    Scope scope = visit.scope();
    JsonNode input =
        arguments.map(template -> template.evaluate(scope, "Arguments")).orElse(visit.input());
    visit.perform(
        new TaskCall(
            resource,
            input,
            roleArn.map(field -> field.text(scope)),
            timeoutSeconds.map(field -> field.integer(scope, 1, Fields.MOST_SECONDS)),
            heartbeatSeconds.map(field -> field.integer(scope, 1, Fields.MOST_SECONDS))));
  }
}

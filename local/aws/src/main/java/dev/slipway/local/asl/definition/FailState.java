package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.expression.TypedField;
import java.util.List;
import java.util.Optional;

/** Fails its branch with an error and a cause of its choice, either of which may be left out. */
public final class FailState implements State {
  private final String name;
  private final Optional<TypedField> error;
  private final Optional<TypedField> cause;

  FailState(String name, Fields fields) {
    fields.allow("Type", "Comment", "QueryLanguage", "Error", "Cause");
    this.name = name;
    this.error = fields.typed("Error", "string", JsonNode::isTextual);
    this.cause = fields.typed("Cause", "string", JsonNode::isTextual);
    fields.forbidStates("Error", NO_RESULT);
    fields.forbidStates("Cause", NO_RESULT);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return "Fail";
  }

  @Override
  public void enter(Visit visit) {
    throw StateFailure.reported(
        error.map(field -> field.text(visit.scope())).orElse(null),
        cause.map(field -> field.text(visit.scope())).orElse(null));
  }

  @Override
  public List<Transition> transitions() {
    return List.of();
  }
}

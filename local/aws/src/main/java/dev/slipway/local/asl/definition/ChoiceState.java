package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.local.asl.expression.Template;
import dev.slipway.local.asl.expression.TypedField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leads on by the first rule whose condition holds, or by {@code Default}. */
public final class ChoiceState implements State {
  private final String name;
  private final List<Rule> rules = new ArrayList<>();
  private final Optional<Exit> byDefault;

  private record Rule(TypedField condition, Exit exit) {}

  ChoiceState(String name, Fields fields) {
    fields.allow("Type", "Comment", "QueryLanguage", "Choices", "Default", "Assign", "Output");
    this.name = name;
    if (fields.require("Choices") && fields.raw("Choices").isEmpty()) {
      fields.problem("Value cannot be empty", "Choices");
    }
    for (Fields rule : fields.children("Choices")) {
      rules.add(rule(rule, rules.size()));
    }
    this.byDefault =
        fields.has("Default")
            ? Optional.of(
                Exit.of(fields, Transition.to(fields.text("Default"), "Default"), "", NO_RESULT))
            : Optional.empty();
  }

  private static Rule rule(Fields fields, int index) {
    fields.allow("Condition", "Next", "Assign", "Output", "Comment");
    fields.require("Condition");
    Template condition =
        fields
            .typed("Condition", "boolean", JsonNode::isBoolean)
            .map(TypedField::template)
            .orElseGet(() -> Template.parse(MissingNode.getInstance()));
    fields.forbidStates("Condition", NO_RESULT);
    String location = "Choices[" + index + "]/";
    Transition next = Transition.to(fields.text("Next"), location + "Next");
    Exit exit = Exit.of(fields, next, location, NO_RESULT);
    return new Rule(new TypedField(location + "Condition", condition), exit);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return "Choice";
  }

  @Override
  public void enter(Visit visit) {
    for (Rule rule : rules) {
      if (rule.condition.bool(visit.scope())) {
        rule.exit.leave(visit, visit.scope(), visit.input());
        return;
      }
    }
    byDefault
        .orElseThrow(
            () ->
                StateFailure.terminal(
                    ErrorNames.RUNTIME,
                    "Failed to transition out of the state. The state does not point to a next"
                        + " state."))
        .leave(visit, visit.scope(), visit.input());
  }

  @Override
  public List<Transition> transitions() {
    List<Transition> all = new ArrayList<>();
    rules.forEach(rule -> all.add(rule.exit.transition()));
    byDefault.ifPresent(exit -> all.add(exit.transition()));
    return all;
  }
}

package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.expression.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs branches at once; the result is the array of their outputs. The first failure ends all. */
public final class ParallelState extends FallibleState {
  private final Optional<Template> arguments;
  private final List<StateGroup> branches = new ArrayList<>();

  ParallelState(String name, Fields fields, StateReader reader) {
    super(name, fields);
    fields.allow(
        "Type",
        "Comment",
        "QueryLanguage",
        "Next",
        "End",
        "Assign",
        "Output",
        "Arguments",
        "Branches",
        "Retry",
        "Catch");
    this.arguments = fields.template("Arguments");
    fields.forbidStates("Arguments", NO_RESULT);
    if (fields.require("Branches") && fields.raw("Branches").isEmpty()) {
      fields.problem("Value cannot be empty", "Branches");
    }
    for (Fields branch : fields.children("Branches")) {
      branch.allow("Comment", "StartAt", "States");
      branches.add(reader.group(branch));
    }
  }

  @Override
  public String type() {
    return "Parallel";
  }

  @Override
  public void enter(Visit visit) {
    JsonNode input =
        arguments
            .map(template -> template.evaluate(visit.scope(), "Arguments"))
            .orElse(visit.input());
    visit.branch(branches, input);
  }

  /** The branches, in order. */
  public List<StateGroup> branches() {
    return branches;
  }
}

package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.asl.expression.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs branches at once; the result is the array of their outputs. The first failure ends all. */
public final class ParallelState implements FallibleState {
  private final String name;
  private final Optional<Template> arguments;
  private final List<StateGroup> branches = new ArrayList<>();
  private final List<Retrier> retriers;
  private final List<Catcher> catchers;
  private final Exit exit;

  ParallelState(String name, Fields fields, StateReader reader) {
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
    this.name = name;
    this.arguments = fields.template("Arguments");
    fields.forbidStates("Arguments", NO_RESULT);
    if (fields.require("Branches") && fields.raw("Branches").isEmpty()) {
      fields.problem("Value is not an array of at least one branch", "Branches");
    }
    for (Fields branch : fields.children("Branches")) {
      branch.allow("Comment", "StartAt", "States");
      branches.add(reader.group(branch));
    }
    this.retriers = Retrier.listOf(fields);
    this.catchers = Catcher.listOf(fields);
    this.exit = Exit.of(fields, Transition.of(fields), "", Set.of("errorOutput"));
  }

  @Override
  public String name() {
    return name;
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

  @Override
  public void completed(Visit visit, JsonNode result) {
    exit.leave(visit, visit.scope().withResult(result), result);
  }

  @Override
  public List<Retrier> retriers() {
    return retriers;
  }

  @Override
  public List<Catcher> catchers() {
    return catchers;
  }

  @Override
  public List<Transition> transitions() {
    List<Transition> all = new ArrayList<>(catchers.stream().map(Catcher::transition).toList());
    all.add(exit.transition());
    return all;
  }
}

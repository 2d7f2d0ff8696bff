package dev.slipway.local.asl.definition;

import java.util.List;

/** Ends its branch with success. */
public final class SucceedState implements State {
  private final String name;
  private final Exit exit;

  SucceedState(String name, Fields fields) {
    fields.allow("Type", "Comment", "QueryLanguage", "Output");
    this.name = name;
    this.exit = Exit.of(fields, Transition.END, "", NO_RESULT);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return "Succeed";
  }

  @Override
  public void enter(Visit visit) {
    exit.leave(visit, visit.scope(), visit.input());
  }

  @Override
  public List<Transition> transitions() {
    return List.of(exit.transition());
  }
}

package dev.slipway.local.asl.definition;

import java.util.List;

/** Passes its input on, or what {@code Output} makes of it. */
public final class PassState implements State {
  private final String name;
  private final Exit exit;

  PassState(String name, Fields fields) {
    fields.allow("Type", "Comment", "QueryLanguage", "Next", "End", "Assign", "Output");
    this.name = name;
    this.exit = Exit.of(fields, Transition.of(fields), "", NO_RESULT);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return "Pass";
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

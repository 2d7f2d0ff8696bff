package dev.slipway.local.asl.definition;

import java.util.List;
import java.util.Set;

/** A state of a machine, whatever its type. Immutable. */
public sealed interface State
    permits PassState, SucceedState, FailState, ChoiceState, WaitState, FallibleState {

  /** The fields of {@code $states} without a value where a state has no result. */
  Set<String> NO_RESULT = Set.of("result", "errorOutput");

  String name();

  /** The type as the definition has it, such as {@code Pass}. */
  String type();

  /** Has the state do its work, or begin it. */
  void enter(Visit visit);

  /** The transitions to the states that may follow. */
  List<Transition> transitions();
}

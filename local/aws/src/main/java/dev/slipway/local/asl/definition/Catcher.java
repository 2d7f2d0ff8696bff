package dev.slipway.local.asl.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One entry of {@code Catch}. */
public final class Catcher {
  private final List<String> errorEquals;
  private final Exit exit;

  private Catcher(Fields fields, int index, boolean last) {
    fields.allow("ErrorEquals", "Next", "Assign", "Output", "Comment");
    this.errorEquals = Retrier.errorEquals(fields, last);
    String prefix = "Catch[" + index + "]/";
    Transition next = Transition.to(fields.text("Next"), prefix + "Next");
    this.exit = Exit.of(fields, next, prefix, Set.of("result"));
  }

  static List<Catcher> listOf(Fields state) {
    List<Fields> entries = state.children("Catch");
    List<Catcher> catchers = new ArrayList<>();
    for (Fields entry : entries) {
      catchers.add(new Catcher(entry, catchers.size(), entry == entries.getLast()));
    }
    return List.copyOf(catchers);
  }

  Transition transition() {
    return exit.transition();
  }

  /** Whether it deals with a failure. */
  public boolean matches(StateFailure failure) {
    return ErrorNames.matches(errorEquals, failure);
  }

  /**
   * Leaves the failed state; without {@code Output}, with the error output, in which null stands
   * for what was not reported, but the empty string for the cause of a timeout (so both were
   * recorded).
   */
  public void leave(Visit visit, StateFailure failure) {
    ObjectNode errorOutput = JsonNodeFactory.instance.objectNode();
    errorOutput.put("Error", failure.error());
    errorOutput.put("Cause", failure.cause() == null && failure.timedOut() ? "" : failure.cause());
    exit.leave(visit, visit.scope().withErrorOutput(errorOutput), errorOutput);
  }
}

package dev.slipway.local.asl.definition;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The transitions from a state that can fail.
 *
 * @param exit after success
 * @param retriers in the order in which they are asked
 * @param catchers in the order in which they are asked, after the retriers
 */
record Transitions(Exit exit, List<Retrier> retriers, List<Catcher> catchers) {
  private static final Set<String> NO_ERROR = Set.of("errorOutput");

  static Transitions of(Fields fields) {
    return new Transitions(
        Exit.of(fields, Transition.of(fields), "", NO_ERROR),
        Retrier.listOf(fields),
        Catcher.listOf(fields));
  }

  List<Transition> all() {
    return Stream.concat(catchers.stream().map(Catcher::transition), Stream.of(exit.transition()))
        .toList();
  }
}

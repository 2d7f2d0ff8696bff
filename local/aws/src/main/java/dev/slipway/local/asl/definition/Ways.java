package dev.slipway.local.asl.definition;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ways on from a state that can fail.
 *
 * @param exit after success
 * @param retriers in the order in which they are asked
 * @param catchers in the order in which they are asked, after the retriers
 */
record Ways(Exit exit, List<Retrier> retriers, List<Catcher> catchers) {
  private static final Set<String> NO_ERROR = Set.of("errorOutput");

  static Ways of(Fields fields) {
    return new Ways(
        Exit.of(fields, Transition.of(fields), "", NO_ERROR),
        Retrier.listOf(fields),
        Catcher.listOf(fields));
  }

  List<Transition> transitions() {
    return Stream.concat(catchers.stream().map(Catcher::transition), Stream.of(exit.transition()))
        .toList();
  }
}

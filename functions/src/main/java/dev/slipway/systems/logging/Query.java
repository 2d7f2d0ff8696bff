package dev.slipway.systems.logging;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Queries in the languages of Sumo Logic and Splunk, which are alike in what is needed here. */
final class Query {
  private Query() {}

  /**
   * A query within a scope: what stands before the first pipe is put in brackets behind it.
   *
   * @param scope conditions of which one has to hold
   */
  static String within(Stream<String> scope, String or, String query) {
    int pipe = query.indexOf('|');
    String head = (pipe < 0 ? query : query.substring(0, pipe)).strip();
    return scope.collect(Collectors.joining(or, "(", ")"))
        + (head.isEmpty() ? "" : " (" + head + ")")
        + (pipe < 0 ? "" : " " + query.substring(pipe));
  }

  /** A condition for each machine. */
  static Stream<String> machines(String field, List<String> names) {
    return names.stream().map(name -> field + "=\"" + name + "\"");
  }
}

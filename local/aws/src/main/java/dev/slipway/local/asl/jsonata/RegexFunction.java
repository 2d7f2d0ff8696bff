package dev.slipway.local.asl.jsonata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A regular expression as the function that it is in JSONata: given a text, and the place to begin
 * at, it answers with the match, and with a function for the next one. As in the reference, all
 * searches of one expression share the place where the last one ended.
 */
final class RegexFunction implements Callable {
  private final Regex regex;
  private int lastIndex;

  RegexFunction(Regex regex) {
    this.regex = regex;
  }

  @Override
  public int arity() {
    return 2;
  }

  /** The match, or null. */
  Object call(Object value, Object from, Budget budget) {
    String text = text(value);
    double start = from instanceof Double given && given > 0 ? Math.floor(given) : 0;
    int[] groups = start > text.length() ? null : regex.match(text, (int) start, budget);
    if (groups == null) {
      lastIndex = 0;
      return null;
    }
    lastIndex = groups[1];
    Items texts = new Items();
    for (int i = 2; i < groups.length; i += 2) {
      texts.add(groups[i] < 0 ? null : text.substring(groups[i], groups[i + 1]));
    }
    budget.take(200 + text.length() / 8.0);
    Map<String, Object> match = new LinkedHashMap<>();
    match.put("match", text.substring(groups[0], groups[1]));
    match.put("start", (double) groups[0]);
    match.put("end", (double) groups[1]);
    match.put("groups", texts);
    match.put(
        "next", new Builtin("next", 0, null, (ignored, evaluation) -> next(value, evaluation)));
    return match;
  }

  private Object next(Object value, Evaluation evaluation) {
    if (value instanceof String text && lastIndex >= text.length()) {
      return null;
    }
    Object next = call(value, (double) lastIndex, evaluation.budget());
    if (next instanceof Map<?, ?> match && "".equals(match.get("match"))) {
      throw new JsonataException("D1004", "Regular expression matches zero length string");
    }
    return next;
  }

  /** The text in which JavaScript searches if it is given another value than a text. */
  static String text(Object value) {
    return switch (value) {
      case null -> "undefined";
      case String text -> text;
      case Double number -> Numbers.text(number);
      case List<?> list ->
          list.stream()
              .map(item -> item == null || item == Null.NULL ? "" : text(item))
              .collect(Collectors.joining(","));
      case Map<?, ?> ignored -> "[object Object]";
      case Callable ignored -> "function";
      default -> value.toString();
    };
  }
}

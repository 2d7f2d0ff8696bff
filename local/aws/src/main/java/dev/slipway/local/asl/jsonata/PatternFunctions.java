package dev.slipway.local.asl.jsonata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Functions that search: for a text, or with a matcher, which is a regular expression or another
 * function that answers as one does.
 */
final class PatternFunctions {
  private PatternFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .of("contains", 2, "<s-(sf):b>", PatternFunctions::contains)
        .of("match", 3, "<s-f<s:o>n?:a<o>>", PatternFunctions::match)
        .of("split", 3, "<s-(sf)n?:a<s>>", PatternFunctions::split)
        .of("replace", 4, "<s-(sf)(sf)n?:s>", PatternFunctions::replace)
        .all();
  }

  /** A matcher's finding. */
  private record Match(String text, int start, int end, List<?> groups, Object next) {}

  /** The next match; null if there is none, or the limit is reached. */
  private static final class Matches {
    private final Evaluation evaluation;
    private final String text;
    private final double limit;
    private Callable matcher;
    private Object argument;
    private int count;

    Matches(Evaluation evaluation, String text, Callable matcher, Double limit) {
      this.evaluation = evaluation;
      this.text = text;
      this.matcher = matcher;
      this.argument = text;
      this.limit = limit == null ? Double.POSITIVE_INFINITY : limit;
    }

    boolean isFull() {
      return count >= limit;
    }

    /** Always asks for the one after the last, as the reference does. */
    Match next() {
      if (isFull() && count == 0) {
        return null;
      }
      Object found = evaluation.call(matcher, argument);
      if (found == null || isFull()) {
        return null;
      }
      count++;
      Match match = read(found);
      if (!(match.next() instanceof Callable next)) {
        throw malformed();
      }
      matcher = next;
      argument = null;
      return match;
    }

    private Match read(Object found) {
      if (found instanceof Map<?, ?> map
          && map.get("match") instanceof String match
          && map.get("start") instanceof Double start
          && map.get("end") instanceof Double end
          && map.get("groups") instanceof List<?> groups) {
        return new Match(match, bounded(start), bounded(end), groups, map.get("next"));
      }
      throw malformed();
    }

    private int bounded(double place) {
      return (int) Math.clamp(place, 0, text.length());
    }

    private static JsonataException malformed() {
      return new JsonataException(
          "T1010",
          "The matcher function argument passed to a function does not return the correct object"
              + " structure");
    }
  }

  private static void refuseNegative(Double limit, String code, String function, String which) {
    if (limit != null && limit < 0) {
      throw new JsonataException(
          code,
          "%s argument of %s function must evaluate to a positive number"
              .formatted(which, function));
    }
  }

  private static Object contains(Arguments given, Evaluation evaluation) {
    return given.at(1) instanceof String part
        ? Search.indexOf(given.text(0), part, 0, evaluation.budget()) >= 0
        : evaluation.call(given.function(1), given.at(0)) != null;
  }

  private static Object match(Arguments given, Evaluation evaluation) {
    refuseNegative(given.number(2), "D3040", "match", "Third");
    Items results = Items.sequence();
    Matches matches = new Matches(evaluation, given.text(0), given.function(1), given.number(2));
    for (Match match = matches.next(); match != null; match = matches.next()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("match", match.text());
      told.put("index", (double) match.start());
      told.put("groups", match.groups());
      evaluation.budget().take(200 + match.text().length());
      results.add(told);
    }
    return results;
  }

  private static Object split(Arguments given, Evaluation evaluation) {
    String text = given.text(0);
    Double limit = given.number(2);
    refuseNegative(limit, "D3020", "split", "Third");
    if (given.at(1) instanceof String separator) {
      return split(text, separator, limit, evaluation.budget());
    }
    Items parts = new Items();
    Matches matches = new Matches(evaluation, text, given.function(1), limit);
    int from = 0;
    for (Match match = matches.next(); match != null; match = matches.next()) {
      add(parts, text, from, match.start(), evaluation.budget());
      from = match.end();
    }
    if (!matches.isFull()) {
      add(parts, text, from, text.length(), evaluation.budget());
    }
    return parts;
  }

  private static void add(Items parts, String text, int from, int to, Budget budget) {
    budget.takeItems(1);
    budget.take(Math.abs(to - from));
    parts.add(text.substring(Math.min(from, to), Math.max(from, to)));
  }

  private static Items split(String text, String separator, Double limit, Budget budget) {
    double most = limit == null ? Double.POSITIVE_INFINITY : Math.floor(limit);
    Items parts = new Items();
    if (separator.isEmpty()) {
      for (int i = 0; i < text.length() && parts.size() < most; i++) {
        add(parts, text, i, i + 1, budget);
      }
      return parts;
    }
    int from = 0;
    int at = Search.indexOf(text, separator, 0, budget);
    while (at >= 0 && parts.size() < most) {
      add(parts, text, from, at, budget);
      from = at + separator.length();
      at = Search.indexOf(text, separator, from, budget);
    }
    if (parts.size() < most) {
      add(parts, text, from, text.length(), budget);
    }
    return parts;
  }

  private static Object replace(Arguments given, Evaluation evaluation) {
    String text = given.text(0);
    Double limit = given.number(3);
    if ("".equals(given.at(1))) {
      throw new JsonataException(
          "D3010", "Second argument of replace function cannot be an empty string");
    }
    refuseNegative(limit, "D3011", "replace", "Fourth");
    Budget budget = evaluation.budget();
    StringBuilder result = new StringBuilder();
    int from = 0;
    if (given.at(1) instanceof String pattern) {
      String with = RegexFunction.text(given.at(2));
      int at = Search.indexOf(text, pattern, 0, budget);
      for (int count = 0; at >= 0 && (limit == null || count < limit); count++) {
        budget.take(at - from + with.length());
        result.append(text, from, at).append(with);
        from = at + pattern.length();
        at = Search.indexOf(text, pattern, from, budget);
        budget.step();
      }
    } else {
      Matches matches = new Matches(evaluation, text, given.function(1), limit);
      for (Match match = matches.next(); match != null; match = matches.next()) {
        String with = replacement(given.at(2), match, evaluation);
        budget.take(Math.max(0, match.start() - from) + with.length());
        result.append(text, Math.min(from, match.start()), Math.max(from, match.start()));
        result.append(with);
        from = Math.min(text.length(), match.start() + match.text().length());
      }
    }
    return result.append(text, from, text.length()).toString();
  }

  private static String replacement(Object with, Match match, Evaluation evaluation) {
    if (with instanceof String form) {
      return expand(form, match);
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("match", match.text());
    told.put("start", (double) match.start());
    told.put("end", (double) match.end());
    told.put("groups", match.groups());
    told.put("next", match.next());
    if (with instanceof Callable function
        && evaluation.call(function, told) instanceof String text) {
      return text;
    }
    throw new JsonataException(
        "D3012", "Attempted to replace a matched string with a non-string value");
  }

  /** {@code $1} is a group, {@code $0} all of the match, {@code $$} a dollar. */
  private static String expand(String form, Match match) {
    int count = match.groups().size();
    // As many digits are read as the number of groups has, if there is such a group.
    int longest = Math.max(1, Integer.toString(count).length());
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < form.length()) {
      char c = form.charAt(at++);
      char next = at < form.length() ? form.charAt(at) : ' ';
      if (c != '$') {
        text.append(c);
      } else if (next == '$' || next == '0') {
        text.append(next == '$' ? "$" : match.text());
        at++;
      } else {
        int digits = digits(form, at, longest);
        if (digits > 1 && Integer.parseInt(form, at, at + digits, 10) > count) {
          digits = digits(form, at, longest - 1);
        }
        if (digits == 0) {
          text.append('$');
        } else {
          int group = Integer.parseInt(form, at, at + digits, 10);
          Object part = group >= 1 && group <= count ? match.groups().get(group - 1) : null;
          text.append(part == null ? "" : RegexFunction.text(part));
          at += digits;
        }
      }
    }
    return text.toString();
  }

  private static int digits(String form, int from, int longest) {
    int digits = 0;
    while (digits < longest
        && from + digits < form.length()
        && form.charAt(from + digits) >= '0'
        && form.charAt(from + digits) <= '9') {
      digits++;
    }
    return digits;
  }
}

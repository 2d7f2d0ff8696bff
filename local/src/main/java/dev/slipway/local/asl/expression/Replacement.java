package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code $replace} does with a regular expression: a text as replacement cites groups ({@code
 * $1}; {@code $0} is all of the match and {@code $$} a dollar), a function is given the match.
 */
final class Replacement {
  private Replacement() {}

  /**
   * Fails with {@code D1004} if the expression matches nothing at some place, {@code D3011} if the
   * limit is negative, {@code D3012} if a function answers with something else than a text.
   *
   * @param limit null if all are to be replaced
   */
  static String replace(String text, Pattern pattern, Object replacement, Number limit)
      throws Throwable {
    if (limit != null && limit.doubleValue() < 0) {
      throw new JException("D3011", -1, limit);
    }
    double left = limit == null ? Double.POSITIVE_INFINITY : limit.doubleValue();
    StringBuilder result = new StringBuilder();
    int done = 0;
    Matcher match = pattern.matcher(text);
    for (; left > 0 && match.find(); left--) {
      if (match.end() == match.start()) {
        throw new JException("D1004", match.start(), pattern.pattern());
      }
      result.append(text, done, match.start());
      result.append(
          replacement instanceof String form ? expand(form, match) : answer(replacement, match));
      done = match.end();
    }
    return result.append(text, done, text.length()).toString();
  }

  private static String answer(Object function, Matcher match) throws Throwable {
    List<Object> groups = new ArrayList<>();
    for (int group = 1; group <= match.groupCount(); group++) {
      groups.add(text(match, group));
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("match", match.group());
    told.put("start", match.start());
    told.put("end", match.end());
    told.put("groups", groups);
    List<Object> arguments = new ArrayList<>(List.of(told));
    if (Functions.funcApply(function, arguments) instanceof String answer) {
      return answer;
    }
    throw new JException("D3012", -1);
  }

  private static String expand(String form, Matcher match) {
    int count = match.groupCount();
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
        text.append(next == '$' ? "$" : match.group());
        at++;
      } else {
        int digits = digits(form, at, longest);
        if (digits > 1 && Integer.parseInt(form, at, at + digits, 10) > count) {
          digits--;
        }
        if (digits == 0) {
          text.append('$');
        } else {
          int group = Integer.parseInt(form, at, at + digits, 10);
          text.append(group <= count ? text(match, group) : "");
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
        && Character.isDigit(form.charAt(from + digits))) {
      digits++;
    }
    return digits;
  }

  private static String text(Matcher match, int group) {
    String text = match.group(group);
    return text == null ? "" : text;
  }
}

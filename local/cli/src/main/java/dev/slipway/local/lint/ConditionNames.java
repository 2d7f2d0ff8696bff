package dev.slipway.local.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in a condition.
 *
 * @param elements with which its paths begin
 * @param names every name in it, those of fields included
 * @param literals the texts and numbers that it compares with
 */
record ConditionNames(Set<String> elements, Set<String> names, Set<JsonNode> literals) {
  private static final Set<String> WORDS =
      Set.of("and", "or", "in", "true", "false", "null", "function");

  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?x) \\s+ | /\\*.*?\\*/
          | (?<text> "(?:[^"\\\\]|\\\\.)*" | '(?:[^'\\\\]|\\\\.)*' )
          | `(?<quoted> [^`]*)`
          | (?<number> \\d+(?:\\.\\d+)? )
          | (?<variable> \\$[A-Za-z0-9_]* )
          | (?<name> [A-Za-z_][A-Za-z0-9_]* )
          | (?<sign> . )
          """,
          Pattern.DOTALL);

  /** Reads a condition's words; its grammar is for {@link dev.slipway.checklist.Condition}. */
  static ConditionNames of(String condition) {
    ConditionNames found =
        new ConditionNames(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    Matcher token = TOKEN.matcher(condition);
    Deque<Boolean> relative = new ArrayDeque<>();
    boolean afterDot = false;
    boolean afterValue = false;
    while (token.find()) {
      String name = token.group("quoted") != null ? token.group("quoted") : token.group("name");
      String sign = token.group("sign");
      if (token.group("text") != null) {
        String text = token.group("text");
        found.literals.add(new TextNode(text.substring(1, text.length() - 1)));
        afterValue = true;
      } else if (token.group("number") != null) {
        found.literals.add(new DecimalNode(new BigDecimal(token.group("number"))));
        afterValue = true;
      } else if (name != null && (token.group("quoted") != null || !WORDS.contains(name))) {
        found.names.add(name);
        if (!afterDot && !relative.contains(true)) {
          found.elements.add(name);
        }
        afterValue = true;
      } else if (name != null) {
        afterValue = false;
      } else if (token.group("variable") != null) {
        afterValue = !token.group("variable").equals("$");
      } else if (sign != null) {
        if (sign.equals("(") || sign.equals("[")) {
          // Inside a filter, and after a dot, names are fields of what stands before.
          relative.push(sign.equals("[") ? afterValue : afterDot);
        } else if ((sign.equals(")") || sign.equals("]")) && !relative.isEmpty()) {
          relative.pop();
        }
        afterValue = sign.equals(")") || sign.equals("]");
      } else {
        continue; // White space and comments separate, and say nothing.
      }
      afterDot = ".".equals(sign);
    }
    return found;
  }
}

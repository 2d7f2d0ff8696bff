package dev.slipway.local.asl.jsonata;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes a value as {@code $string} does: JSON in which numbers have at most 15 digits and
 * functions are empty texts.
 */
final class JsonWriter {
  private final StringBuilder text = new StringBuilder();
  private final boolean pretty;
  private final Budget budget;

  private JsonWriter(boolean pretty, Budget budget) {
    this.pretty = pretty;
    this.budget = budget;
  }

  /**
   * A text as it is; another value as JSON.
   *
   * <p>Fails with {@code D3001} for a number that is not finite.
   *
   * @param pretty on lines of their own, two blanks for each level
   */
  static String text(Object value, boolean pretty, Budget budget) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Callable) {
      return "";
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new JsonataException(
          "D3001", "Attempting to invoke string function on Infinity or NaN");
    }
    Object all = value instanceof Items items && items.outer ? items.getFirst() : value;
    JsonWriter writer = new JsonWriter(pretty, budget);
    writer.append(all, "\n");
    return writer.text.toString();
  }

  /**
   * @param newLine the end of a line and the indentation of the value itself
   */
  private void append(Object value, String newLine) {
    int before = text.length();
    switch (value) {
      case null -> text.append("null");
      case String string -> quote(string);
      case Double number ->
          text.append(Numbers.isNumeric(number) ? Numbers.text(Numbers.shortened(number)) : "null");
      case List<?> list -> appendAll(list, '[', ']', newLine);
      case Map<?, ?> map -> appendAll(map.entrySet(), '{', '}', newLine);
      case Callable ignored -> text.append("\"\"");
      default -> text.append(value);
    }
    budget.step();
    if (!(value instanceof Collection<?> || value instanceof Map<?, ?>)) {
      budget.take(text.length() - before);
    }
  }

  private void appendAll(Collection<?> elements, char open, char close, String newLine) {
    budget.enterValue();
    text.append(open);
    String inner = pretty ? newLine + "  " : "";
    boolean any = false;
    for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
      Object element = each.next();
      if (element instanceof Map.Entry<?, ?> entry) {
        if (entry.getValue() == null) {
          continue;
        }
        text.append(any ? "," : "").append(inner);
        quote((String) entry.getKey());
        text.append(pretty ? ": " : ":");
        append(entry.getValue(), inner);
      } else {
        text.append(any ? "," : "").append(inner);
        append(element, inner);
      }
      any = true;
    }
    text.append(pretty && any ? newLine : "").append(close);
    budget.leaveValue();
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || isLoneSurrogate(string, i)) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isLoneSurrogate(String string, int at) {
    char c = string.charAt(at);
    boolean low = at + 1 < string.length() && Character.isLowSurrogate(string.charAt(at + 1));
    boolean high = at > 0 && Character.isHighSurrogate(string.charAt(at - 1));
    return (Character.isHighSurrogate(c) && !low) || (Character.isLowSurrogate(c) && !high);
  }
}

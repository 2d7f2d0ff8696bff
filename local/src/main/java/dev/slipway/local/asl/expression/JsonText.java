package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What {@code $string} makes of a value that is no text: JSON in which numbers with a fraction have
 * at most 15 digits, and functions are empty texts.
 */
final class JsonText {
  /** From here on, and below the other, numbers have an exponent. */
  private static final BigDecimal EXPONENT_FROM = new BigDecimal("1e21");

  private static final BigDecimal EXPONENT_BELOW = new BigDecimal("1e-6");
  private static final MathContext PRECISION = new MathContext(15);

  private final StringBuilder text = new StringBuilder();
  private final boolean pretty;

  private JsonText(boolean pretty) {
    this.pretty = pretty;
  }

  /**
   * @param pretty on lines of their own, two blanks for each level
   */
  static String of(Object value, boolean pretty) {
    JsonText text = new JsonText(pretty);
    text.append(value, "\n");
    return text.text.toString();
  }

  /**
   * @param newLine the end of a line and the indentation of the value itself
   */
  private void append(Object value, String newLine) {
    if (value == Jsonata.NULL_VALUE || value == null) {
      text.append("null");
      return;
    }
    switch (value) {
      case Boolean bool -> text.append(bool);
      case Number number -> text.append(number(number));
      case String string -> text.append(TextNode.valueOf(string));
      case List<?> list -> appendAll(list, '[', ']', newLine);
      case Map<?, ?> map -> appendAll(map.entrySet(), '{', '}', newLine);
      default -> text.append("\"\"");
    }
  }

  private void appendAll(Collection<?> elements, char open, char close, String newLine) {
    text.append(open);
    String inner = newLine + "  ";
    for (Iterator<?> each = elements.iterator(); each.hasNext(); ) {
      Object element = each.next();
      text.append(pretty ? inner : "");
      if (element instanceof Map.Entry<?, ?> entry) {
        text.append(TextNode.valueOf((String) entry.getKey())).append(pretty ? ": " : ":");
        append(entry.getValue(), inner);
      } else {
        append(element, inner);
      }
      text.append(each.hasNext() ? "," : "");
    }
    text.append(pretty && !elements.isEmpty() ? newLine : "").append(close);
  }

  private static String number(Number number) {
    BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
    BigDecimal value = exact.scale() <= 0 ? exact : exact.round(PRECISION).stripTrailingZeros();
    BigDecimal magnitude = value.abs();
    if (value.signum() != 0
        && (magnitude.compareTo(EXPONENT_FROM) >= 0 || magnitude.compareTo(EXPONENT_BELOW) < 0)) {
      String digits = value.unscaledValue().abs().toString();
      int exponent = value.precision() - value.scale() - 1;
      return (value.signum() < 0 ? "-" : "")
          + digits.charAt(0)
          + (digits.length() > 1 ? "." + digits.substring(1) : "")
          + (exponent > 0 ? "e+" : "e")
          + exponent;
    }
    return value.toPlainString();
  }
}

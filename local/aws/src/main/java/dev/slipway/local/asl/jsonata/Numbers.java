package dev.slipway.local.asl.jsonata;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers and their texts, as JavaScript has them. */
final class Numbers {
  private static final MathContext FIFTEEN_DIGITS = new MathContext(15, RoundingMode.HALF_UP);

  private Numbers() {}

  /** A number's text: from 1e21 on, and below 1e-6, it has an exponent. */
  static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
      return "0";
    }
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return Long.toString((long) number);
    }
    BigDecimal value = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = value.precision() - value.scale() - 1;
    if (exponent > -7 && exponent < 21) {
      return value.toPlainString();
    }
    String digits = value.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent > 0 ? "e+" : "e")
        + exponent;
  }

  /** Rounded to the digits that JSON made of a value has. */
  static double shortened(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return number;
    }
    return new BigDecimal(number).round(FIFTEEN_DIGITS).doubleValue();
  }

  /**
   * Whether it is a number, and no NaN.
   *
   * <p>Fails with {@code D1001} if it is infinite.
   */
  static boolean isNumeric(Object value) {
    if (!(value instanceof Double number) || number.isNaN()) {
      return false;
    }
    if (number.isInfinite()) {
      throw new JsonataException("D1001", "Number out of range: null");
    }
    return true;
  }

  /** To the nearest integer, halves to the even one; or to so many digits after the point. */
  static double round(double number, Double precision) {
    double shift = precision == null || precision.isNaN() ? 0 : precision;
    double shifted = shift == 0 ? number : shifted(number, shift);
    double rounded = Math.floor(shifted + 0.5);
    if (Math.abs(shifted) >= 4503599627370496.0) {
      rounded = shifted;
    } else if (rounded - shifted > 0.5) {
      // 0.49999999999999994 and a half make one.
      rounded--;
    }
    if (Math.abs(rounded - shifted) == 0.5 && Math.abs(rounded % 2) == 1) {
      rounded--;
    }
    return (shift == 0 ? rounded : shifted(rounded, -shift)) + 0.0;
  }

  /** By powers of ten, in decimal; NaN for a power that is no integer. */
  private static double shifted(double number, double power) {
    if (power != Math.rint(power) || Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.NaN;
    }
    if (Math.abs(power) > 2000) {
      return power > 0 && number != 0 ? number * Double.POSITIVE_INFINITY : 0;
    }
    return new BigDecimal(Double.toString(number)).scaleByPowerOfTen((int) power).doubleValue();
  }

  /** The integer that a text begins with, as JavaScript's parseInt in base ten; else NaN. */
  static double leadingInteger(String text) {
    String stripped = text.strip();
    int at = stripped.startsWith("-") || stripped.startsWith("+") ? 1 : 0;
    int end = at;
    while (end < stripped.length() && stripped.charAt(end) >= '0' && stripped.charAt(end) <= '9') {
      end++;
    }
    return end == at ? Double.NaN : Double.parseDouble(stripped.substring(0, end));
  }

  /** In another base, with a fraction if there is one. */
  static String inBase(double number, int radix) {
    if (radix == 10 || Double.isNaN(number) || Double.isInfinite(number)) {
      return text(number);
    }
    // The number has been rounded to an integer before.
    return new BigDecimal(number).toBigInteger().toString(radix);
  }
}

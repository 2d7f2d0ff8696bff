package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.JException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A picture of {@code $formatNumber}, as XPath's functions and operators define it: {@code #} is a
 * digit if there is one, {@code 0} one in any case.
 *
 * <p>Fails with {@code D3080} to {@code D3093} for a picture that breaks one of the rules.
 */
final class NumberPicture {
  private final Symbols symbols;
  private final List<Part> parts = new ArrayList<>();

  /** The characters that mean something, which options may replace. */
  private record Symbols(Map<?, ?> options) {
    private String get(String name, String byDefault) {
      return options != null && options.get(name) instanceof String given ? given : byDefault;
    }

    String point() {
      return get("decimal-separator", ".");
    }

    String group() {
      return get("grouping-separator", ",");
    }

    String exponent() {
      return get("exponent-separator", "e");
    }

    String minus() {
      return get("minus-sign", "-");
    }

    String percent() {
      return get("percent", "%");
    }

    String perMille() {
      return get("per-mille", "\u2030");
    }

    String optional() {
      return get("digit", "#");
    }

    String alternative() {
      return get("pattern-separator", ";");
    }

    char zero() {
      return get("zero-digit", "0").charAt(0);
    }

    boolean isDigit(char c) {
      return c >= zero() && c < zero() + 10;
    }

    boolean isPlace(char c) {
      return isDigit(c) || optional().equals(String.valueOf(c));
    }

    boolean isActive(char c) {
      String text = String.valueOf(c);
      return isPlace(c)
          || text.equals(point())
          || text.equals(group())
          || text.equals(exponent())
          || text.equals(alternative());
    }

    long digits(String text) {
      return text.chars().filter(c -> isDigit((char) c)).count();
    }

    long places(String text) {
      return text.chars().filter(c -> isPlace((char) c)).count();
    }

    /** Latin digits in those of the picture. */
    String localized(String latin) {
      StringBuilder text = new StringBuilder();
      latin.chars().forEach(c -> text.append(c == '.' ? point() : (char) (c - '0' + zero())));
      return text.toString();
    }
  }

  /** What stands for numbers of one sign: around the digits, and how many of them. */
  private final class Part {
    final String picture;
    String prefix = "";
    String suffix = "";
    String active = "";
    String integer;
    String fraction;

    /** Null if there is none. */
    String exponent;

    Part(String picture) {
      this.picture = picture;
      split();
      validate();
    }

    private boolean begins(int at) {
      char c = picture.charAt(at);
      return symbols.isActive(c) && !symbols.exponent().equals(String.valueOf(c));
    }

    private void split() {
      int from = 0;
      while (from < picture.length() && !begins(from)) {
        from++;
      }
      if (from == picture.length()) {
        throw new JException("D3085", -1);
      }
      int to = picture.length();
      while (!begins(to - 1)) {
        to--;
      }
      prefix = picture.substring(0, from);
      suffix = picture.substring(to);
      active = picture.substring(from, to);
      int power = active.indexOf(symbols.exponent());
      String mantissa = power < 0 ? active : active.substring(0, power);
      exponent = power < 0 ? null : active.substring(power + 1);
      int point = mantissa.indexOf(symbols.point());
      integer = point < 0 ? mantissa : mantissa.substring(0, point);
      fraction = point < 0 ? "" : mantissa.substring(point + 1);
    }

    private void validate() {
      String percent = symbols.percent();
      String perMille = symbols.perMille();
      String group = symbols.group();
      boolean scaled = picture.contains(percent) || picture.contains(perMille);
      refuse("D3081", twice(symbols.point()));
      refuse("D3082", twice(percent));
      refuse("D3083", twice(perMille));
      refuse("D3084", picture.contains(percent) && picture.contains(perMille));
      refuse("D3086", !active.chars().allMatch(c -> symbols.isActive((char) c)));
      refuse("D3085", symbols.places(integer + fraction) == 0);
      refuse("D3087", active.contains(symbols.point()) && integer.endsWith(group));
      refuse("D3087", fraction.startsWith(group));
      refuse("D3088", integer.endsWith(group));
      refuse("D3089", picture.contains(group + group));
      int firstOptional = integer.indexOf(symbols.optional());
      refuse(
          "D3090", firstOptional >= 0 && symbols.digits(integer.substring(0, firstOptional)) > 0);
      int lastOptional = fraction.lastIndexOf(symbols.optional());
      refuse("D3091", lastOptional >= 0 && symbols.digits(fraction.substring(lastOptional)) > 0);
      refuse("D3092", exponent != null && !exponent.isEmpty() && scaled);
      refuse(
          "D3093",
          exponent != null && (exponent.isEmpty() || symbols.digits(exponent) < exponent.length()));
    }

    private boolean twice(String symbol) {
      return picture.indexOf(symbol) != picture.lastIndexOf(symbol);
    }

    private void refuse(String code, boolean broken) {
      if (broken) {
        throw new JException(code, -1);
      }
    }

    String format(BigDecimal number) {
      int scaling = (int) symbols.digits(integer);
      int integerDigits = scaling;
      int fractionDigits = (int) symbols.digits(fraction);
      int longestFraction = (int) symbols.places(fraction);
      if (integerDigits == 0 && longestFraction == 0) {
        if (exponent == null) {
          integerDigits = 1;
        } else {
          fractionDigits = 1;
          longestFraction = 1;
        }
      }
      if (exponent != null && integerDigits == 0 && integer.contains(symbols.optional())) {
        integerDigits = 1;
      }
      if (integerDigits == 0 && fractionDigits == 0) {
        fractionDigits = 1;
      }
      BigDecimal mantissa = number.abs();
      int power = 0;
      if (exponent != null && mantissa.signum() != 0) {
        // The mantissa has as many digits before the point as the picture asks for.
        power = mantissa.precision() - mantissa.scale() - scaling;
        mantissa = mantissa.scaleByPowerOfTen(-power);
      }
      String digits = mantissa.setScale(longestFraction, RoundingMode.HALF_EVEN).toPlainString();
      int point = digits.indexOf('.');
      String whole = point < 0 ? digits : digits.substring(0, point);
      String rest = point < 0 ? "" : digits.substring(point + 1);
      whole = whole.replaceFirst("^0+", "");
      rest = rest.replaceFirst("0+$", "");
      whole = "0".repeat(Math.max(0, integerDigits - whole.length())) + whole;
      rest = rest + "0".repeat(Math.max(0, fractionDigits - rest.length()));
      String text = grouped(symbols.localized(whole)) + fraction(symbols.localized(rest));
      if (exponent != null) {
        String latin = Integer.toString(Math.abs(power));
        latin = "0".repeat(Math.max(0, exponent.length() - latin.length())) + latin;
        text += symbols.exponent() + (power < 0 ? symbols.minus() : "") + symbols.localized(latin);
      }
      return prefix + text + suffix;
    }

    /** Groups as in the picture, and on to the left if those there are of one size. */
    private String grouped(String whole) {
      List<Integer> positions = new ArrayList<>();
      int at = integer.indexOf(symbols.group());
      while (at >= 0) {
        positions.add((int) symbols.places(integer.substring(at)));
        at = integer.indexOf(symbols.group(), at + 1);
      }
      if (positions.isEmpty()) {
        return whole;
      }
      int size = positions.getLast();
      boolean regular = true;
      for (int i = 0; i < positions.size(); i++) {
        regular &= positions.get(i) == size * (positions.size() - i);
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < whole.length(); i++) {
        int right = whole.length() - i;
        if (i > 0 && (regular ? right % size == 0 : positions.contains(right))) {
          text.append(symbols.group());
        }
        text.append(whole.charAt(i));
      }
      return text.toString();
    }

    private String fraction(String digits) {
      StringBuilder text = new StringBuilder(digits.isEmpty() ? "" : symbols.point());
      int at = 0;
      for (int i = 0; i < digits.length(); i++, at++) {
        if (at < fraction.length() && fraction.startsWith(symbols.group(), at)) {
          text.append(symbols.group());
          at++;
        }
        text.append(digits.charAt(i));
      }
      return text.toString();
    }
  }

  /**
   * @param options null, or replacements of the symbols by their names
   */
  private NumberPicture(String picture, Map<?, ?> options) {
    this.symbols = new Symbols(options);
    String rest = picture;
    int end = rest.indexOf(symbols.alternative());
    while (end >= 0) {
      parts.add(new Part(rest.substring(0, end)));
      rest = rest.substring(end + 1);
      end = rest.indexOf(symbols.alternative());
    }
    parts.add(new Part(rest));
    if (parts.size() > 2) {
      throw new JException("D3080", -1);
    }
  }

  /** The number in the form of the picture. */
  static String format(Number number, String picture, Map<?, ?> options) {
    return new NumberPicture(picture, options).format(new BigDecimal(number.toString()));
  }

  private String format(BigDecimal number) {
    boolean negative = number.signum() < 0;
    Part part = negative ? parts.getLast() : parts.getFirst();
    BigDecimal scaled = number;
    if (part.picture.contains(symbols.percent())) {
      scaled = new BigDecimal(Double.toString(number.doubleValue() * 100));
    } else if (part.picture.contains(symbols.perMille())) {
      scaled = new BigDecimal(Double.toString(number.doubleValue() * 1000));
    }
    String text = part.format(scaled.round(MathContext.DECIMAL64).stripTrailingZeros());
    return negative && parts.size() == 1 ? symbols.minus() + text : text;
  }
}

package dev.slipway.local.asl.jsonata;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A picture of {@code $formatNumber}, as XPath's functions and operators (4.7) define it and the
 * reference reads it: {@code #} is a digit if there is one, {@code 0} one in any case.
 *
 * <p>Fails with {@code D3080} to {@code D3093} for a picture that breaks one of the rules.
 */
final class NumberPicture {
  private static final Map<String, String> RULES =
      Map.ofEntries(
          Map.entry("D3080", "The picture string must only contain a maximum of two sub-pictures"),
          Map.entry("D3081", "more than one instance of the 'decimal-separator' character"),
          Map.entry("D3082", "more than one instance of the 'percent' character"),
          Map.entry("D3083", "more than one instance of the 'per-mille' character"),
          Map.entry("D3084", "both a 'percent' and a 'per-mille' character"),
          Map.entry("D3085", "no digit in the mantissa part of a sub-picture"),
          Map.entry("D3086", "a passive character between two active characters"),
          Map.entry("D3087", "a 'grouping-separator' character adjacent to a 'decimal-separator'"),
          Map.entry("D3088", "a 'grouping-separator' at the end of the integer part"),
          Map.entry("D3089", "two adjacent instances of the 'grouping-separator' character"),
          Map.entry("D3090", "a digit before an optional digit in the integer part"),
          Map.entry("D3091", "an optional digit before a digit in the fractional part"),
          Map.entry("D3092", "an exponent in a sub-picture with 'percent' or 'per-mille'"),
          Map.entry("D3093", "other characters than digits in the exponent part"));

  private final Map<?, ?> options;
  private final Budget budget;
  private final String point;
  private final String group;
  private final String power;
  private final String minus;
  private final String percent;
  private final String perMille;
  private final String digit;
  private final char zero;
  private final List<Part> parts;

  /**
   * @param options replacements of the symbols, by their names
   */
  NumberPicture(String picture, Map<?, ?> options, Budget budget) {
    this.options = options;
    this.budget = budget;
    this.point = symbol("decimal-separator", ".");
    this.group = symbol("grouping-separator", ",");
    this.power = symbol("exponent-separator", "e");
    this.minus = symbol("minus-sign", "-");
    this.percent = symbol("percent", "%");
    this.perMille = symbol("per-mille", "\u2030");
    this.digit = symbol("digit", "#");
    this.zero = symbol("zero-digit", "0").charAt(0);
    budget.take(200.0 * picture.length());
    List<String> pictures = split(picture, symbol("pattern-separator", ";"));
    if (pictures.size() > 2) {
      throw broken("D3080");
    }
    this.parts = pictures.stream().map(Part::new).toList();
  }

  private String symbol(String name, String byDefault) {
    return options.get(name) instanceof String given && !given.isEmpty() ? given : byDefault;
  }

  private static List<String> split(String picture, String separator) {
    List<String> all = new ArrayList<>();
    int from = 0;
    for (int at = picture.indexOf(separator); at >= 0; at = picture.indexOf(separator, from)) {
      all.add(picture.substring(from, at));
      from = at + separator.length();
    }
    all.add(picture.substring(from));
    return all;
  }

  private static JsonataException broken(String code) {
    return new JsonataException(code, "The picture breaks a rule: " + RULES.get(code));
  }

  private boolean isDigit(char c) {
    return c >= zero && c < zero + 10;
  }

  private boolean isPlace(char c) {
    return isDigit(c) || is(digit, c);
  }

  private static boolean is(String symbol, char c) {
    return symbol.length() == 1 && symbol.charAt(0) == c;
  }

  private boolean isActive(char c) {
    return isPlace(c)
        || is(point, c)
        || is(power, c)
        || is(group, c)
        || is(symbol("pattern-separator", ";"), c);
  }

  private int digits(String text) {
    return (int) text.chars().filter(c -> isDigit((char) c)).count();
  }

  private int places(String text) {
    return (int) text.chars().filter(c -> isPlace((char) c)).count();
  }

  /** The picture for numbers of one sign: the text around the digits, and their number. */
  private final class Part {
    private final String picture;
    private final String prefix;
    private final String suffix;
    private final String active;
    private final String mantissa;
    private final String integer;
    private final String fraction;

    /** Null if there is none. */
    private final String exponent;

    Part(String picture) {
      this.picture = picture;
      int from = 0;
      while (from < picture.length() && !begins(picture.charAt(from))) {
        from++;
      }
      if (from == picture.length()) {
        throw broken("D3085");
      }
      int to = picture.length();
      while (!begins(picture.charAt(to - 1))) {
        to--;
      }
      prefix = picture.substring(0, from);
      suffix = picture.substring(to);
      active = picture.substring(from, to);
      int at = picture.indexOf(power, from);
      boolean hasPower = at >= 0 && at <= to;
      // The reference counts this place from the picture's begin, in a text without the prefix.
      mantissa = hasPower ? active.substring(0, Math.min(at, active.length())) : active;
      exponent = hasPower ? active.substring(Math.min(at + 1, active.length())) : null;
      int pointAt = mantissa.indexOf(point);
      integer = pointAt < 0 ? mantissa : mantissa.substring(0, pointAt);
      fraction = pointAt < 0 ? suffix : mantissa.substring(pointAt + 1);
      validate();
    }

    private boolean begins(char c) {
      return isActive(c) && !is(power, c);
    }

    /** The last rule that is broken is the one that is told. */
    private void validate() {
      String code = null;
      int pointAt = picture.indexOf(point);
      code = pointAt != picture.lastIndexOf(point) ? "D3081" : code;
      code = picture.indexOf(percent) != picture.lastIndexOf(percent) ? "D3082" : code;
      code = picture.indexOf(perMille) != picture.lastIndexOf(perMille) ? "D3083" : code;
      boolean scaled = picture.contains(percent) || picture.contains(perMille);
      code = picture.contains(percent) && picture.contains(perMille) ? "D3084" : code;
      code = places(mantissa) == 0 ? "D3085" : code;
      code = active.chars().allMatch(c -> isActive((char) c)) ? code : "D3086";
      if (pointAt >= 0) {
        boolean adjacent =
            (pointAt > 0 && is(group, picture.charAt(pointAt - 1)))
                || (pointAt + 1 < picture.length() && is(group, picture.charAt(pointAt + 1)));
        code = adjacent ? "D3087" : code;
      } else {
        code = integer.endsWith(group) ? "D3088" : code;
      }
      code = picture.contains(group + group) ? "D3089" : code;
      int first = integer.indexOf(digit);
      code = first >= 0 && digits(integer.substring(0, first)) > 0 ? "D3090" : code;
      int last = fraction.lastIndexOf(digit);
      code = last >= 0 && digits(fraction.substring(last)) > 0 ? "D3091" : code;
      code = exponent != null && !exponent.isEmpty() && scaled ? "D3092" : code;
      boolean malformed =
          exponent != null && (exponent.isEmpty() || digits(exponent) < exponent.length());
      code = malformed ? "D3093" : code;
      if (code != null) {
        throw broken(code);
      }
    }

    private double scaled(double number) {
      return number * (picture.contains(percent) ? 100 : picture.contains(perMille) ? 1000 : 1);
    }

    String format(double number, String sign) {
      int integerDigits = digits(integer);
      int scaling = integerDigits;
      int fractionDigits = digits(fraction);
      int longestFraction = places(fraction);
      if (integerDigits == 0 && longestFraction == 0) {
        integerDigits = exponent == null ? 1 : 0;
        fractionDigits = exponent == null ? 0 : 1;
        longestFraction = fractionDigits;
      }
      if (exponent != null && integerDigits == 0 && integer.contains(digit)) {
        integerDigits = 1;
      }
      if (integerDigits == 0 && fractionDigits == 0) {
        fractionDigits = 1;
      }
      double value = Math.abs(scaled(number));
      int shift = 0;
      if (exponent != null && value > 0 && Double.isFinite(value)) {
        double most = Math.pow(10, scaling);
        double least = Math.pow(10, scaling - 1.0);
        for (; value < least; shift--) {
          value *= 10;
        }
        for (; value > most; shift++) {
          value /= 10;
        }
      }
      String text = fixed(Numbers.round(value, (double) longestFraction), longestFraction);
      int at = text.indexOf('.');
      String whole = (at < 0 ? text : text.substring(0, at)).replaceFirst("^0+", "");
      String rest = at < 0 ? "" : text.substring(at + 1).replaceFirst("(?<!0)0++$", "");
      whole = "0".repeat(Math.max(0, integerDigits - whole.length())) + whole;
      rest = rest + "0".repeat(Math.max(0, fractionDigits - rest.length()));
      String formatted = grouped(whole);
      if (picture.contains(point) && !rest.isEmpty()) {
        formatted += point + groupedFraction(rest);
      }
      if (exponent != null) {
        String latin = Integer.toString(Math.abs(shift));
        latin = "0".repeat(Math.max(0, digits(exponent) - latin.length())) + latin;
        formatted += power + (shift < 0 ? minus : "") + localized(latin);
      }
      return sign + prefix + formatted + suffix;
    }

    /** With so many digits after the point; as JavaScript's toFixed. */
    private static String fixed(double value, int digits) {
      return Double.isFinite(value) && value < 1e21
          ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toPlainString()
          : Numbers.text(value);
    }

    /** How many digits stand after each separator of the integer part. */
    private List<Integer> positions() {
      List<Integer> positions = new ArrayList<>();
      for (int at = integer.indexOf(group); at >= 0; at = integer.indexOf(group, at + 1)) {
        positions.add(places(integer.substring(at)));
        budget.step();
      }
      return positions;
    }

    /** As in the picture, and on to the left if the groups there are of one size. */
    private String grouped(String whole) {
      List<Integer> positions = positions();
      int size = IntegerPicture.regular(positions);
      String localized = localized(whole);
      StringBuilder text = new StringBuilder(localized);
      if (size > 0) {
        for (int at = localized.length() - size; at > 0; at -= size) {
          text.insert(at, group);
        }
        return text.toString();
      }
      // As the reference counts: from where the point is, which each separator moves.
      int end = localized.length();
      for (int position : positions) {
        text.insert(Math.clamp(end - (long) position, 0, text.length()), group);
        end++;
      }
      return text.toString();
    }

    private String groupedFraction(String digits) {
      StringBuilder text = new StringBuilder(localized(digits));
      for (int at = fraction.indexOf(group); at >= 0; at = integer.indexOf(group, at + 1)) {
        int position = places(fraction.substring(0, Math.min(at, fraction.length())));
        text.insert(Math.min(position, text.length()), group);
        budget.step();
      }
      return text.toString();
    }

    /** Latin digits in those of the picture. */
    private String localized(String latin) {
      char[] text = latin.toCharArray();
      for (int i = 0; i < text.length; i++) {
        text[i] = text[i] >= '0' && text[i] <= '9' ? (char) (text[i] - '0' + zero) : text[i];
      }
      return new String(text);
    }
  }

  /** The number in the form of the picture. */
  String format(double number) {
    boolean negative = !(number >= 0);
    return parts
        .get(negative ? parts.size() - 1 : 0)
        .format(number, negative && parts.size() == 1 ? minus : "");
  }
}

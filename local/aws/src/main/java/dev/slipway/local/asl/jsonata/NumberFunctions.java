package dev.slipway.local.asl.jsonata;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Pattern;

/** {@code $sum}, {@code $round} and the like. */
final class NumberFunctions {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]++(?:\\.[0-9]++)?(?:[Ee][-+]?[0-9]++)?");
  private static final Pattern RADIX_NUMBER =
      Pattern.compile("0(?:[xX][0-9A-Fa-f]++|[oO][0-7]++|[bB][01]++)");

  private NumberFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .of("sum", 1, "<a<n>:n>", (given, e) -> fold(given.list(0), 0, Double::sum, e))
        .of("max", 1, "<a<n>:n>", (given, e) -> extreme(given.list(0), Math::max, e))
        .of("min", 1, "<a<n>:n>", (given, e) -> extreme(given.list(0), Math::min, e))
        .of("average", 1, "<a<n>:n>", NumberFunctions::average)
        .of("number", 1, "<(nsb)-:n>", (given, ignored) -> number(given.at(0)))
        .of("floor", 1, "<n-:n>", (given, ignored) -> Math.floor(given.number(0)))
        .of("ceil", 1, "<n-:n>", (given, ignored) -> Math.ceil(given.number(0)))
        .of("abs", 1, "<n-:n>", (given, ignored) -> Math.abs(given.number(0)))
        .of(
            "round",
            2,
            "<n-n?:n>",
            (given, ignored) -> Numbers.round(given.number(0), given.number(1)))
        .of("sqrt", 1, "<n-:n>", (given, ignored) -> root(given.number(0)))
        .of("power", 2, "<n-n:n>", NumberFunctions::power)
        .of("formatBase", 2, "<n-n?:s>", NumberFunctions::formatBase)
        .of("formatNumber", 3, "<n-so?:s>", NumberFunctions::formatNumber)
        .of("formatInteger", 2, "<n-s:s>", NumberFunctions::formatInteger)
        .of("parseInteger", 2, "<s-s:n>", NumberFunctions::parseInteger)
        .all();
  }

  /** One by one, as JSONata adds: a stream would make up for what gets lost in rounding. */
  private static double fold(
      List<?> numbers, double start, DoubleBinaryOperator operator, Evaluation evaluation) {
    double result = start;
    for (Object number : numbers) {
      evaluation.budget().step();
      result = operator.applyAsDouble(result, number instanceof Double value ? value : Double.NaN);
    }
    return result;
  }

  private static Object extreme(
      List<?> numbers, DoubleBinaryOperator operator, Evaluation evaluation) {
    return numbers.isEmpty()
        ? null
        : fold(numbers, (Double) numbers.getFirst(), operator, evaluation);
  }

  private static Object average(Arguments given, Evaluation evaluation) {
    List<?> numbers = given.list(0);
    return numbers.isEmpty() ? null : fold(numbers, 0, Double::sum, evaluation) / numbers.size();
  }

  private static Object number(Object value) {
    if (value instanceof Double number) {
      return number;
    }
    if (value instanceof Boolean truth) {
      return truth ? 1.0 : 0.0;
    }
    if (value instanceof String text && RADIX_NUMBER.matcher(text).matches()) {
      int radix =
          switch (text.toLowerCase(Locale.ROOT).charAt(1)) {
            case 'x' -> 16;
            case 'o' -> 8;
            default -> 2;
          };
      return new BigInteger(text.substring(2), radix).doubleValue();
    }
    if (value instanceof String text
        && NUMBER.matcher(text).matches()
        && Double.isFinite(Double.parseDouble(text))) {
      return Double.parseDouble(text);
    }
    throw new JsonataException(
        "D3030",
        "Unable to cast value to a number: "
            + (value instanceof String text ? "\"" + text + "\"" : value));
  }

  private static Object root(double number) {
    if (number < 0) {
      throw new JsonataException(
          "D3060",
          "The sqrt function cannot be applied to a negative number: " + Numbers.text(number));
    }
    return Math.sqrt(number);
  }

  private static Object power(Arguments given, Evaluation evaluation) {
    double base = given.number(0);
    double exponent = given.number(1) == null ? Double.NaN : given.number(1);
    // As in JavaScript, one to an endless power is no number.
    double result =
        Math.abs(base) == 1 && Double.isInfinite(exponent) ? Double.NaN : Math.pow(base, exponent);
    if (!Double.isFinite(result)) {
      throw new JsonataException(
          "D3061",
          ("The power function has resulted in a value that cannot be represented as a JSON number:"
                  + " base=%s, exponent=%s")
              .formatted(Numbers.text(base), Numbers.text(exponent)));
    }
    return result;
  }

  private static Object formatBase(Arguments given, Evaluation evaluation) {
    double number = Numbers.round(given.number(0), null);
    double radix = given.number(1) == null ? 10 : Numbers.round(given.number(1), null);
    if (!(radix >= 2 && radix <= 36)) {
      throw new JsonataException(
          "D3100",
          "The radix of the formatBase function must be between 2 and 36.  It was given "
              + Numbers.text(radix));
    }
    return Numbers.inBase(number, (int) radix);
  }

  private static Object formatNumber(Arguments given, Evaluation evaluation) {
    Map<?, ?> options = given.at(2) instanceof Map<?, ?> map ? map : Map.of();
    return new NumberPicture(given.picture(1), options, evaluation.budget())
        .format(given.number(0));
  }

  private static Object formatInteger(Arguments given, Evaluation evaluation) {
    return IntegerPicture.parse(given.picture(1))
        .format(Math.floor(given.number(0)), evaluation.budget());
  }

  private static Object parseInteger(Arguments given, Evaluation evaluation) {
    return IntegerPicture.parse(given.picture(1)).parse(given.text(0), evaluation.budget());
  }
}

package dev.slipway.local.asl.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Those of JSONata's own functions on texts that the evaluator in use does not get right. */
final class TextFunctions {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");
  private static final Pattern RADIX_NUMBER =
      Pattern.compile("0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)");

  /** What {@code $toMillis} takes for a timestamp: each part may be the last one. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "\\d{4}(?:-[01]\\d(?:-[0-3]\\d(?:T[0-2]\\d(?::[0-5]\\d){2}(?:\\.\\d+)?"
              + "(?:Z|[+-][0-2]\\d:?[0-5]\\d)?)?)?)?");

  private static final Pattern YEAR_MONTH = Pattern.compile("\\d{4}-\\d{2}");

  /** What of a whole URL is not encoded. */
  private static final Pattern URL_PART = Pattern.compile("[^A-Za-z0-9;,/?:@&=+$_.!~*'()#-]+");

  private static final Pattern ENCODED_RESERVED =
      Pattern.compile("%(3B|2C|2F|3F|3A|40|26|3D|2B|24|23)", Pattern.CASE_INSENSITIVE);

  /** By name, for expressions to call. */
  static final Map<String, Jsonata.JFunction> ALL =
      Map.of(
          "string",
          function("string", 2, TextFunctions::string, "<x-b?:s>"),
          "number",
          function("number", 1, TextFunctions::number, "<(nsb)-:n>"),
          "substring",
          function("substring", 3, TextFunctions::substring, "<s-nn?:s>"),
          "match",
          function("match", 2, TextFunctions::match, "<s-f<s:o>n?:a<o>>"),
          "replace",
          function("replace", 4, TextFunctions::replace, "<s-(sf)(sf)n?:s>"),
          "encodeUrl",
          function("encodeUrl", 1, TextFunctions::encodeUrl, "<s-:s>"),
          "decodeUrl",
          function("decodeUrl", 1, TextFunctions::decodeUrl, "<s-:s>"),
          "decodeUrlComponent",
          function("decodeUrlComponent", 1, TextFunctions::decodeUrlComponent, "<s-:s>"),
          "formatNumber",
          function("formatNumber", 3, TextFunctions::formatNumber, "<n-so?:s>"),
          "toMillis",
          function("toMillis", 2, TextFunctions::toMillis, "<s-s?:n>"));

  private TextFunctions() {}

  /** Of an undefined value, undefined. */
  private static Jsonata.JFunction function(
      String name, int arity, LibraryFunction.Body body, String signature) {
    return new LibraryFunction(
        name,
        arity,
        signature,
        arguments -> arguments.getFirst() == null ? null : body.call(arguments));
  }

  private static Object string(List<?> arguments) {
    Object value = arguments.getFirst();
    if (value instanceof Utils.JList<?> list && list.outerWrapper) {
      value = list.getFirst();
    }
    boolean json =
        value instanceof List<?>
            || value instanceof Map<?, ?>
            || value instanceof Number
            || value instanceof Boolean
            || value == Jsonata.NULL_VALUE;
    return json
        ? JsonText.of(value, Boolean.TRUE.equals(LibraryFunction.argument(arguments, 1)))
        : Functions.string(value, false);
  }

  private static Object number(List<?> arguments) {
    if (!(arguments.getFirst() instanceof String text)) {
      return Functions.number(arguments.getFirst());
    }
    if (RADIX_NUMBER.matcher(text).matches()) {
      int radix =
          switch (text.toLowerCase(Locale.ROOT).charAt(1)) {
            case 'x' -> 16;
            case 'o' -> 8;
            default -> 2;
          };
      return Utils.convertNumber(new BigInteger(text.substring(2), radix).doubleValue());
    }
    if (!NUMBER.matcher(text).matches() || Double.isInfinite(Double.parseDouble(text))) {
      throw new JException("D3030", -1, text);
    }
    return Utils.convertNumber(Double.parseDouble(text));
  }

  /** Counts characters, of which some are two of Java's; fractions are cut off. */
  private static Object substring(List<?> arguments) {
    int[] characters = ((String) arguments.getFirst()).codePoints().toArray();
    double start =
        LibraryFunction.argument(arguments, 1) instanceof Number given ? given.doubleValue() : 0;
    if (characters.length + start < 0) {
      start = 0;
    }
    double end = characters.length;
    if (LibraryFunction.argument(arguments, 2) instanceof Number length) {
      if (length.doubleValue() <= 0) {
        return "";
      }
      end = (start < 0 ? characters.length + start : start) + length.doubleValue();
    }
    int from = (int) Math.min(start < 0 ? characters.length + (int) start : start, end);
    from = Math.min(from, characters.length);
    return new String(characters, from, (int) Math.min(end, characters.length) - from);
  }

  /** Takes the limit, of which the evaluator finds one more. */
  private static Object match(List<?> arguments) {
    List<?> all = Functions.match((String) arguments.getFirst(), (Pattern) arguments.get(1), null);
    if (!(LibraryFunction.argument(arguments, 2) instanceof Number limit)) {
      return all;
    }
    if (limit.doubleValue() < 0) {
      throw new JException("D3040", -1, limit);
    }
    List<Object> some = Utils.createSequence();
    some.addAll(all.subList(0, (int) Math.min(all.size(), Math.ceil(limit.doubleValue()))));
    return some;
  }

  private static Object replace(List<?> arguments) throws Throwable {
    String text = (String) arguments.getFirst();
    Number limit = (Number) LibraryFunction.argument(arguments, 3);
    return arguments.get(1) instanceof Pattern pattern
        ? Replacement.replace(text, pattern, arguments.get(2), limit)
        : Functions.replace(
            text, arguments.get(1), arguments.get(2), limit == null ? null : limit.intValue());
  }

  private static Object encodeUrl(List<?> arguments) {
    String url = (String) arguments.getFirst();
    // The evaluator's own finds lone halves of characters, which nothing encodes.
    Functions.encodeUrl(url);
    return URL_PART
        .matcher(url)
        .replaceAll(
            part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** Leaves what means something in a URL encoded, as it was no text before. */
  private static Object decodeUrl(List<?> arguments) {
    String url = ENCODED_RESERVED.matcher((String) arguments.getFirst()).replaceAll("%25$1");
    return Functions.decodeUrl(url.replace("+", "%2B"));
  }

  private static Object decodeUrlComponent(List<?> arguments) {
    // To the evaluator a plus is a blank, as it is in forms.
    return Functions.decodeUrlComponent(((String) arguments.getFirst()).replace("+", "%2B"));
  }

  private static Object formatNumber(List<?> arguments) {
    return NumberPicture.format(
        (Number) arguments.getFirst(),
        (String) arguments.get(1),
        (Map<?, ?>) LibraryFunction.argument(arguments, 2));
  }

  private static Object toMillis(List<?> arguments) throws ParseException {
    String timestamp = (String) arguments.getFirst();
    String picture = (String) LibraryFunction.argument(arguments, 1);
    if (picture == null) {
      if (!TIMESTAMP.matcher(timestamp).matches()) {
        throw new JException("D3110", -1, timestamp);
      }
      if (YEAR_MONTH.matcher(timestamp).matches()) {
        return YearMonth.parse(timestamp)
            .atDay(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .toEpochMilli();
      }
    }
    return Functions.dateTimeToMillis(timestamp, picture);
  }
}

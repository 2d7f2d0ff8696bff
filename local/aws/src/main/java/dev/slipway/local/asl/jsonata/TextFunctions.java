package dev.slipway.local.asl.jsonata;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code $substring}, {@code $pad} and the like. */
final class TextFunctions {
  private TextFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .of("string", 1, "<x-b?:s>", TextFunctions::string)
        .of("substring", 3, "<s-nn?:s>", TextFunctions::substring)
        .of("substringBefore", 2, "<s-s:s>", TextFunctions::substringBefore)
        .of("substringAfter", 2, "<s-s:s>", TextFunctions::substringAfter)
        .of("lowercase", 1, "<s-:s>", (given, ignored) -> given.text(0).toLowerCase(Locale.ROOT))
        .of("uppercase", 1, "<s-:s>", (given, ignored) -> given.text(0).toUpperCase(Locale.ROOT))
        .of("length", 1, "<s-:n>", (given, ignored) -> (double) length(given.text(0)))
        .of("trim", 1, "<s-:s>", (given, ignored) -> trim(given.text(0)))
        .of("pad", 3, "<s-ns?:s>", TextFunctions::pad)
        .of("join", 2, "<a<s>s?:s>", TextFunctions::join)
        .of("base64encode", 1, "<s-:s>", (given, ignored) -> encode(given.text(0)))
        .of("base64decode", 1, "<s-:s>", (given, ignored) -> decode(given.text(0)))
        .all();
  }

  /** In characters, of which some are two of Java's. */
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Object string(Arguments given, Evaluation evaluation) {
    return JsonWriter.text(given.at(0), Boolean.TRUE.equals(given.at(1)), evaluation.budget());
  }

  private static Object substring(Arguments given, Evaluation evaluation) {
    String text = given.text(0);
    int all = length(text);
    double start = given.number(1) == null ? 0 : given.number(1);
    if (all + start < 0) {
      start = 0;
    }
    double end = all;
    Double length = given.number(2);
    if (length != null) {
      if (length <= 0) {
        return "";
      }
      end = start >= 0 ? start + length : all + start + length;
    }
    int from = bounded(start, all);
    int to = bounded(end, all);
    if (from >= to) {
      return "";
    }
    int first = text.offsetByCodePoints(0, from);
    return text.substring(first, text.offsetByCodePoints(first, to - from));
  }

  /**
   * A place in a text as JavaScript's slice takes it: without fraction, from the end if negative.
   */
  private static int bounded(double place, int length) {
    double whole = place < 0 ? Math.ceil(place) : Math.floor(place);
    return (int) Math.clamp(whole < 0 ? length + whole : whole, 0, length);
  }

  private static Object substringBefore(Arguments given, Evaluation evaluation) {
    String text = given.text(0);
    int at = given.at(1) == null ? -1 : Search.indexOf(text, given.text(1), 0, evaluation.budget());
    return at < 0 ? text : text.substring(0, at);
  }

  private static Object substringAfter(Arguments given, Evaluation evaluation) {
    String text = given.text(0);
    int at = given.at(1) == null ? -1 : Search.indexOf(text, given.text(1), 0, evaluation.budget());
    return at < 0 ? text : text.substring(at + given.text(1).length());
  }

  private static String trim(String text) {
    StringBuilder trimmed = new StringBuilder();
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean wasBlank = blank;
      blank = " \t\n\r".indexOf(c) >= 0;
      if (!blank) {
        trimmed.append(wasBlank && !trimmed.isEmpty() ? " " : "").append(c);
      }
    }
    return trimmed.toString();
  }

  private static Object pad(Arguments given, Evaluation evaluation) {
    String text = given.text(0);
    double width = given.number(1) == null ? Double.NaN : given.number(1);
    String with = given.text(2) == null || given.text(2).isEmpty() ? " " : given.text(2);
    double missing = Math.abs(width) - length(text);
    if (!(missing > 0)) {
      return text;
    }
    if (missing != Math.rint(missing)) {
      throw new JsonataException(null, "Invalid array length");
    }
    evaluation.budget().take(missing * 2 + text.length());
    StringBuilder padded = new StringBuilder(width > 0 ? text : "");
    int[] characters = with.codePoints().toArray();
    for (int i = 0; i < missing; i++) {
      padded.appendCodePoint(characters[i % characters.length]);
    }
    return padded.append(width > 0 ? "" : text).toString();
  }

  private static Object join(Arguments given, Evaluation evaluation) {
    String separator = given.text(1) == null ? "" : given.text(1);
    double length = 0;
    for (Object text : given.list(0)) {
      evaluation.budget().step();
      length += separator.length() + (text instanceof String part ? part.length() : 0);
    }
    evaluation.budget().take(length);
    return given.list(0).stream()
        .map(text -> text == null ? "" : text.toString())
        .collect(Collectors.joining(separator));
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads over what is no base 64, and takes the alphabet of URLs as well. */
  private static String decode(String text) {
    int end = text.indexOf('=');
    String digits =
        (end < 0 ? text : text.substring(0, end))
            .replace('-', '+')
            .replace('_', '/')
            .replaceAll("[^A-Za-z0-9+/]", "");
    String whole = digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits;
    return new String(Base64.getDecoder().decode(whole), StandardCharsets.UTF_8);
  }

  /** All of JSON's texts are those of JavaScript: {@code [a, b]} splits into their parts. */
  static List<String> units(String text) {
    return text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
  }
}

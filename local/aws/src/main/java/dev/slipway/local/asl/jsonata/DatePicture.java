package dev.slipway.local.asl.jsonata;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture of {@code $fromMillis} and {@code $toMillis}, as XPath's functions and operators (9.8)
 * define it: {@code [Y0001]-[M01]-[D01]}.
 */
final class DatePicture {
  private static final String INTEGERS = "YMDdFWwXxHhmsf";

  /**
   * A part: a literal text, or a component of a date.
   *
   * @param literal null for a component
   * @param component such as {@code Y}
   * @param names in which case the name stands for the number: N, n or T for title; else a blank
   * @param zForUtc whether Z stands for no offset
   * @param longest how long a name may be; null if nothing is said
   * @param integer null for names
   * @param digits of a year, a month or a day, how many; -1 for any number
   */
  record Part(
      String literal,
      char component,
      char names,
      boolean zForUtc,
      Integer longest,
      IntegerPicture integer,
      int digits) {}

  private final List<Part> parts = new ArrayList<>();

  private DatePicture() {}

  List<Part> parts() {
    return parts;
  }

  /** Fails with {@code D3132} or {@code D3135} if the picture is none. */
  static DatePicture parse(String text) {
    DatePicture picture = new DatePicture();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '[') {
        at++;
        continue;
      }
      picture.addLiteral(text.substring(start, at));
      if (text.startsWith("[[", at)) {
        picture.addLiteral("[");
        at += 2;
      } else {
        int end = text.indexOf(']', at);
        if (end < 0) {
          throw new JsonataException(
              "D3135", "No matching closing bracket ']' in date/time picture string");
        }
        picture.parts.add(component(text.substring(at + 1, end).replaceAll("\\s", "")));
        at = end + 1;
      }
      start = at;
    }
    picture.addLiteral(text.substring(start));
    return picture;
  }

  private void addLiteral(String literal) {
    if (!literal.isEmpty()) {
      parts.add(new Part(literal.replace("]]", "]"), ' ', ' ', false, null, null, -1));
    }
  }

  private static Part component(String marker) {
    char component = marker.isEmpty() ? ' ' : marker.charAt(0);
    int comma = marker.lastIndexOf(',');
    Integer least = null;
    Integer most = null;
    if (comma >= 0) {
      String width = marker.substring(comma + 1);
      int dash = width.indexOf('-');
      least = width(dash < 0 ? width : width.substring(0, dash));
      most = dash < 0 ? null : width(width.substring(dash + 1));
    }
    String modifier =
        marker.substring(
            Math.min(1, marker.length()), Math.max(comma, comma < 0 ? marker.length() : 1));
    String second = "";
    if (modifier.length() > 1 && "atco".indexOf(modifier.charAt(modifier.length() - 1)) >= 0) {
      second = modifier.substring(modifier.length() - 1);
      modifier = modifier.substring(0, modifier.length() - 1);
    } else if (modifier.isEmpty()) {
      modifier = byDefault(component);
    }
    char names =
        modifier.startsWith("Nn")
            ? 'T'
            : modifier.startsWith("N") ? 'N' : modifier.startsWith("n") ? 'n' : ' ';
    IntegerPicture integer = null;
    int digits = -1;
    if (names == ' ' && INTEGERS.indexOf(component) >= 0) {
      integer = IntegerPicture.parse(second.isEmpty() ? modifier : modifier + ";" + second);
      if (least != null && integer.mandatoryDigits() >= 0 && integer.mandatoryDigits() < least) {
        integer.setMandatoryDigits(least);
      }
      if ("YMD".indexOf(component) >= 0) {
        if (most != null) {
          digits = most;
          integer.setMandatoryDigits(most);
        } else if (integer.digits() >= 2) {
          digits = integer.digits();
        }
      }
    }
    if (component == 'Z' || component == 'z') {
      integer = IntegerPicture.parse(modifier);
    }
    return new Part(null, component, names, second.equals("t"), most, integer, digits);
  }

  private static Integer width(String text) {
    double width = text.equals("*") ? Double.NaN : Numbers.leadingInteger(text);
    return Double.isNaN(width) ? null : (int) Math.clamp(width, 0, 100);
  }

  private static String byDefault(char component) {
    return switch (component) {
      case 'Y', 'M', 'D', 'd', 'W', 'w', 'X', 'x', 'H', 'h', 'f' -> "1";
      case 'F', 'P', 'C', 'E' -> "n";
      case 'm', 's' -> "01";
      case 'Z', 'z' -> "01:01";
      default ->
          throw new JsonataException(
              "D3132",
              "Unknown component specifier \"%s\" in date/time picture string"
                  .formatted(component == ' ' ? "" : component));
    };
  }
}

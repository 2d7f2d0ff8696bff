package dev.slipway.local.asl.jsonata;

import dev.slipway.local.asl.jsonata.DatePicture.Part;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code $now}, {@code $millis}, {@code $fromMillis}, {@code $toMillis}. */
final class DateFunctions {
  private static final String ISO_8601 = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

  /** A timestamp as JavaScript reads it: each part may be the last one. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})(?:-([01]\\d)(?:-([0-3]\\d)(?:T([0-2]\\d):([0-5]\\d):([0-5]\\d)(?:\\.(\\d++))?"
              + "(Z|[+-][0-2]\\d:?[0-5]\\d)?)?)?)?");

  private DateFunctions() {}

  static Map<String, Builtin> all() {
    return new Library.Shelf()
        .add(
            "now",
            2,
            "<s?s?:s>",
            (given, e) -> format(e.now(), optional(given, 0), given.text(1), e))
        .add("millis", 0, "<:n>", (ignored, e) -> e.now())
        .of(
            "fromMillis",
            3,
            "<n-s?s?:s>",
            (given, e) -> format(given.number(0), optional(given, 1), given.text(2), e))
        .of("toMillis", 2, "<s-s?:n>", DateFunctions::toMillis)
        .all();
  }

  private static String optional(Arguments given, int index) {
    return given.at(index) == null ? null : given.picture(index);
  }

  private static String format(double millis, String picture, String zone, Evaluation evaluation) {
    double offset = zone == null ? 0 : Numbers.leadingInteger(zone);
    if (Double.isNaN(offset)) {
      throw new JsonataException(
          "D3134", "The timezone must be an offset such as -0500, and not \"" + zone + "\"");
    }
    double hours = Math.floor(offset / 100);
    double minutes = offset % 100;
    LocalDateTime date = Dates.at(Math.floor(millis) + (60 * hours + minutes) * 60_000);
    StringBuilder text = new StringBuilder();
    for (Part part : DatePicture.parse(picture == null ? ISO_8601 : picture).parts()) {
      String formatted =
          part.literal() != null
              ? part.literal()
              : part.component() == 'Z' || part.component() == 'z'
                  ? zone(part, hours, minutes, evaluation.budget())
                  : component(part, date, evaluation.budget());
      evaluation.budget().take(2.0 * formatted.length());
      evaluation.budget().step();
      text.append(formatted);
    }
    return text.toString();
  }

  private static String component(Part part, LocalDateTime date, Budget budget) {
    if (part.component() == 'P') {
      String half = date.getHour() >= 12 ? "pm" : "am";
      return part.names() == 'N' ? Dates.cased(half, 'N') : half;
    }
    if (part.component() == 'C' || part.component() == 'E') {
      return "ISO";
    }
    int number = Dates.number(date, part.component());
    if (part.component() == 'Y' && part.digits() >= 0) {
      number = (int) (number % Math.pow(10, part.digits()));
    }
    if (part.names() == ' ' && part.integer() != null) {
      return part.integer().format(number, budget);
    }
    String name =
        switch (part.component()) {
          case 'M', 'x' -> Dates.MONTHS.get(number - 1);
          case 'F' -> Dates.DAYS.get(number - 1);
          default -> throw noName(part);
        };
    String cased = Dates.cased(name, part.names());
    return part.longest() != null && cased.length() > part.longest()
        ? cased.substring(0, part.longest())
        : cased;
  }

  private static JsonataException noName(Part part) {
    return new JsonataException(
        "D3133",
        ("The 'name' modifier can only be applied to months and days in the date/time picture"
                + " string, not \"%s\"")
            .formatted(part.component()));
  }

  private static String zone(Part part, double hours, double minutes, Budget budget) {
    double offset = hours * 100 + minutes;
    String text;
    if (part.integer().isRegular()) {
      text = part.integer().format(offset, budget);
    } else {
      text =
          switch (part.integer().mandatoryDigits()) {
            case 1, 2 ->
                part.integer().format(hours, budget)
                    + (minutes == 0
                        ? ""
                        : ":" + IntegerPicture.parse("00").format(minutes, budget));
            case 3, 4 -> part.integer().format(offset, budget);
            default ->
                throw new JsonataException(
                    "D3134",
                    "The timezone integer format specifier cannot have more than four digits");
          };
    }
    if (offset == 0 && part.zForUtc()) {
      return "Z";
    }
    return (part.component() == 'z' ? "GMT" : "") + (offset >= 0 ? "+" : "") + text;
  }

  private static Object toMillis(Arguments given, Evaluation evaluation) {
    String timestamp = given.text(0);
    if (given.at(1) != null) {
      return parse(timestamp, DatePicture.parse(given.picture(1)), evaluation);
    }
    Matcher parts = TIMESTAMP.matcher(timestamp);
    double millis = parts.matches() ? millis(parts) : Double.NaN;
    if (Double.isNaN(millis)) {
      throw new JsonataException(
          "D3110",
          "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \"%s\""
              .formatted(timestamp));
    }
    return millis;
  }

  private static double millis(Matcher parts) {
    double month = number(parts.group(2), 1);
    double day = number(parts.group(3), 1);
    double hour = number(parts.group(4), 0);
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return Double.NaN;
    }
    double minute = number(parts.group(5), 0);
    double second = number(parts.group(6), 0);
    String fraction = parts.group(7) == null ? "0" : parts.group(7);
    double milli = Math.floor(Double.parseDouble("0." + fraction) * 1000 + 1e-9);
    if (hour > 24 || (hour == 24 && minute + second + milli > 0)) {
      return Double.NaN;
    }
    double year = Double.parseDouble(parts.group(1));
    double millis = Dates.millis(year, month - 1, day, hour, minute, second, milli);
    // Here a year of two digits is what it says.
    if (year <= 99) {
      millis =
          Dates.millis(year + 400, month - 1, day, hour, minute, second, milli)
              - 146_097.0 * 86_400_000;
    }
    String zone = parts.group(8);
    if (zone == null || zone.equals("Z")) {
      return millis;
    }
    double hours = Double.parseDouble(zone.substring(1, 3));
    double minutes = Double.parseDouble(zone.substring(zone.length() - 2));
    if (hours > 23) {
      return Double.NaN;
    }
    return millis - (zone.charAt(0) == '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  }

  private static double number(String text, double byDefault) {
    return text == null ? byDefault : Double.parseDouble(text);
  }

  // With a picture

  private static Object parse(String timestamp, DatePicture picture, Evaluation evaluation) {
    StringBuilder regex = new StringBuilder("^");
    picture.parts().forEach(part -> regex.append('(').append(regex(part)).append(')'));
    int[] groups =
        Regex.compile(regex.append('$').toString(), "i").match(timestamp, 0, evaluation.budget());
    if (groups == null) {
      return null;
    }
    Map<Character, Double> found = new HashMap<>();
    for (int i = 0; i < picture.parts().size(); i++) {
      Part part = picture.parts().get(i);
      if (part.literal() == null) {
        String text = timestamp.substring(groups[2 * i + 2], groups[2 * i + 3]);
        found.put(part.component(), value(part, text, evaluation.budget()));
      }
    }
    return found.isEmpty() ? null : millis(found, evaluation.now());
  }

  private static String regex(Part part) {
    if (part.literal() != null) {
      return part.literal().replaceAll("[.*+?^${}()|\\[\\]\\\\]", "\\\\$0");
    }
    if (part.component() == 'Z' || part.component() == 'z') {
      String mark = part.integer().mark();
      return (part.component() == 'z' ? "GMT" : "")
          + "[-+][0-9]+"
          + (mark == null
              ? ""
              : (".*+?^${}()|[]\\".contains(mark) ? "\\" + mark : mark) + "[0-9]+");
    }
    if (part.integer() != null) {
      return part.integer().regex(part.digits());
    }
    if ("MxFP".indexOf(part.component()) < 0) {
      throw noName(part);
    }
    return "[a-zA-Z]+";
  }

  /** Null if a name is unknown. */
  private static Double value(Part part, String text, Budget budget) {
    if (part.component() == 'Z' || part.component() == 'z') {
      return offset(part, part.component() == 'z' ? text.substring(3) : text);
    }
    if (part.integer() != null) {
      return part.integer().parse(text, budget);
    }
    return switch (part.component()) {
      case 'M', 'x' -> index(Dates.MONTHS, part, text);
      case 'F' -> index(Dates.DAYS, part, text);
      case 'P' ->
          switch (text) {
            case "am", "AM" -> 0.0;
            case "pm", "PM" -> 1.0;
            default -> null;
          };
      default -> throw noName(part);
    };
  }

  private static Double index(List<String> names, Part part, String text) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean cut = part.longest() != null && part.longest() > 0 && part.longest() < name.length();
      if (text.equals(cut ? name.substring(0, part.longest()) : name)) {
        return i + 1.0;
      }
    }
    return null;
  }

  /** In minutes. */
  private static double offset(Part part, String text) {
    String mark = part.integer().mark();
    if (mark != null) {
      int at = text.indexOf(mark);
      return Numbers.leadingInteger(text.substring(0, at)) * 60
          + Numbers.leadingInteger(text.substring(at + 1));
    }
    if (text.length() <= 3) {
      return Numbers.leadingInteger(text) * 60;
    }
    return Numbers.leadingInteger(text.substring(0, 3)) * 60
        + Numbers.leadingInteger(text.substring(3));
  }

  private static Object millis(Map<Character, Double> found, double now) {
    int dates = mask("YXMxWwdD", found);
    boolean byMonth = isType(0b10100001, dates);
    boolean byDay = !byMonth && isType(0b10000010, dates);
    if (isType(0b01010100, dates) || isType(0b01001000, dates)) {
      throw missing();
    }
    int times = mask("PHhmsf", found);
    boolean byHalf = !isType(0b010111, times) && isType(0b101111, times);
    Map<Character, Double> parts =
        complete((byDay ? "YD" : "YMD") + (byHalf ? "Phmsf" : "Hmsf"), found, now);
    double month = parts.getOrDefault('M', 0.0) > 0 ? parts.get('M') - 1 : 0;
    double day = parts.getOrDefault('D', Double.NaN);
    if (byDay) {
      month = 0;
      day = found.getOrDefault('d', Double.NaN);
    }
    double hour = parts.getOrDefault('H', 0.0);
    if (byHalf) {
      double half = parts.getOrDefault('h', 0.0);
      hour = (half == 12 ? 0 : half) + (parts.getOrDefault('P', 0.0) == 1 ? 12 : 0);
    }
    double millis =
        Dates.millis(
            parts.get('Y'), month, day, hour, parts.get('m'), parts.get('s'), parts.get('f'));
    Double zone = found.get('Z') == null || found.get('Z') == 0 ? found.get('z') : found.get('Z');
    if (Double.isNaN(millis)) {
      throw new JsonataException("D3110", "The timestamp is no date");
    }
    return zone == null ? millis : millis - zone * 60_000;
  }

  private static JsonataException missing() {
    return new JsonataException(
        "D3136",
        "The date/time picture string is missing specifiers required to parse the timestamp");
  }

  private static int mask(String components, Map<Character, Double> found) {
    int mask = 0;
    for (int i = 0; i < components.length(); i++) {
      char component = components.charAt(i);
      Double value = found.get(component);
      boolean given = value != null && value != 0 && !value.isNaN();
      mask = 2 * mask + (given ? 1 : 0);
    }
    return mask;
  }

  /** Whether there is some of what a type of date has, and nothing else. */
  private static boolean isType(int type, int mask) {
    return (~type & mask) == 0 && (type & mask) != 0;
  }

  /** Units larger than the given ones are taken from now, smaller ones are the first. */
  private static Map<Character, Double> complete(
      String components, Map<Character, Double> found, double now) {
    Map<Character, Double> parts = new HashMap<>(found);
    LocalDateTime today = Dates.at(now);
    boolean started = false;
    boolean ended = false;
    for (int i = 0; i < components.length(); i++) {
      char component = components.charAt(i);
      if (parts.get(component) != null) {
        started = true;
        if (ended) {
          throw missing();
        }
      } else if (started) {
        parts.put(component, "MDd".indexOf(component) >= 0 ? 1.0 : 0.0);
        ended = true;
      } else {
        parts.put(component, (double) Dates.number(today, component));
      }
    }
    return parts;
  }
}

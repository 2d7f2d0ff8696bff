package dev.slipway.local.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The six fields of AWS's cron expressions: minutes, hours, day of month, month, day of week, year,
 * with {@code * , - / ? L W #}.
 */
public final class CronFields {
  private static final Map<String, Integer> MONTHS =
      Map.ofEntries(
          Map.entry("JAN", 1),
          Map.entry("FEB", 2),
          Map.entry("MAR", 3),
          Map.entry("APR", 4),
          Map.entry("MAY", 5),
          Map.entry("JUN", 6),
          Map.entry("JUL", 7),
          Map.entry("AUG", 8),
          Map.entry("SEP", 9),
          Map.entry("OCT", 10),
          Map.entry("NOV", 11),
          Map.entry("DEC", 12));
  private static final Map<String, Integer> DAYS =
      Map.of("SUN", 1, "MON", 2, "TUE", 3, "WED", 4, "THU", 5, "FRI", 6, "SAT", 7);

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final BitSet years;
  private final Predicate<LocalDate> day;

  private CronFields(List<String> fields) {
    minutes = numbers(fields.get(0), 0, 59, Map.of());
    hours = numbers(fields.get(1), 0, 23, Map.of());
    months = numbers(fields.get(3), 1, 12, MONTHS);
    years = numbers(fields.get(5), 1970, 2199, Map.of());
    boolean anyWeekday = fields.get(4).equals("?");
    if (anyWeekday == fields.get(2).equals("?")) {
      throw new IllegalArgumentException("one of the two day fields must be '?'");
    }
    day = anyWeekday ? dayOfMonth(fields.get(2)) : dayOfWeek(fields.get(4));
  }

  static CronFields parse(String text) {
    var fields = List.of(text.strip().toUpperCase(Locale.ROOT).split("\\s+", -1));
    if (fields.size() != 6) {
      throw new IllegalArgumentException("cron takes six fields: " + text);
    }
    return new CronFields(fields);
  }

  Instant after(Instant time) {
    var next =
        LocalDateTime.ofInstant(time, ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.MINUTES)
            .plusMinutes(1);
    while (next.getYear() <= 2199) {
      var date = next.toLocalDate();
      if (!years.get(next.getYear())) {
        next = date.with(TemporalAdjusters.firstDayOfNextYear()).atStartOfDay();
      } else if (!months.get(next.getMonthValue())) {
        next = date.with(TemporalAdjusters.firstDayOfNextMonth()).atStartOfDay();
      } else if (!day.test(date)) {
        next = date.plusDays(1).atStartOfDay();
      } else if (!hours.get(next.getHour())) {
        next = next.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!minutes.get(next.getMinute())) {
        next = next.plusMinutes(1);
      } else {
        return next.toInstant(ZoneOffset.UTC);
      }
    }
    return Instant.MAX;
  }

  private static Predicate<LocalDate> dayOfMonth(String field) {
    if (field.equals("L")) {
      return date -> date.getDayOfMonth() == date.lengthOfMonth();
    }
    if (field.endsWith("W")) {
      int wanted = Integer.parseInt(field.substring(0, field.length() - 1));
      return date -> date.equals(nearestWeekday(date, wanted));
    }
    var days = numbers(field, 1, 31, Map.of());
    return date -> days.get(date.getDayOfMonth());
  }

  private static LocalDate nearestWeekday(LocalDate month, int wanted) {
    var date = month.withDayOfMonth(Math.min(wanted, month.lengthOfMonth()));
    return switch (date.getDayOfWeek()) {
      case SATURDAY -> date.getDayOfMonth() == 1 ? date.plusDays(2) : date.minusDays(1);
      case SUNDAY ->
          date.getDayOfMonth() == date.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
      default -> date;
    };
  }

  private static Predicate<LocalDate> dayOfWeek(String field) {
    int hash = field.indexOf('#');
    if (hash > 0) {
      var weekday = weekday(number(field.substring(0, hash), DAYS));
      int ordinal = Integer.parseInt(field.substring(hash + 1));
      return date -> date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(ordinal, weekday)));
    }
    if (field.length() > 1 && field.endsWith("L")) {
      var weekday = weekday(number(field.substring(0, field.length() - 1), DAYS));
      return date -> date.equals(date.with(TemporalAdjusters.lastInMonth(weekday)));
    }
    var days = numbers(field.equals("L") ? "7" : field, 1, 7, DAYS);
    return date -> days.get(date.getDayOfWeek().getValue() % 7 + 1);
  }

  /** AWS counts from Sunday = 1. */
  private static DayOfWeek weekday(int number) {
    return number == 1 ? DayOfWeek.SUNDAY : DayOfWeek.of(number - 1);
  }

  private static BitSet numbers(String field, int least, int most, Map<String, Integer> names) {
    var numbers = new BitSet();
    for (var part : field.split(",", -1)) {
      int slash = part.indexOf('/');
      var range = slash < 0 ? part : part.substring(0, slash);
      int step = slash < 0 ? 1 : Integer.parseInt(part.substring(slash + 1));
      int from;
      int to;
      int dash = range.indexOf('-');
      if (range.equals("*") || range.equals("?")) {
        from = least;
        to = most;
      } else if (dash > 0) {
        from = number(range.substring(0, dash), names);
        to = number(range.substring(dash + 1), names);
      } else {
        from = number(range, names);
        to = slash < 0 ? from : most;
      }
      if (from < least || to > most || step < 1) {
        throw new IllegalArgumentException("out of range in a cron expression: " + field);
      }
      // A range may run over the end, as in FRI-MON.
      int end = to < from ? to + (most - least + 1) : to;
      for (int i = from; i <= end; i += step) {
        numbers.set(least + (i - least) % (most - least + 1));
      }
    }
    return numbers;
  }

  private static int number(String text, Map<String, Integer> names) {
    var named = names.get(text);
    return named != null ? named : Integer.parseInt(text);
  }
}

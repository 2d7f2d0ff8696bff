package dev.slipway.local.asl.jsonata;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The parts of a date, in UTC. */
final class Dates {
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");
  static final List<String> DAYS =
      List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

  /** The range of JavaScript's dates, before and after 1970. */
  private static final double LAST = 8.64e15;

  private Dates() {}

  static LocalDateTime at(double millis) {
    if (!(Math.abs(millis) <= LAST)) {
      throw new JsonataException("D3110", "Out of the range of dates: " + Numbers.text(millis));
    }
    return LocalDateTime.ofInstant(Instant.ofEpochMilli((long) millis), ZoneOffset.UTC);
  }

  /** A number, or -1 for what is none. */
  static int number(LocalDateTime date, char component) {
    LocalDate day = date.toLocalDate();
    return switch (component) {
      case 'Y' -> date.getYear();
      case 'M' -> date.getMonthValue();
      case 'D' -> date.getDayOfMonth();
      case 'd' -> date.getDayOfYear();
      case 'F' -> date.getDayOfWeek().getValue();
      case 'W' -> week(day, day.withDayOfYear(1), ChronoUnit.YEARS, 52);
      case 'w' -> week(day, day.withDayOfMonth(1), ChronoUnit.MONTHS, 4);
      case 'X' -> owner(day, day.withDayOfYear(1), ChronoUnit.YEARS).getYear();
      case 'x' -> owner(day, day.withDayOfMonth(1), ChronoUnit.MONTHS).getMonthValue();
      case 'H' -> date.getHour();
      case 'h' -> date.get(ChronoField.CLOCK_HOUR_OF_AMPM);
      case 'm' -> date.getMinute();
      case 's' -> date.getSecond();
      case 'f' -> date.get(ChronoField.MILLI_OF_SECOND);
      default -> -1;
    };
  }

  /** The Monday of the week in which four days or more lie in the year or month that begins. */
  private static LocalDate firstWeek(LocalDate begin) {
    int weekday = begin.getDayOfWeek().getValue();
    return weekday > DayOfWeek.THURSDAY.getValue()
        ? begin.plusDays(8L - weekday)
        : begin.minusDays(weekday - 1L);
  }

  private static int week(LocalDate day, LocalDate begin, ChronoUnit unit, int most) {
    long week = weeks(firstWeek(begin), day);
    if (week > most) {
      return day.isBefore(firstWeek(begin.plus(1, unit))) ? (int) week : 1;
    }
    return (int) (week < 1 ? weeks(firstWeek(begin.minus(1, unit)), day) : week);
  }

  private static long weeks(LocalDate from, LocalDate to) {
    return Math.floorDiv(ChronoUnit.DAYS.between(from, to), 7) + 1;
  }

  /** The begin of the year or month that the day's week belongs to. */
  private static LocalDate owner(LocalDate day, LocalDate begin, ChronoUnit unit) {
    if (day.isBefore(firstWeek(begin))) {
      return begin.minus(1, unit);
    }
    LocalDate next = begin.plus(1, unit);
    return day.isBefore(firstWeek(next)) ? begin : next;
  }

  /**
   * Milliseconds since 1970 of parts that may lie out of their ranges: the 30th of February is a
   * day in March. NaN if there is no such time.
   */
  static double millis(
      double year,
      double month,
      double day,
      double hour,
      double minute,
      double second,
      double milli) {
    double sum = year + month + day + hour + minute + second + milli;
    if (!Double.isFinite(sum)) {
      return Double.NaN;
    }
    // A year of two digits is one of the last century to JavaScript.
    double full = year >= 0 && year <= 99 ? 1900 + year : year;
    double months = full * 12 + month;
    if (Math.abs(months) > 12 * 400_000) {
      return Double.NaN;
    }
    try {
      LocalDate first =
          LocalDate.of(
              (int) Math.floorDiv((long) months, 12L),
              (int) Math.floorMod((long) months, 12L) + 1,
              1);
      double days = first.toEpochDay() + day - 1;
      double millis = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli;
      return Math.abs(millis) <= LAST ? millis : Double.NaN;
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  /** A name in the case of a picture. */
  static String cased(String name, char names) {
    return switch (names) {
      case 'N' -> name.toUpperCase(Locale.ROOT);
      case 'n' -> name.toLowerCase(Locale.ROOT);
      default -> name;
    };
  }
}

package dev.slipway.systems.net;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time at which a system may be asked again. Vendors write it in different ways: {@code
 * Retry-After} in seconds or as an HTTP date in one of its three forms (RFC 9110, 5.6.7 and
 * 10.2.3), {@code X-Retry-After} as seconds since 1970 (Docker Hub), or only a {@code …-Reset}
 * header on a 429. The answer always lies between now and a day from now.
 */
public final class RetryAfter {

  /** A number above this is a moment (2001 or later), below it a duration in seconds. */
  private static final long EPOCH_FROM = 1_000_000_000L;

  private static final long EPOCH_MILLIS_FROM = 100_000_000_000L;

  /** Nobody means more than a day; a larger wait would only hide the trouble. */
  private static final long LONGEST_SECONDS = 86_400;

  /** No form is longer, and no number of this length takes long to read. */
  private static final int LONGEST_TEXT = 1000;

  /** Ten thousand years in milliseconds: a number above it means no other moment. */
  private static final long LATEST_MILLIS = 253_402_300_800_000L;

  private static final Pattern NUMBER = Pattern.compile("(-?[0-9]++)(?:\\.[0-9]++)?+");

  /** {@code Sun Nov 6 08:49:37 1994}: no zone, always GMT. */
  private static final DateTimeFormatter ASCTIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("EEE MMM ppd HH:mm:ss uuuu")
          .toFormatter(Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final List<String> ALWAYS = List.of("retry-after", "x-retry-after");
  private static final List<String> WHEN_LIMITED =
      List.of("x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset");

  private RetryAfter() {}

  /** The moment that an answer names, if it is a 429 or 503 and names one that can be read. */
  public static Optional<Instant> of(HttpAnswer answer) {
    if (answer.status() != 429 && answer.status() != 503) {
      return Optional.empty();
    }
    Optional<Instant> named = first(ALWAYS, answer);
    return named.isPresent() || answer.status() != 429 ? named : first(WHEN_LIMITED, answer);
  }

  /**
   * Reads one value: seconds, seconds or milliseconds since 1970, an HTTP date or ISO 8601. A past
   * time, a negative number included, means now.
   */
  public static Optional<Instant> parse(String value, Instant now) {
    String text = value.strip();
    if (text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    Matcher number = NUMBER.matcher(text);
    if (number.matches()) {
      return Optional.of(bounded(moment(new BigDecimal(number.group(1)), now), now));
    }
    return dates(now).stream()
        .flatMap(format -> moment(text, format).stream())
        .findFirst()
        .map(moment -> bounded(moment, now));
  }

  private static Instant moment(BigDecimal number, Instant now) {
    long seconds = number.min(BigDecimal.valueOf(LATEST_MILLIS)).longValue();
    if (seconds >= EPOCH_MILLIS_FROM) {
      return Instant.ofEpochMilli(seconds);
    }
    return seconds >= EPOCH_FROM
        ? Instant.ofEpochSecond(seconds)
        : now.plusSeconds(Math.max(0, seconds));
  }

  /** The two figures of an RFC 850 year stand for a year that is 50 years ahead at most. */
  private static List<DateTimeFormatter> dates(Instant now) {
    int firstYear = now.atZone(ZoneOffset.UTC).getYear() - 49;
    DateTimeFormatter rfc850 =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.US)
            .withZone(ZoneOffset.UTC);
    return List.of(
        DateTimeFormatter.RFC_1123_DATE_TIME,
        rfc850,
        ASCTIME,
        DateTimeFormatter.ISO_ZONED_DATE_TIME);
  }

  private static Optional<Instant> moment(String text, DateTimeFormatter format) {
    try {
      return Optional.of(ZonedDateTime.parse(text, format).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant bounded(Instant moment, Instant now) {
    if (moment.isBefore(now)) {
      return now;
    }
    Instant latest = now.plusSeconds(LONGEST_SECONDS);
    return moment.isAfter(latest) ? latest : moment;
  }

  private static Optional<Instant> first(List<String> names, HttpAnswer answer) {
    return names.stream()
        .flatMap(name -> answer.header(name).stream())
        .flatMap(value -> parse(value, answer.at()).stream())
        .findFirst();
  }
}

package dev.slipway.systems.net;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a system may be asked again. Vendors write it in different ways: {@code Retry-After} in
 * seconds or as an HTTP date, {@code X-Retry-After} as seconds since 1970 (Docker Hub), or only a
 * {@code …-Reset} header on a 429.
 */
public final class RetryAfter {

  /** A number above this is a moment (2001 or later), below it a duration in seconds. */
  private static final long EPOCH_FROM = 1_000_000_000L;

  private static final long EPOCH_MILLIS_FROM = 100_000_000_000L;

  /** Nobody means more than a day; a larger wait would only hide the trouble. */
  private static final long LONGEST_SECONDS = 86_400;

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

  /** Reads one value: seconds, seconds or milliseconds since 1970, an HTTP date or ISO 8601. */
  public static Optional<Instant> parse(String value, Instant now) {
    String text = value.strip();
    if (text.matches("\\d{1,18}(\\.\\d+)?")) {
      long number = Long.parseLong(text.replaceFirst("\\..*", ""));
      if (number >= EPOCH_MILLIS_FROM) {
        return bounded(Instant.ofEpochMilli(number), now);
      }
      return bounded(
          number >= EPOCH_FROM ? Instant.ofEpochSecond(number) : now.plusSeconds(number), now);
    }
    return Stream.of(DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ISO_ZONED_DATE_TIME)
        .flatMap(format -> moment(text, format).stream())
        .findFirst()
        .flatMap(moment -> bounded(moment, now));
  }

  private static Optional<Instant> moment(String text, DateTimeFormatter format) {
    try {
      return Optional.of(ZonedDateTime.parse(text, format).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> bounded(Instant moment, Instant now) {
    if (moment.isBefore(now)) {
      return Optional.of(now);
    }
    Instant latest = now.plusSeconds(LONGEST_SECONDS);
    return Optional.of(moment.isAfter(latest) ? latest : moment);
  }

  private static Optional<Instant> first(List<String> names, HttpAnswer answer) {
    return names.stream()
        .flatMap(name -> answer.header(name).stream())
        .flatMap(value -> parse(value, answer.at()).stream())
        .findFirst();
  }
}

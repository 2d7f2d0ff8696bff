package dev.slipway.local.template;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** The rate at which a schedule fires: {@code rate(5 minutes)}. */
public record Rate(Duration period) {
  private static final Pattern TEXT = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  /** Reads an expression; throws {@link IllegalArgumentException} for any other, cron included. */
  public static Rate parse(String text) {
    var rate = TEXT.matcher(text.strip());
    if (!rate.matches()) {
      throw new IllegalArgumentException(
          "the schedule '%s' does not run locally; rate(n minutes), of hours and of days do"
              .formatted(text));
    }
    long count = Long.parseLong(rate.group(1));
    if (count < 1) {
      throw new IllegalArgumentException("a rate must be positive: " + text);
    }
    var unit =
        switch (rate.group(2)) {
          case "minute" -> Duration.ofMinutes(1);
          case "hour" -> Duration.ofHours(1);
          default -> Duration.ofDays(1);
        };
    return new Rate(unit.multipliedBy(count));
  }

  /**
   * The first time of the row that goes through {@code last} which is after {@code last} and not
   * before {@code earliest}.
   */
  public Instant after(Instant last, Instant earliest) {
    var behind = Duration.between(last, earliest);
    long periods = behind.dividedBy(period);
    boolean between = !last.plus(period.multipliedBy(Math.max(0, periods))).equals(earliest);
    return last.plus(period.multipliedBy(Math.max(1, between ? periods + 1 : periods)));
  }
}

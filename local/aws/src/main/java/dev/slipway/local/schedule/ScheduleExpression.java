package dev.slipway.local.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** When a schedule fires: {@code rate(…)} or {@code cron(…)}, in UTC. */
public sealed interface ScheduleExpression {

  /** The first time after the given one. */
  Instant after(Instant time);

  /**
   * The first time of the row that goes through {@code last} which is after {@code last} and not
   * before {@code earliest}.
   */
  Instant after(Instant last, Instant earliest);

  /** Reads an expression; throws {@link IllegalArgumentException} for what is none. */
  static ScheduleExpression parse(String text) {
    var rate = Rate.TEXT.matcher(text.strip());
    if (rate.matches()) {
      long count = Long.parseLong(rate.group(1));
      var unit =
          switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
          };
      if (count < 1) {
        throw new IllegalArgumentException("a rate must be positive: " + text);
      }
      return new Rate(unit.multipliedBy(count));
    }
    if (text.strip().startsWith("cron(") && text.strip().endsWith(")")) {
      return new Cron(CronFields.parse(text.strip().substring(5, text.strip().length() - 1)));
    }
    throw new IllegalArgumentException("not a schedule: " + text);
  }

  /** Every so often. */
  record Rate(Duration period) implements ScheduleExpression {
    private static final Pattern TEXT = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

    @Override
    public Instant after(Instant time) {
      return time.plus(period);
    }

    @Override
    public Instant after(Instant last, Instant earliest) {
      var behind = Duration.between(last, earliest);
      long periods = behind.dividedBy(period);
      boolean between = !last.plus(period.multipliedBy(Math.max(0, periods))).equals(earliest);
      return last.plus(period.multipliedBy(Math.max(1, between ? periods + 1 : periods)));
    }
  }

  /** At certain times. */
  record Cron(CronFields fields) implements ScheduleExpression {
    @Override
    public Instant after(Instant time) {
      return fields.after(time);
    }

    @Override
    public Instant after(Instant last, Instant earliest) {
      // The fields know whole seconds only.
      return fields.after(earliest.isAfter(last) ? earliest.minusNanos(1) : last);
    }
  }
}

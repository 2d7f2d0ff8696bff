package dev.slipway.local.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.local.template.ScheduleResource;
import dev.slipway.local.template.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Starts the target of one schedule whenever it is due, never twice at once.
 *
 * <p>Where time is simulated, a tick of a {@code rate} after which nothing at all happened doubles
 * the distance to the next, up to a day: thirty days of waiting with a sweep every minute would
 * otherwise be 43,200 sweeps that find nothing. As soon as something happens, the schedule keeps
 * its own pace again.
 */
public final class ScheduleRunner implements AutoCloseable {
  private static final Duration LONGEST_STRIDE = Duration.ofDays(1);

  private final ScheduleResource schedule;
  private final ScheduleExpression expression;
  private final Stack stack;
  private final LocalTime time;
  private final Target target;
  private final LongSupplier happenings;
  private Duration stride = Duration.ZERO;
  private long seen;
  private volatile boolean closed;

  /** What a schedule starts. */
  @FunctionalInterface
  public interface Target {
    /** Completes when the target has ended or is on its way. */
    CompletionStage<?> start(JsonNode event);
  }

  /**
   * @param happenings counts what happens in the runtime apart from schedules
   */
  public ScheduleRunner(
      ScheduleResource schedule,
      Stack stack,
      LocalTime time,
      Target target,
      LongSupplier happenings) {
    this.schedule = schedule;
    this.expression = ScheduleExpression.parse(schedule.expression());
    this.stack = stack;
    this.time = time;
    this.target = target;
    this.happenings = happenings;
  }

  /** Plans the first start. */
  public void start() {
    plan(time.clock().instant());
  }

  private void plan(Instant last) {
    var due = expression.after(last);
    if (time.simulation().isPresent() && expression instanceof ScheduleExpression.Rate) {
      long now = happenings.getAsLong();
      stride = now == seen ? longer(Duration.between(last, due)) : Duration.ZERO;
      seen = now;
      due = stride.isZero() ? due : last.plus(stride);
    }
    if (due.isBefore(Instant.MAX)) {
      time.timers().schedule(due, this::fire);
    }
  }

  private Duration longer(Duration period) {
    if (stride.isZero()) {
      return period;
    }
    var doubled = stride.multipliedBy(2);
    var longest = period.compareTo(LONGEST_STRIDE) > 0 ? period : LONGEST_STRIDE;
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }

  private void fire() {
    if (closed) {
      return;
    }
    var at = time.clock().instant();
    target
        .start(schedule.input().orElseGet(() -> event(at)))
        .whenComplete((done, failed) -> plan(at));
  }

  private JsonNode event(Instant at) {
    var event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", stack.account());
    event.put("time", at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    event.put("region", stack.region());
    event.putArray("resources").add(stack.arn("events", "rule/" + schedule.id()));
    event.putObject("detail");
    return event;
  }

  /** Starts nothing any more. */
  @Override
  public void close() {
    closed = true;
  }
}

package dev.slipway.local.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.local.asl.time.Timers.Timer;
import dev.slipway.local.template.Rate;
import dev.slipway.local.template.ScheduleResource;
import dev.slipway.local.template.Stack;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Starts the target of one schedule whenever it is due, never twice at once.
 *
 * <p>In simulated time, starts that would find nothing to do are left out: thirty days of waiting
 * with a sweep every minute would otherwise be 43,200 sweeps. A target that answers a {@code next}
 * (a time, or null for never) is started at the first tick from then on, or at the first tick after
 * a change ({@link #changed}), whichever comes first. One that answers none is started at ticks
 * twice as far apart each time, up to a day, until the next change.
 */
public final class ScheduleRunner implements AutoCloseable {
  private static final Duration LONGEST_STRIDE = Duration.ofDays(1);

  private final ScheduleResource schedule;
  private final Rate rate;
  private final Stack stack;
  private final LocalTime time;
  private final Target target;
  private final Object lock = new Object();

  // Guarded by the lock.
  private Instant last;
  private Timer timer;
  private boolean underWay;
  private boolean changedMeanwhile;
  private Duration stride = Duration.ZERO;
  private boolean closed;

  /** The target that a schedule starts. */
  @FunctionalInterface
  public interface Target {
    /** Completes with its answer when it has ended, or with nothing when it is on its way. */
    CompletionStage<JsonNode> start(JsonNode event);
  }

  public ScheduleRunner(ScheduleResource schedule, Stack stack, LocalTime time, Target target) {
    this.schedule = schedule;
    this.rate = schedule.rate();
    this.stack = stack;
    this.time = time;
    this.target = target;
  }

  /** Plans the first start. */
  public void start() {
    synchronized (lock) {
      // In simulated time everything else happens at the very start: keep off that beat.
      last =
          time.simulation().isPresent()
              ? time.clock().instant().truncatedTo(ChronoUnit.MINUTES)
              : time.clock().instant();
      planFrom(last);
    }
  }

  /** Tells of a change that the target may look at: it is started at the next tick. */
  public void changed() {
    if (time.simulation().isEmpty()) {
      return;
    }
    synchronized (lock) {
      changedMeanwhile = true;
      if (!underWay && !closed) {
        stride = Duration.ZERO;
        planFrom(time.clock().instant());
      }
    }
  }

  private void planFrom(Instant earliest) {
    var due = rate.after(last, earliest);
    if (timer != null) {
      timer.cancel();
    }
    timer = time.timers().schedule(due, this::fire);
  }

  private void fire() {
    Instant at;
    synchronized (lock) {
      if (closed) {
        return;
      }
      at = time.clock().instant();
      last = at;
      timer = null;
      underWay = true;
      changedMeanwhile = false;
    }
    target
        .start(event(at))
        .whenComplete(
            (answer, failed) -> {
              synchronized (lock) {
                underWay = false;
                planAfter(answer == null ? MissingNode.getInstance() : answer);
              }
            });
  }

  private void planAfter(JsonNode answer) {
    if (closed) {
      return;
    }
    if (time.simulation().isEmpty() || changedMeanwhile) {
      stride = Duration.ZERO;
      planFrom(time.clock().instant());
    } else if (answer.has("next")) {
      if (!answer.get("next").isNull()) {
        planFrom(time(answer.get("next").asText()));
      }
    } else {
      stride = longer(rate.period());
      planFrom(last.plus(stride));
    }
  }

  /** A text that is no time is a target's own business, and means nothing here. */
  private Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return last;
    }
  }

  private Duration longer(Duration period) {
    var doubled = stride.isZero() ? period : stride.multipliedBy(2);
    var longest = period.compareTo(LONGEST_STRIDE) > 0 ? period : LONGEST_STRIDE;
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }

  private JsonNode event(Instant at) {
    var event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", stack.account());
    event.put("time", at.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", stack.region());
    event.putArray("resources").add(stack.arn("events", "rule/" + schedule.id()));
    event.putObject("detail");
    return event;
  }

  /** Starts nothing any more. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
  }
}

package dev.slipway.local.schedule;

import dev.slipway.local.asl.time.SimulatedTime;
import dev.slipway.local.asl.time.SystemTimers;
import dev.slipway.local.asl.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The time of a runtime: the clock and timers that everything in it uses.
 *
 * @param simulation empty where time is real
 */
public record LocalTime(InstantSource clock, Timers timers, Optional<SimulatedTime> simulation)
    implements AutoCloseable {

  /** The system's clock. */
  public static LocalTime real() {
    var clock = InstantSource.system();
    return new LocalTime(clock, new SystemTimers(clock), Optional.empty());
  }

  /**
   * Time that passes only when a caller lets it pass, and only while all {@link OngoingWork} rests.
   */
  public static LocalTime simulated(SimulatedTime time) {
    return new LocalTime(time, time, Optional.of(time));
  }

  /** The clock in UTC, as functions receive it. */
  public Clock utc() {
    return clock.withZone(ZoneOffset.UTC);
  }

  /** A counter of one kind of work. */
  public OngoingWork work(String name) {
    var activity =
        timers instanceof SystemTimers real
            ? real.register(name)
            : simulation.orElseThrow().register(name);
    return new OngoingWork() {
      @Override
      public void begin() {
        activity.begin();
      }

      @Override
      public void end() {
        activity.end();
      }
    };
  }

  /**
   * Whether time is real, nothing is under way, and no timer is due before this time has passed:
   * without a request nothing changes meanwhile.
   */
  public boolean restsFor(Duration ahead) {
    return timers instanceof SystemTimers real && real.restFor(ahead);
  }

  /** Drops all timers, if time is real. */
  @Override
  public void close() {
    if (timers instanceof SystemTimers system) {
      system.close();
    }
  }
}

package dev.slipway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Instances;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The date by which every row of an onboarding can be final: the end of the longest path through
 * what is open and what follows it. It is no promise: it says what it rests on.
 *
 * @param end when the last row can be final
 * @param restsOn what it assumes, in sentences
 * @param path the waits that make it so late, the first one first; empty: only machines work
 * @param seconds how much of the path each party has; a party that it does not wait for is absent
 */
public record ExpectedEnd(
    Instant end, List<String> restsOn, List<Leg> path, Map<Party, Long> seconds) {
  public ExpectedEnd {
    restsOn = List.copyOf(restsOn);
    path = List.copyOf(path);
  }

  /**
   * One wait on the path.
   *
   * @param task with its instance; of what a section needs before its start, the section's gate
   * @param row of the guide; null of a gate
   * @param title of the task or section
   * @param stepTitle what is waited for; null where it is no step
   * @param from when it begins
   * @param until by when it is due; of what is overdue, when it begins
   * @param overdue whether its time is over already
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Leg(
      String task,
      String row,
      String title,
      String stepTitle,
      Party party,
      Instant from,
      Instant until,
      boolean overdue) {
    /** The task's instance; empty where it has none. */
    String instance() {
      return TaskKey.parse(task).instance();
    }
  }

  /**
   * The expected end as things stand.
   *
   * @param instances of the standing's elements
   * @param rows of the standing's elements
   * @return empty if nothing is open, or if the onboarding has ended
   */
  public static Optional<ExpectedEnd> of(
      Onboarding onboarding,
      Instances instances,
      ElementRows rows,
      ProgressData standing,
      Instant now) {
    return onboarding.hasEnded()
        ? Optional.empty()
        : new OpenPath(onboarding, instances, rows, standing, now).expected();
  }

  /** Of the longest path. */
  static ExpectedEnd of(LongestPath longest, List<String> restsOn) {
    List<Leg> legs = longest.legs();
    Map<Party, Long> seconds = new EnumMap<>(Party.class);
    for (Leg leg : legs) {
      seconds.merge(leg.party(), Duration.between(leg.from(), leg.until()).toSeconds(), Long::sum);
    }
    seconds.values().removeIf(time -> time == 0);
    return new ExpectedEnd(longest.end(), restsOn, legs, seconds);
  }
}

package dev.slipway.hostingprovider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The time in which components may be restarted: the element {@code maintenance-window}, either
 * {@code {from, to}} in UTC, or {@code {days, at, minutes, zone}}, which comes again every week.
 */
public final class MaintenanceWindow {
  private static final String ELEMENT = "maintenance-window";

  private final JsonNode element;

  /** The window of the element's value. */
  public MaintenanceWindow(JsonNode element) {
    this.element = element;
  }

  /**
   * Waits until the window that was given at intake is open.
   *
   * @param what the sentence's beginning on what happens then, such as {@code The settings are
   *     applied}
   */
  public static Finding await(Work work, String what) {
    new MaintenanceWindow(work.element(ELEMENT))
        .opensAt(work.now())
        .ifPresent(
            opens ->
                work.waitUntil(
                    opens, what + " when the maintenance window opens at " + opens + "."));
    return new Finding("maintenance window", ELEMENT, "open");
  }

  /**
   * When it opens; empty while it is open.
   *
   * @throws UnmetRequirement if it is over for good, or cannot be understood
   */
  public Optional<Instant> opensAt(Instant now) {
    try {
      return element.has("from") ? once(now) : weekly(now);
    } catch (DateTimeException e) {
      throw new UnmetRequirement(
          "maintenance-window.not-understood",
          "slipway",
          ELEMENT,
          "The maintenance window cannot be understood: " + e.getMessage() + ".",
          "Correct the maintenance window.");
    }
  }

  private Optional<Instant> once(Instant now) {
    Instant from = Instant.parse(element.path("from").asText());
    Instant to = Instant.parse(element.path("to").asText());
    if (!now.isBefore(to) || !from.isBefore(to)) {
      throw new UnmetRequirement(
          "maintenance-window.over",
          "slipway",
          ELEMENT,
          "The maintenance window from " + from + " to " + to + " is over.",
          "Give a maintenance window that is still to come.");
    }
    return now.isBefore(from) ? Optional.of(from) : Optional.empty();
  }

  private Optional<Instant> weekly(Instant now) {
    ZoneId zone = ZoneId.of(element.path("zone").asText());
    LocalTime at = LocalTime.parse(element.path("at").asText());
    Duration length = Duration.ofMinutes(element.path("minutes").asInt());
    Set<String> days = new HashSet<>();
    element.path("days").forEach(day -> days.add(day.asText()));
    LocalDate today = now.atZone(zone).toLocalDate();
    // From yesterday on: a window may last past midnight.
    for (LocalDate day = today.minusDays(1);
        !day.isAfter(today.plusDays(7));
        day = day.plusDays(1)) {
      Instant from = day.atTime(at).atZone(zone).toInstant();
      if (days.contains(day.getDayOfWeek().name()) && now.isBefore(from.plus(length))) {
        return now.isBefore(from) ? Optional.of(from) : Optional.empty();
      }
    }
    throw new DateTimeException("it names no day of the week");
  }
}

package dev.slipway.task;

import java.time.Duration;
import java.util.List;

/**
 * Which of the people who were invited have accepted, as a third party tells it: "invited" is not
 * "accepted". A step that waits for it ({@link PersonStep#accepted}) asks its party to remind those
 * who are missing, and looks by itself until nobody is.
 *
 * <pre>{@code
 * work.step("accepted")
 *     .about("tenant-admins")
 *     .field("tenant-admins")
 *     .accepted(() -> new Acceptance(seen, List.of("Tina Tenant <tina@customer.example>")));
 * }</pre>
 *
 * <p>A handler takes such a step behind all that does not need it: a wait ends the attempt.
 *
 * @param seen what the third party told, of all of them
 * @param missing those who have not accepted yet, as their party knows them
 */
public record Acceptance(Finding seen, List<String> missing) {
  public Acceptance {
    missing = List.copyOf(missing);
  }

  /** Whether nobody is missing. */
  public boolean isComplete() {
    return missing.isEmpty();
  }

  /** The people who are missing, a line each, below the instructions of the step. */
  String material() {
    return "Not yet:\n- " + String.join("\n- ", missing);
  }

  /**
   * The pause until the next look: an hour, then six, then a day; after two weeks three days, after
   * six weeks a week. Five months have forty looks, for which a run's history has room.
   *
   * @param waited since the first look
   */
  static Duration pause(Duration waited) {
    if (waited.compareTo(Duration.ofHours(1)) < 0) {
      return Duration.ofHours(1);
    }
    if (waited.compareTo(Duration.ofHours(7)) < 0) {
      return Duration.ofHours(6);
    }
    return waited.compareTo(Duration.ofDays(14)) < 0
        ? Duration.ofDays(1)
        : waited.compareTo(Duration.ofDays(42)) < 0 ? Duration.ofDays(3) : Duration.ofDays(7);
  }
}

package dev.slipway.local.run;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lines in which a run tells of tasks. Scripts read them: their form is stable. */
public final class Wording {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Wording() {}

  /** A task's line: row, outcome, title, and details. */
  static String line(TaskStatus task) {
    String detail = detail(task);
    return oneLine(
        "%-4s %-14s %s%s"
            .formatted(
                task.row().isEmpty() ? "-" : task.row(),
                task.outcome(),
                task.title(),
                detail.isEmpty() ? "" : ": " + detail));
  }

  /** The same without the instructions for a step, which are told elsewhere. */
  static String brief(TaskStatus task) {
    boolean asks = task.outcome().equals("WAITING") && !task.step().isEmpty();
    return asks
        ? "%-4s %-14s %s: for %s, step %s%s"
            .formatted(
                task.row(),
                task.outcome(),
                task.title(),
                party(task.party()),
                task.step(),
                task.problem() == null
                    ? ""
                    : " (not accepted: " + oneLine(task.problem().message()) + ")")
        : line(task);
  }

  /**
   * Whether the status before had the same line of the task: a gate has one for each party.
   *
   * @param before null: there is none
   */
  static boolean isTold(OnboardingStatus before, TaskStatus task) {
    return before != null
        && before.tasks().stream()
            .anyMatch(old -> old.key().equals(task.key()) && line(old).equals(line(task)));
  }

  /** Instructions may have several lines; a change is told in one. */
  static String oneLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** The details of a task beyond its outcome. */
  static String detail(TaskStatus task) {
    return switch (task.outcome()) {
      case "WAITING" -> waiting(task);
      case "FAILED" ->
          (task.problem() == null ? "" : task.problem().code() + ": " + task.problem())
              + (task.looksAgainAt() == null ? "" : " Tried again at " + time(task.looksAgainAt()));
      default -> task.reason();
    };
  }

  private static String waiting(TaskStatus task) {
    if (!task.dependsOn().isEmpty()) {
      return "for " + String.join(", ", task.dependsOn());
    }
    String rejected =
        task.problem() == null ? "" : " (not accepted: " + task.problem().message() + ")";
    String until =
        task.looksAgainAt() == null ? "" : " Looked at again at " + time(task.looksAgainAt());
    String step = task.step().isEmpty() ? "" : ", step " + task.step();
    return "for " + party(task.party()) + step + ": " + task.instructions() + rejected + until;
  }

  /** A party in words. */
  public static String party(String party) {
    return switch (party) {
      case "CUSTOMER" -> "the customer";
      case "VENDOR" -> "the vendor";
      case "THIRD_PARTY" -> "a third party";
      case "MACHINE" -> "nobody";
      default -> party;
    };
  }

  /** Why an open task cannot go on by itself. */
  static String blocker(TaskStatus task) {
    return oneLine(whatBlocks(task));
  }

  private static String whatBlocks(TaskStatus task) {
    return switch (task.outcome()) {
      case "FAILED" -> "%s failed: %s".formatted(task.label(), detail(task));
      case "WAITING" ->
          task.step().isEmpty()
              ? "%s waits %s".formatted(task.label(), waiting(task))
              : "%s waits %s — the profile has no (further) answer for this step"
                  .formatted(task.label(), waiting(task));
      default -> "%s was not reached".formatted(task.label());
    };
  }

  /** The tasks that are not final, for an end before its time. */
  static List<String> open(OnboardingStatus status) {
    List<String> open =
        status.tasks().stream().filter(TaskStatus::isOpen).map(Wording::blocker).toList();
    return open.isEmpty()
        ? status.rows().stream().filter(task -> !task.isFinal()).map(Wording::blocker).toList()
        : open;
  }

  /** How many rows came to what, and how long it took. */
  static String totals(OnboardingStatus status, Duration took) {
    Map<String, Integer> counts = new TreeMap<>();
    status.rows().forEach(row -> counts.merge(row.outcome(), 1, Integer::sum));
    status
        .elements()
        .forEach(row -> counts.merge(row.line().path("outcome").asText(), 1, Integer::sum));
    int rows = counts.values().stream().mapToInt(Integer::intValue).sum();
    return "%d rows: %s; took %s"
        .formatted(
            rows,
            counts.entrySet().stream()
                .map(
                    each ->
                        each.getValue()
                            + " "
                            + each.getKey().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", ")),
            length(took));
  }

  private static String length(Duration time) {
    return time.toDays() > 0
        ? "%d d %d h".formatted(time.toDays(), time.toHoursPart())
        : time.toHours() > 0
            ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
            : time.toMinutes() > 0
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : time.toSeconds() + " s";
  }

  /** A time as the API tells it, without fractions of a second. */
  static String second(String time) {
    return time.replaceFirst("\\.\\d+Z$", "Z");
  }

  static String time(Instant instant) {
    return TIME.format(instant);
  }
}

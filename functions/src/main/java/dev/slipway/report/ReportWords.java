package dev.slipway.report;

import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a report says things to people, in whatever form. Nothing is escaped here. */
public final class ReportWords {
  static final String STAND_INS =
      "some evidence was obtained from stand-ins, not from the real systems. It is marked.";

  private static final int REPLACEMENT = 0xFFFD;
  private static final String NARROW = "\u202F";
  private static final String NONE = "–";
  private static final Set<String> EXCEPTIONS =
      Set.of("SKIPPED", "WAIVED", "NOT_APPLICABLE", "PLANNED");
  private static final Pattern FINGERPRINT = Pattern.compile(", fingerprint [0-9a-f]++");
  private static final Pattern CHECKS =
      Pattern.compile("^(?:[A-Z][A-Za-z0-9]*+, )*+[A-Z][A-Za-z0-9]*+: ");
  private static final Pattern GRADE = Pattern.compile("^[A-Z_]++(?=: )");
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReportWords() {}

  /** With a mark for each character that shows other words than are there, or none. */
  static String printable(String words) {
    StringBuilder printable = new StringBuilder(words.length());
    words.codePoints().forEach(c -> printable.appendCodePoint(isDeceptive(c) ? REPLACEMENT : c));
    return printable.toString();
  }

  /** Control characters, lone surrogates, and characters that turn the reading direction. */
  private static boolean isDeceptive(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r')
        || Character.getType(c) == Character.SURROGATE
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C;
  }

  /** The reason and the notes of a line, as it says them beside its outcome. */
  static String reason(Report.TaskLine task) {
    return Stream.concat(Stream.ofNullable(task.reason()), task.notes().stream())
        .collect(Collectors.joining("; "));
  }

  /** The row that a line is the first one of; empty for others, and for rows without instances. */
  static Optional<Report.RowLine> begun(Report report, Report.TaskLine line) {
    return report.rows().stream()
        .filter(row -> row.task().equals(line.task()))
        .filter(
            row ->
                report.tasks().stream()
                    .filter(each -> each.task().equals(row.task()))
                    .findFirst()
                    .equals(Optional.of(line)))
        .findFirst();
  }

  /** The lines of a section, those of one task together. */
  static List<List<Report.TaskLine>> rows(Report report, String section) {
    return List.copyOf(
        report.tasks().stream()
            .filter(task -> task.section().equals(section))
            .collect(
                Collectors.groupingBy(
                    Report.TaskLine::task, LinkedHashMap::new, Collectors.toList()))
            .values());
  }

  /** The row that lines are the instances of; empty for a line that is the only one of its task. */
  static Optional<Report.RowLine> summary(Report report, List<Report.TaskLine> lines) {
    return report.rows().stream()
        .filter(row -> row.task().equals(lines.getFirst().task()))
        .findFirst();
  }

  /** How many of a row's instances have each outcome. */
  static String counts(Report.RowLine row) {
    return counts(row.instances());
  }

  static String counts(Map<String, Long> outcomes) {
    return outcomes.entrySet().stream()
        .map(each -> each.getValue() + " " + word(each.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** The tasks that were not performed: skipped, waived, not applicable, or not built. */
  static List<Report.TaskLine> exceptions(Report report) {
    return report.tasks().stream().filter(task -> EXCEPTIONS.contains(task.outcome())).toList();
  }

  static String who(Report.TaskLine task) {
    return task.who().isEmpty() ? NONE : String.join(", ", task.who());
  }

  static String who(Report.JourneyStep step) {
    if (step.where() == null) {
      return NONE;
    }
    return step.by() != null ? step.by() : step.standIn() ? "machine (stand-in)" : "machine";
  }

  static String took(Report.TaskLine task) {
    return task.tookSeconds() == null ? NONE : duration(task.tookSeconds());
  }

  static String times(Report.TaskLine task) {
    String attempts = task.attempts() == 0 ? "" : count(task.attempts(), "attempt");
    String from = task.startedAt() == null ? "" : "from " + minute(task.startedAt());
    String to = task.finishedAt() == null ? "" : "to " + minute(task.finishedAt());
    String all =
        Stream.of(attempts, from, to)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return all.isEmpty() ? "" : " (" + all + ")";
  }

  static String waited(List<Wait> waits) {
    return waits.stream()
        .collect(
            Collectors.groupingBy(Wait::party, TreeMap::new, Collectors.summingLong(Wait::seconds)))
        .entrySet()
        .stream()
        .map(entry -> party(entry.getKey()) + " " + duration(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  public static String party(Party party) {
    return party.words();
  }

  /** Whom a report's sums are about. */
  static String waitedFor(Party party) {
    return party == Party.MACHINE
        ? "a machine (other rows, agreed times, and troubles that pass)"
        : party(party);
  }

  /** How long each party is waited for on the way to the expected end. */
  static String shares(ExpectedEnd expected) {
    return expected.seconds().isEmpty()
        ? "only machines are at work"
        : expected.seconds().entrySet().stream()
            .map(share -> party(share.getKey()) + " " + duration(share.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** What is waited for on the way to the expected end. */
  static String what(ExpectedEnd.Leg leg) {
    boolean gate = leg.row() == null;
    String what = gate ? "What is needed before " + leg.title() : leg.row() + " " + leg.title();
    return Stream.of(TaskKey.named(what, leg.instance()), leg.stepTitle())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": "));
  }

  /** By when a wait on the way to the expected end is over. */
  static String until(ExpectedEnd.Leg leg) {
    return leg.overdue() ? "overdue" : minute(leg.until());
  }

  /** How long, if at all. */
  static String waited(Long seconds) {
    return seconds == null ? "not at all" : duration(seconds);
  }

  static String where(Evidence proof) {
    return switch (proof.where()) {
      case HANDLER -> "machine";
      case PROBE_RUNNER -> proof.by() == null ? "probe runner" : proof.by();
      case PERSON -> proof.by() == null ? "person" : proof.by();
    };
  }

  static String verdict(Report.AnswerLine answer) {
    return switch (answer.verdict()) {
      case GIVEN -> "not looked at yet";
      case ACCEPTED -> "accepted";
      case REJECTED -> "rejected";
    };
  }

  static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** An element row's title, with its instance. */
  static String name(ElementLine line) {
    return TaskKey.named(line.title(), line.instance());
  }

  /**
   * Why an element row stands as it does, a sentence each: who is waited for, what was found, and
   * was seen. Without the names of checks and the fingerprints of values.
   */
  static List<String> seen(ElementLine line) {
    return Stream.of(
            line.isAsked() ? Stream.of("waits for " + party(line.party())) : Stream.<String>of(),
            Stream.ofNullable(line.reason()),
            line.findings().stream()
                .map(each -> word(each.weight().name()) + ": " + each.message())
                .distinct(),
            line.evidence().stream().map(ReportWords::inWords))
        .flatMap(words -> words)
        .toList();
  }

  private static String inWords(Evidence proof) {
    return switch (proof.probe()) {
      case "element.given" -> "given: " + FINGERPRINT.matcher(proof.answer()).replaceAll("");
      case "element.checked" -> "checked: " + CHECKS.matcher(proof.answer()).replaceFirst("");
      case "credential.tested" ->
          "tested: " + GRADE.matcher(proof.answer()).replaceFirst(grade -> word(grade.group()));
      default -> Titles.spoken(proof.probe()) + ": " + proof.answer();
    };
  }

  /** {@code NOT_APPLICABLE} as {@code not applicable}. */
  static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** One of two environments in which a row is tried. */
  static String side(PromotionLine.Side side) {
    return TaskKey.place(side.instance())
        + ": "
        + word(side.outcome())
        + (side.at() == null ? "" : ", " + minute(side.at()));
  }

  static String minute(Instant time) {
    return time == null ? NONE : MINUTE.format(time);
  }

  static String second(Instant time) {
    return SECOND.format(time);
  }

  /** The two largest units; a number stays on one line with its unit. */
  static String duration(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    if (duration.toDays() > 0) {
      return units(duration.toDays(), "d", duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return units(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }
    return duration.toMinutes() > 0
        ? units(duration.toMinutes(), "min", duration.toSecondsPart(), "s")
        : seconds + NARROW + "s";
  }

  private static String units(long large, String largeUnit, int small, String smallUnit) {
    return large + NARROW + largeUnit + " " + small + NARROW + smallUnit;
  }
}

package dev.slipway.report;

import dev.slipway.checklist.Requirement;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as Markdown (CommonMark with tables), to be read, printed and signed. */
public final class ReportMarkdown {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Report report;
  private final StringBuilder text = new StringBuilder();

  private ReportMarkdown(Report report) {
    this.report = report;
  }

  /** The whole report. */
  public static String of(Report report) {
    return new ReportMarkdown(report).write();
  }

  private String write() {
    head();
    overview();
    waits();
    report.sections().forEach(this::section);
    return text.toString();
  }

  private void head() {
    line("# " + plain(report.title()) + ": " + plain(report.name()));
    line("");
    line("| | |");
    line("|---|---|");
    row("Onboarding", code(report.onboarding()));
    row("Checklist", plain(report.checklist()) + " " + plain(report.version()));
    row("State", word(report.state().name()) + ", " + count(report.runs(), "run"));
    row("Created", minute(report.createdAt()));
    row("Started", minute(report.startedAt()));
    row("Ended", minute(report.endedAt()));
    row("As of", minute(report.generatedAt()) + " (all times are UTC)");
    if (report.tasks().stream()
        .flatMap(task -> task.evidence().stream())
        .anyMatch(Evidence::standIn)) {
      line("");
      line(
          "> **Not for sign-off:** some evidence was obtained from stand-ins, not from the real"
              + " systems. It is marked.");
    }
    line("");
  }

  private void overview() {
    line("## Overview");
    line("");
    line(
        report.outcomes().entrySet().stream()
                .map(entry -> entry.getValue() + " " + word(entry.getKey()))
                .collect(Collectors.joining(", "))
            + ".");
    line("");
    line("| Row | Task | Requirement | Outcome | Waited |");
    line("|---|---|---|---|---|");
    for (Report.TaskLine task : report.tasks()) {
      row(
          plain(task.row()),
          plain(name(task)),
          task.requirement() == Requirement.OPTIONAL ? "optional" : "mandatory",
          word(task.outcome()),
          waited(task.waitedFor()));
    }
    line("");
  }

  private void waits() {
    if (report.waitedSeconds().isEmpty()) {
      return;
    }
    line("## Who was waited for");
    line("");
    line("| Who | How long, all tasks together |");
    line("|---|---|");
    report.waitedSeconds().forEach((party, seconds) -> row(party(party), duration(seconds)));
    line("");
  }

  private void section(Report.SectionLine section) {
    line("## " + plain(section.title()));
    line("");
    if (!section.waitedFor().isEmpty()) {
      line("Before the section could start:");
      line("");
      section.waitedFor().forEach(this::wait);
      line("");
    }
    report.tasks().stream()
        .filter(task -> task.section().equals(section.section()))
        .forEach(this::task);
  }

  private void task(Report.TaskLine task) {
    line("### " + plain(task.row()) + " " + plain(name(task)));
    line("");
    line(
        "**"
            + word(task.outcome())
            + "**"
            + (task.reason() == null ? "" : ": " + plain(task.reason()))
            + times(task));
    line("");
    if (task.problem() != null) {
      problem(task.problem());
    }
    if (task.decision() != null) {
      decision(task.decision());
    }
    if (!task.answers().isEmpty()) {
      line("What people said:");
      line("");
      task.answers().forEach(this::answer);
      line("");
    }
    if (!task.waitedFor().isEmpty()) {
      line("Waited for:");
      line("");
      task.waitedFor().forEach(this::wait);
      line("");
    }
    evidence(task.evidence());
  }

  private void problem(Problem problem) {
    line("- Problem: " + plain(problem.message()) + " (" + code(problem.code()) + ")");
    if (problem.system() != null) {
      line("- System: " + code(problem.system()));
    }
    if (problem.field() != null) {
      line("- Look at: " + code(problem.field()));
    }
    if (problem.nextStep() != null) {
      line("- Next step: " + plain(problem.nextStep()));
    }
    line("");
  }

  private void decision(Report.DecisionLine decision) {
    line(
        "- Decided by "
            + plain(decision.by())
            + " at "
            + minute(decision.at())
            + ": "
            + plain(decision.reason())
            + (decision.secondBy() == null
                ? ""
                : " Agreed to by " + plain(decision.secondBy()) + "."));
    line("");
  }

  private void answer(Report.AnswerLine answer) {
    line(
        "- "
            + code(answer.step())
            + " by "
            + plain(answer.by())
            + " at "
            + minute(answer.at())
            + ": “"
            + plain(answer.statement())
            + "” – "
            + switch (answer.verdict()) {
              case GIVEN -> "not looked at yet";
              case ACCEPTED -> "accepted";
              case REJECTED -> "rejected";
            }
            + (answer.verdict() == Answer.Verdict.REJECTED && answer.why() != null
                ? ": " + plain(answer.why().message())
                : ""));
  }

  private void wait(Wait wait) {
    line(
        "- "
            + party(wait.party())
            + ", "
            + duration(wait.seconds())
            + " ("
            + minute(wait.from())
            + " – "
            + (wait.isOpen() ? "still" : minute(wait.to()))
            + "): "
            + plain(wait.why()));
  }

  private void evidence(List<Evidence> evidence) {
    if (evidence.isEmpty()) {
      return;
    }
    line("| Evidence | Where | When | Against | Answer |");
    line("|---|---|---|---|---|");
    for (Evidence proof : evidence) {
      row(
          code(proof.probe()) + (proof.standIn() ? " (stand-in)" : ""),
          switch (proof.where()) {
            case HANDLER -> "machine";
            case PROBE_RUNNER -> "probe runner";
            case PERSON -> proof.by() == null ? "person" : plain(proof.by());
          },
          SECOND.format(proof.at()),
          plain(proof.against()),
          plain(proof.answer()));
    }
    line("");
  }

  private static String name(Report.TaskLine task) {
    return task.instance().isEmpty() ? task.title() : task.title() + " (" + task.instance() + ")";
  }

  private static String times(Report.TaskLine task) {
    String attempts = task.attempts() == 0 ? "" : count(task.attempts(), "attempt");
    String from = task.startedAt() == null ? "" : "from " + minute(task.startedAt());
    String to = task.finishedAt() == null ? "" : "to " + minute(task.finishedAt());
    String all =
        Stream.of(attempts, from, to)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return all.isEmpty() ? "" : " (" + all + ")";
  }

  private static String waited(List<Wait> waits) {
    return waits.stream()
        .collect(
            Collectors.groupingBy(
                Wait::party, java.util.TreeMap::new, Collectors.summingLong(Wait::seconds)))
        .entrySet()
        .stream()
        .map(entry -> party(entry.getKey()) + " " + duration(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String party(Party party) {
    return switch (party) {
      case CUSTOMER -> "the customer";
      case VENDOR -> "the vendor";
      case THIRD_PARTY -> "a third party";
      case MACHINE -> "nobody";
    };
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** {@code NOT_APPLICABLE} as {@code not applicable}. */
  private static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String minute(Instant time) {
    return time == null ? "–" : MINUTE.format(time);
  }

  /** The two largest units. */
  private static String duration(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : seconds + " s";
  }

  /** People's and systems' words must not become structure. */
  private static String plain(String words) {
    return words == null
        ? ""
        : words.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>|~#])", "\\\\$1").strip();
  }

  private static String code(String words) {
    return words == null ? "" : "`" + words.replaceAll("[`|\\s]+", " ").strip() + "`";
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}

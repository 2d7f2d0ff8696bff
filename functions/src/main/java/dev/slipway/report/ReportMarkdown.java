package dev.slipway.report;

import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown (CommonMark with tables), to be read, printed and signed. */
public final class ReportMarkdown {
  private final Report report;
  private final Titles titles;
  private final StringBuilder text = new StringBuilder();

  private ReportMarkdown(Report report) {
    this.report = report;
    this.titles = Titles.of(report);
  }

  /** The whole report. */
  public static String of(Report report) {
    return new ReportMarkdown(report).write();
  }

  private String write() {
    head();
    overview();
    promotions();
    elements();
    exceptions();
    waits();
    expected();
    report.journeys().forEach(this::journey);
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
    row(
        "State",
        plain(ReportWords.word(report.state().name()))
            + ", "
            + ReportWords.count(report.runs(), "run"));
    row("Created", ReportWords.minute(report.createdAt()));
    row("Started", ReportWords.minute(report.startedAt()));
    row("Ended", ReportWords.minute(report.endedAt()));
    row("As of", ReportWords.minute(report.generatedAt()) + " (all times are UTC)");
    Report.SignOffLine signOff = report.signOff();
    row(
        "Signed off",
        signOff == null
            ? "not yet"
            : plain(signOff.by())
                + ", "
                + ReportWords.minute(signOff.at())
                + (signOff.reason() == null ? "" : ": " + plain(signOff.reason())));
    if (report.hasStandIns()) {
      line("");
      line("> **A rehearsal:** " + ReportWords.STAND_INS);
    }
    line("");
  }

  private void overview() {
    line("## Overview");
    line("");
    line(
        report.outcomes().entrySet().stream()
                .map(entry -> entry.getValue() + " " + plain(ReportWords.word(entry.getKey())))
                .collect(Collectors.joining(", "))
            + ".");
    line("");
    line("| Row | Task | Requirement | Outcome | Who | When | Took | Waited for |");
    line("|---|---|---|---|---|---|---|---|");
    for (Report.TaskLine task : report.tasks()) {
      ReportWords.begun(report, task).ifPresent(this::summary);
      row(
          plain(task.row()),
          plain(task.name()),
          plain(ReportWords.word(task.requirement().name())),
          plain(ReportWords.word(task.outcome())),
          plain(ReportWords.who(task)),
          ReportWords.minute(task.finishedAt()),
          ReportWords.took(task),
          ReportWords.waited(task.waitedFor()));
    }
    line("");
  }

  /** The row before its instances. */
  private void summary(Report.RowLine row) {
    row(
        plain(row.row()),
        "**" + plain(row.title()) + "**",
        "",
        plain(ReportWords.word(row.outcome())),
        plain(ReportWords.counts(row)),
        "",
        "",
        "");
  }

  private void promotions() {
    if (report.promotions().isEmpty()) {
      return;
    }
    line("## Tried in one environment before the other");
    line("");
    line("| Row | Task | First | Then |");
    line("|---|---|---|---|");
    for (PromotionLine each : report.promotions()) {
      row(
          plain(each.row()),
          plain(each.name()),
          plain(ReportWords.side(each.from())),
          plain(ReportWords.side(each.to())));
    }
    line("");
  }

  private void elements() {
    if (report.elements().isEmpty()) {
      return;
    }
    line("## Elements");
    line("");
    line("| Row | Element | Requirement | Outcome | Given by | Final at | Told, and seen |");
    line("|---|---|---|---|---|---|---|");
    for (ElementLine element : report.elements()) {
      row(
          plain(element.row()),
          plain(ReportWords.name(element)),
          plain(ReportWords.word(element.requirement().name())),
          plain(ReportWords.word(element.outcome().name())),
          plain(element.by()),
          ReportWords.minute(element.finishedAt()),
          plain(String.join("; ", ReportWords.seen(element))));
    }
    line("");
  }

  private void exceptions() {
    List<Report.TaskLine> exceptions = ReportWords.exceptions(report);
    if (exceptions.isEmpty()) {
      return;
    }
    line("## Not performed, and why");
    line("");
    line("| Row | Task | Outcome | Who | Reason |");
    line("|---|---|---|---|---|");
    for (Report.TaskLine task : exceptions) {
      row(
          plain(task.row()),
          plain(task.name()),
          plain(ReportWords.word(task.outcome())),
          plain(ReportWords.who(task)),
          words(ReportWords.reason(task)));
    }
    line("");
  }

  private void waits() {
    if (report.waitedSeconds().isEmpty()) {
      return;
    }
    line("## Who was waited for");
    line("");
    line("| Who | How long in all |");
    line("|---|---|");
    for (Party party : Party.values()) {
      row(ReportWords.waitedFor(party), ReportWords.waited(report.waitedSeconds().get(party)));
    }
    line("");
  }

  private void expected() {
    ExpectedEnd expected = report.expected();
    if (expected == null) {
      return;
    }
    line("## When it can end");
    line("");
    line(
        "**"
            + ReportWords.minute(expected.end())
            + "**: "
            + ReportWords.shares(expected)
            + ". "
            + plain(String.join(" ", expected.restsOn())));
    line("");
    if (!expected.path().isEmpty()) {
      line("| Who | What | From | Until |");
      line("|---|---|---|---|");
      for (ExpectedEnd.Leg leg : expected.path()) {
        row(
            ReportWords.party(leg.party()),
            plain(ReportWords.what(leg)),
            ReportWords.minute(leg.from()),
            ReportWords.until(leg));
      }
      line("");
    }
  }

  private void journey(Report.JourneyLine journey) {
    line("## A test customer's journey, " + plain(journey.row()) + " " + plain(journey.title()));
    line("");
    line("| Step | Outcome | Started | Seconds | Who | Evidence |");
    line("|---|---|---|---|---|---|");
    for (Report.JourneyStep step : journey.steps()) {
      row(
          plain(step.title()),
          plain(ReportWords.word(step.outcome())),
          step.startedAt() == null ? "–" : ReportWords.second(step.startedAt()),
          step.seconds() == null ? "–" : step.seconds().toPlainString(),
          plain(ReportWords.who(step)),
          plain(step.evidence()));
    }
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
    String reason = ReportWords.reason(task);
    line("### " + plain(task.row()) + " " + plain(task.name()));
    line("");
    line(
        "**"
            + plain(ReportWords.word(task.outcome()))
            + "**"
            + (reason.isEmpty() ? "" : ": " + words(reason))
            + ReportWords.times(task));
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
    line("- Problem: " + words(problem.message()));
    if (problem.system() != null) {
      line("- System: " + plain(Titles.spoken(problem.system())));
    }
    if (problem.field() != null) {
      line("- Look at: " + plain(titles.field(problem.field())));
    }
    if (problem.nextStep() != null) {
      line("- Next step: " + words(problem.nextStep()));
    }
    line("");
  }

  private void decision(Report.DecisionLine decision) {
    line(
        "- Decided by "
            + plain(decision.by())
            + " at "
            + ReportWords.minute(decision.at())
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
            + plain(Titles.spoken(answer.step()))
            + " by "
            + plain(answer.by())
            + " at "
            + ReportWords.minute(answer.at())
            + ": “"
            + plain(answer.statement())
            + "” – "
            + ReportWords.verdict(answer)
            + (answer.verdict() == Answer.Verdict.REJECTED && answer.why() != null
                ? ": " + words(answer.why().message())
                : ""));
  }

  private void wait(Wait wait) {
    line(
        "- "
            + ReportWords.party(wait.party())
            + ", "
            + ReportWords.duration(wait.seconds())
            + " ("
            + ReportWords.minute(wait.from())
            + " – "
            + (wait.isOpen() ? "still" : ReportWords.minute(wait.to()))
            + "): "
            + words(wait.why()));
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
          plain(ReportWords.where(proof)),
          ReportWords.second(proof.at()),
          words(proof.against()),
          words(proof.answer()));
    }
    line("");
  }

  /** With titles in the place of ids. */
  private String words(String words) {
    return plain(titles.inWords(words));
  }

  /** People's and systems' words must not become structure. */
  private static String plain(String words) {
    return words == null
        ? ""
        : ReportWords.printable(words)
            .replaceAll("\\s+", " ")
            .replaceAll("([\\\\`*_{}\\[\\]<>|~#&])", "\\\\$1")
            .strip();
  }

  private static String code(String words) {
    return words == null
        ? ""
        : "`" + ReportWords.printable(words).replaceAll("[`|\\s]+", " ").strip() + "`";
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}

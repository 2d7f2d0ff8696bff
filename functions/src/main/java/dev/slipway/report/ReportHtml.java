package dev.slipway.report;

import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as one HTML page that needs nothing else: to be read, printed (A4) and kept. Everything
 * that people or systems said is text in it, and no script runs.
 */
public final class ReportHtml {
  private final Report report;
  private final Html page = new Html();

  private ReportHtml(Report report) {
    this.report = report;
  }

  /** The whole page. */
  public static String of(Report report) {
    return new ReportHtml(report).write();
  }

  private String write() {
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .raw("<meta http-equiv=\"Content-Security-Policy\"")
        .raw(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .element("title", report.title() + ": " + report.name())
        .raw("\n<style>" + ReportStyle.text() + "</style>\n</head>\n<body>\n");
    head();
    rows();
    promotions();
    elements();
    exceptions();
    waits();
    report.journeys().forEach(this::journey);
    report.sections().forEach(this::section);
    verification();
    return page.raw("</body>\n</html>\n").toString();
  }

  // --- the first page

  private void head() {
    page.raw("<header>\n").element("h1", report.name()).raw("\n");
    page.element("p", "lead", report.title() + ": report of the onboarding").raw("\n");
    Report.SignOffLine signOff = report.signOff();
    if (signOff == null) {
      page.raw("<div class=\"box\"><p><b>Not signed off.</b> This is how things stood at ")
          .text(ReportWords.minute(report.generatedAt()))
          .raw(" UTC.</p></div>\n");
    } else {
      page.raw("<div class=\"box signed\"><p><b>Signed off</b> by ")
          .text(signOff.by())
          .raw(" on ")
          .text(ReportWords.minute(signOff.at()))
          .raw(" UTC.</p>");
      if (signOff.reason() != null) {
        page.element("p", signOff.reason());
      }
      page.raw("</div>\n");
    }
    if (report.hasStandIns()) {
      page.raw("<div class=\"box warning\"><p><b>A rehearsal:</b> ")
          .text(ReportWords.STAND_INS)
          .raw("</p></div>\n");
    }
    page.raw("<ul class=\"tiles\">");
    report
        .outcomes()
        .forEach(
            (outcome, count) ->
                page.raw("<li>")
                    .element("b", Long.toString(count))
                    .text(ReportWords.word(outcome))
                    .raw("</li>"));
    page.raw("</ul>\n<table class=\"facts\"><tbody>\n");
    fact("Onboarding", report.onboarding());
    fact("Checklist", report.checklist() + ", version " + report.version());
    fact(
        "State",
        ReportWords.word(report.state().name()) + ", " + ReportWords.count(report.runs(), "run"));
    fact("Created", ReportWords.minute(report.createdAt()));
    fact("Started", ReportWords.minute(report.startedAt()));
    fact("Ended", ReportWords.minute(report.endedAt()));
    fact("As of", ReportWords.minute(report.generatedAt()) + " (all times are UTC)");
    page.raw("</tbody></table>\n</header>\n");
  }

  private void fact(String name, String value) {
    page.raw("<tr>").element("th", name).element("td", value).raw("</tr>\n");
  }

  private void rows() {
    open("Rows");
    table("rows", "Row", "Task", "Requirement", "Outcome", "Who", "Final at", "Took", "Waited for");
    for (Report.TaskLine task : report.tasks()) {
      ReportWords.begun(report, task).ifPresent(this::summary);
      page.raw("<tr>")
          .element("td", "n", task.row())
          .element("td", task.name())
          .element("td", "n", ReportWords.word(task.requirement().name()))
          .raw("<td>");
      outcome(task.outcome());
      page.raw("</td>")
          .element("td", ReportWords.who(task))
          .element("td", "n", ReportWords.minute(task.finishedAt()))
          .element("td", "n", ReportWords.took(task))
          .element("td", ReportWords.waited(task.waitedFor()))
          .raw("</tr>\n");
    }
    endTable();
    close();
  }

  /** The row before its instances. */
  private void summary(Report.RowLine row) {
    page.raw("<tr>")
        .element("td", "n", row.row())
        .raw("<td>")
        .element("b", row.title())
        .raw("</td><td></td><td>");
    outcome(row.outcome());
    page.raw("</td><td colspan=\"4\">").text(ReportWords.counts(row)).raw("</td></tr>\n");
  }

  private void promotions() {
    if (report.promotions().isEmpty()) {
      return;
    }
    open("Tried in one environment before the other");
    table("rows", "Row", "Task", "First", "Then");
    for (PromotionLine each : report.promotions()) {
      page.raw("<tr>")
          .element("td", "n", each.row())
          .element("td", each.name())
          .element("td", ReportWords.side(each.from()))
          .element("td", ReportWords.side(each.to()))
          .raw("</tr>\n");
    }
    endTable();
    close();
  }

  private void elements() {
    if (report.elements().isEmpty()) {
      return;
    }
    open("Elements");
    table(
        "rows",
        "Row",
        "Element",
        "Requirement",
        "Outcome",
        "Given by",
        "Final at",
        "Told, and seen");
    for (ElementLine element : report.elements()) {
      page.raw("<tr>")
          .element("td", "n", element.row())
          .element("td", ReportWords.name(element))
          .element("td", "n", ReportWords.word(element.requirement().name()))
          .raw("<td>");
      outcome(element.outcome().name());
      page.raw("</td>")
          .element("td", element.by() == null ? "" : element.by())
          .element("td", "n", ReportWords.minute(element.finishedAt()))
          .element("td", ReportWords.seen(element))
          .raw("</tr>\n");
    }
    endTable();
    close();
  }

  private void exceptions() {
    List<Report.TaskLine> exceptions = ReportWords.exceptions(report);
    if (exceptions.isEmpty()) {
      return;
    }
    page.raw("<section>\n").element("h2", "Not performed, and why").raw("\n");
    table("exceptions", "Row", "Task", "Outcome", "Who", "Reason");
    for (Report.TaskLine task : exceptions) {
      page.raw("<tr>").element("td", "n", task.row()).element("td", task.name()).raw("<td>");
      outcome(task.outcome());
      page.raw("</td>")
          .element("td", ReportWords.who(task))
          .element(
              "td",
              task.outcome().equals("PLANNED")
                  ? "not built yet: it was not asked for"
                  : ReportWords.reason(task))
          .raw("</tr>\n");
    }
    endTable();
    close();
  }

  private void waits() {
    Map<Party, Long> waited = report.waitedSeconds();
    if (waited.isEmpty()) {
      return;
    }
    page.raw("<section>\n").element("h2", "Who was waited for").raw("\n");
    table("waits", "Who", "How long, all tasks together");
    for (Party party : Party.values()) {
      page.raw("<tr>")
          .element("td", ReportWords.waitedFor(party))
          .element("td", ReportWords.waited(waited.get(party)))
          .raw("</tr>\n");
    }
    endTable();
    close();
  }

  private void journey(Report.JourneyLine journey) {
    page.raw("<section>\n")
        .element("h2", "A test customer's journey: " + journey.row() + " " + journey.title())
        .raw("\n");
    table("journey", "Step", "Outcome", "Started", "Seconds", "Who", "Evidence");
    for (Report.JourneyStep step : journey.steps()) {
      page.raw("<tr>").element("td", step.title()).raw("<td>");
      outcome(step.outcome());
      page.raw("</td>")
          .element("td", "n", step.startedAt() == null ? "–" : ReportWords.second(step.startedAt()))
          .element("td", "n", step.seconds() == null ? "–" : step.seconds().toPlainString())
          .element("td", ReportWords.who(step))
          .element("td", step.evidence() == null ? "" : step.evidence())
          .raw("</tr>\n");
    }
    endTable();
    close();
  }

  // --- the sections

  private void section(Report.SectionLine section) {
    open(section.title());
    if (!section.waitedFor().isEmpty()) {
      page.element("h4", "Before the section could start").raw("\n");
      waits(section.waitedFor());
    }
    report.tasks().stream()
        .filter(task -> task.section().equals(section.section()))
        .forEach(this::task);
    close();
  }

  private void task(Report.TaskLine task) {
    page.raw("<article>\n<header>\n<h3>")
        .element("span", "row", task.row())
        .text(task.name())
        .raw("</h3>\n<p>");
    outcome(task.outcome());
    String reason = ReportWords.reason(task);
    if (!reason.isEmpty()) {
      page.text(": " + reason);
    }
    page.raw("</p>\n<p class=\"meta\">")
        .text(ReportWords.word(task.requirement().name()))
        .text(task.who().isEmpty() ? "" : " · by " + ReportWords.who(task))
        .text(task.attempts() == 0 ? "" : " · " + ReportWords.count(task.attempts(), "attempt"))
        .text(span(task))
        .raw("</p>\n</header>\n");
    if (task.problem() != null) {
      problem(task.problem());
    }
    if (task.decision() != null) {
      decision(task.decision());
    }
    if (!task.answers().isEmpty()) {
      page.element("h4", "What people said").raw("\n<ul class=\"plain\">\n");
      task.answers().forEach(this::answer);
      page.raw("</ul>\n");
    }
    if (!task.waitedFor().isEmpty()) {
      page.element("h4", "Waited for").raw("\n");
      waits(task.waitedFor());
    }
    if (!task.evidence().isEmpty()) {
      evidence(task.evidence());
    }
    page.raw("</article>\n");
  }

  private static String span(Report.TaskLine task) {
    if (task.startedAt() == null) {
      return "";
    }
    String to =
        task.finishedAt() == null ? "still open" : "final " + ReportWords.minute(task.finishedAt());
    return " · reached "
        + ReportWords.minute(task.startedAt())
        + ", "
        + to
        + ", took "
        + ReportWords.took(task);
  }

  private void problem(Problem problem) {
    page.raw("<div class=\"box warning\">").raw("<p><b>Problem:</b> ").text(problem.message());
    page.raw(" ").element("code", problem.code()).raw("</p>");
    if (problem.system() != null) {
      page.raw("<p>System: ").element("code", problem.system()).raw("</p>");
    }
    if (problem.field() != null) {
      page.raw("<p>Look at: ").element("code", problem.field()).raw("</p>");
    }
    if (problem.nextStep() != null) {
      page.element("p", "Next step: " + problem.nextStep());
    }
    page.raw("</div>\n");
  }

  private void decision(Report.DecisionLine decision) {
    page.raw("<div class=\"box\"><p><b>Decided</b> by ")
        .text(decision.by() + ", " + ReportWords.minute(decision.at()) + ": " + decision.reason())
        .raw("</p>");
    if (decision.secondBy() != null) {
      page.element("p", "Agreed to by " + decision.secondBy() + ".");
    }
    page.raw("</div>\n");
  }

  private void answer(Report.AnswerLine answer) {
    page.raw("<li>")
        .element("code", answer.step())
        .text(" by " + answer.by() + " at " + ReportWords.minute(answer.at()))
        .text(": “" + answer.statement() + "” – " + ReportWords.verdict(answer));
    if (answer.verdict() == Answer.Verdict.REJECTED && answer.why() != null) {
      page.text(": " + answer.why().message());
    }
    page.raw("</li>\n");
  }

  private void waits(List<Wait> waits) {
    page.raw("<ul class=\"plain\">\n");
    for (Wait wait : waits) {
      page.raw("<li>")
          .text(ReportWords.party(wait.party()) + ", " + ReportWords.duration(wait.seconds()))
          .text(" (" + ReportWords.minute(wait.from()) + " – ")
          .text(wait.isOpen() ? "still" : ReportWords.minute(wait.to()))
          .text("): " + wait.why())
          .raw("</li>\n");
    }
    page.raw("</ul>\n");
  }

  private void evidence(List<Evidence> evidence) {
    table("evidence", "Evidence", "Where", "When", "Against", "Answer");
    for (Evidence proof : evidence) {
      page.raw("<tr><td class=\"code\">").text(proof.probe());
      if (proof.standIn()) {
        page.raw("<br><span class=\"mark\">stand-in</span>");
      }
      page.raw("</td>")
          .element("td", ReportWords.where(proof))
          .element("td", ReportWords.second(proof.at()))
          .element("td", proof.against())
          .element("td", proof.answer())
          .raw("</tr>\n");
    }
    endTable();
  }

  // --- the end

  private void verification() {
    if (report.signOff() == null) {
      return;
    }
    page.raw("<section>\n").element("h2", "The signature").raw("\n");
    page.element(
        "p",
        "The signature is over the bytes of the report's JSON file, from which this page was made."
            + " Check the file with the public key that you were given, offline:");
    page.raw("<pre>slipway verify-report report.json --key report.json.pub\n")
        .raw("openssl dgst -sha256 -verify report.json.pub")
        .raw(" -signature report.json.sig report.json</pre>\n");
    close();
  }

  // --- what all parts use

  private void open(String title) {
    page.raw("<section class=\"page\">\n").element("h2", title).raw("\n");
  }

  private void close() {
    page.raw("</section>\n");
  }

  private void table(String cssClass, String... heads) {
    page.raw("<table class=\"" + cssClass + "\">\n<thead><tr>");
    for (String head : heads) {
      page.element("th", head);
    }
    page.raw("</tr></thead>\n<tbody>\n");
  }

  private void endTable() {
    page.raw("</tbody></table>\n");
  }

  /** The class is one of our own words: an outcome's name. */
  private void outcome(String outcome) {
    String name = outcome.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    page.element("span", "outcome " + name, ReportWords.word(outcome));
  }
}

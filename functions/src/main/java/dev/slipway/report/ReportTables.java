package dev.slipway.report;

import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a report's page: every row at a glance, and what is to be told of all of them. */
final class ReportTables {
  private final Report report;
  private final ReportPage page;
  private final Html html;

  ReportTables(ReportPage page) {
    this.report = page.report;
    this.page = page;
    this.html = page.html;
  }

  /** Every row, section by section; the instances of one are folded under it. */
  void rows() {
    page.table("rows", "Row", "Task", "Requirement", "Outcome", "Final at", "Took");
    for (Report.SectionLine section : report.sections()) {
      List<List<Report.TaskLine>> rows = ReportWords.rows(report, section.section());
      if (!rows.isEmpty()) {
        html.raw("<tr class=\"group\"><th colspan=\"6\" scope=\"rowgroup\">")
            .text(section.title())
            .raw("</th></tr>\n");
      }
      rows.forEach(
          lines ->
              ReportWords.summary(report, lines)
                  .ifPresentOrElse(row -> several(row, lines), () -> single(lines.getFirst())));
    }
    page.endTable();
  }

  private void single(Report.TaskLine task) {
    html.raw("<tr>").element("td", "n", task.row()).raw("<td>");
    page.link(task, TaskKey.named(task.title(), task.instance()));
    page.meta(how(task));
    html.raw("</td>");
    page.cell("Requirement", ReportWords.word(task.requirement().name()));
    page.outcomeCell(task.outcome());
    page.cell("Final at", ReportWords.minute(task.finishedAt()));
    page.cell("Took", ReportWords.took(task));
    html.raw("</tr>\n");
  }

  private void several(Report.RowLine row, List<Report.TaskLine> lines) {
    html.raw("<tr class=\"several\">")
        .element("td", "n", row.row())
        .raw("<td>")
        .element("b", row.title())
        .raw("</td>");
    page.cell("Requirement", ReportWords.word(lines.getFirst().requirement().name()));
    page.outcomeCell(row.outcome());
    html.raw("<td></td><td></td></tr>\n<tr><td></td><td colspan=\"5\"><details><summary>")
        .text(ReportWords.count(lines.size(), "instance") + ": " + ReportWords.counts(row))
        .raw("</summary>\n<ul class=\"plain\">\n");
    for (Report.TaskLine line : lines) {
      html.raw("<li>");
      page.link(line, TaskKey.place(line.instance()));
      html.raw(" ");
      page.outcome(line.outcome());
      html.raw(" ");
      page.meta(
          Stream.of(
                  line.finishedAt() == null
                      ? ""
                      : ReportWords.minute(line.finishedAt()) + ", took " + ReportWords.took(line),
                  how(line))
              .filter(words -> !words.isEmpty())
              .collect(Collectors.joining(" · ")));
      html.raw("</li>\n");
    }
    html.raw("</ul></details></td></tr>\n");
  }

  /** Who brought a line about, and who was waited for. */
  private static String how(Report.TaskLine task) {
    String waited = ReportWords.waited(task.waitedFor());
    return Stream.of(
            task.who().isEmpty() ? "" : "by " + ReportWords.who(task),
            waited.isEmpty() ? "" : "waited for " + waited)
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  /** What is tried in one environment first. */
  void promotions() {
    page.table("promotions", "Row", "Task", "First", "Then");
    for (PromotionLine each : report.promotions()) {
      html.raw("<tr>").element("td", "n", each.row());
      html.element("td", TaskKey.named(each.title(), each.instance()));
      page.cell("First", ReportWords.side(each.from()));
      page.cell("Then", ReportWords.side(each.to()));
      html.raw("</tr>\n");
    }
    page.endTable();
  }

  /** The elements and credentials that are rows. */
  void elements() {
    page.table("elements", "Row", "What", "Requirement", "Outcome", "Final at");
    for (ElementLine element : report.elements()) {
      html.raw("<tr>").element("td", "n", element.row()).raw("<td>");
      html.text(TaskKey.named(element.title(), element.instance()));
      page.meta(element.by() == null ? "" : "given by " + element.by());
      List<String> seen = ReportWords.seen(element);
      if (!seen.isEmpty()) {
        html.raw("<ul class=\"plain\">");
        seen.forEach(each -> html.element("li", page.titles.inWords(each)));
        html.raw("</ul>");
      }
      html.raw("</td>");
      page.cell("Requirement", ReportWords.word(element.requirement().name()));
      page.outcomeCell(element.outcome().name());
      page.cell("Final at", ReportWords.minute(element.finishedAt()));
      html.raw("</tr>\n");
    }
    page.endTable();
  }

  /** What was not performed; instances with one reason stand together. */
  void exceptions() {
    Map<List<String>, List<Report.TaskLine>> alike = new LinkedHashMap<>();
    ReportWords.exceptions(report)
        .forEach(
            task ->
                alike
                    .computeIfAbsent(
                        List.of(
                            task.task(),
                            task.outcome(),
                            ReportWords.who(task),
                            ReportWords.reason(task)),
                        key -> new ArrayList<>())
                    .add(task));
    page.table("exceptions", "Row", "Task", "Outcome", "Who", "Reason");
    for (List<Report.TaskLine> tasks : alike.values()) {
      Report.TaskLine task = tasks.getFirst();
      String instances =
          tasks.stream()
              .map(Report.TaskLine::instance)
              .filter(instance -> !instance.isEmpty())
              .map(TaskKey::place)
              .collect(Collectors.joining("; "));
      html.raw("<tr>")
          .element("td", "n", task.row())
          .element("td", TaskKey.named(task.title(), instances));
      page.outcomeCell(task.outcome());
      page.cell("Who", ReportWords.who(task));
      page.cell(
          "Reason",
          task.outcome().equals("PLANNED")
              ? "not built yet: it was not asked for"
              : page.titles.inWords(ReportWords.reason(task)));
      html.raw("</tr>\n");
    }
    page.endTable();
  }

  /** How long each party was waited for. */
  void waits() {
    page.table("waits", "Who", "How long in all");
    for (Party party : Party.values()) {
      html.raw("<tr>")
          .element("td", ReportWords.waitedFor(party))
          .element("td", ReportWords.waited(report.waitedSeconds().get(party)))
          .raw("</tr>\n");
    }
    page.endTable();
  }

  /** The waits on the way to the expected end. */
  void expected() {
    ExpectedEnd expected = report.expected();
    html.raw("<p>")
        .element("b", ReportWords.minute(expected.end()))
        .text(": " + ReportWords.shares(expected) + ". ")
        .text(String.join(" ", expected.restsOn()))
        .raw("</p>\n");
    page.table("expected", "What", "Who", "From", "Until");
    for (ExpectedEnd.Leg leg : expected.path()) {
      html.raw("<tr>").element("td", ReportWords.what(leg));
      page.cell("Who", ReportWords.party(leg.party()));
      page.cell("From", ReportWords.minute(leg.from()));
      page.cell("Until", ReportWords.until(leg));
      html.raw("</tr>\n");
    }
    page.endTable();
  }

  /** A test customer's way, step by step. */
  void journey(Report.JourneyLine journey) {
    page.table("journey", "Step", "Outcome", "Started", "Seconds", "Who");
    for (Report.JourneyStep step : journey.steps()) {
      html.raw("<tr><td>").element("b", step.title());
      page.meta(page.titles.inWords(step.evidence()));
      html.raw("</td>");
      page.outcomeCell(step.outcome());
      page.cell("Started", step.startedAt() == null ? "–" : ReportWords.second(step.startedAt()));
      page.cell("Seconds", step.seconds() == null ? "–" : step.seconds().toPlainString());
      page.cell("Who", ReportWords.who(step));
      html.raw("</tr>\n");
    }
    page.endTable();
  }
}

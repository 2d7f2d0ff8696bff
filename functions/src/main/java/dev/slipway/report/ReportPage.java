package dev.slipway.report;

import java.util.IdentityHashMap;
import java.util.Locale;

/** A report's page being written: its HTML, and what all parts of it use. */
final class ReportPage {
  final Report report;
  final Html html = new Html();
  final Titles titles;
  private final IdentityHashMap<Report.TaskLine, Integer> numbers = new IdentityHashMap<>();

  ReportPage(Report report) {
    this.report = report;
    this.titles = Titles.of(report);
    report.tasks().forEach(line -> numbers.put(line, numbers.size() + 1));
  }

  /** Where the page tells all of a task. */
  String anchor(Report.TaskLine line) {
    return "t" + numbers.get(line);
  }

  /** A title that leads to all that is told of the task. */
  void link(Report.TaskLine line, String words) {
    html.raw("<a href=\"#" + anchor(line) + "\">").text(words).raw("</a>");
  }

  /** The class is one of our own words: an outcome's name. */
  void outcome(String outcome) {
    String name = outcome.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    html.element("span", "outcome " + name, ReportWords.word(outcome));
  }

  /** A cell with an outcome. */
  void outcomeCell(String outcome) {
    html.raw("<td data-label=\"Outcome\">");
    outcome(outcome);
    html.raw("</td>");
  }

  /** A cell under one of our own headings, which narrow screens show in front of it. */
  void cell(String label, String words) {
    html.raw("<td data-label=\"" + label + "\">").text(words).raw("</td>");
  }

  /** A table, each row of which is a block with labels on a narrow screen. */
  void table(String cssClass, String... heads) {
    html.raw("<table class=\"lines " + cssClass + "\">\n<thead><tr>");
    for (String head : heads) {
      html.element("th", head);
    }
    html.raw("</tr></thead>\n<tbody>\n");
  }

  void endTable() {
    html.raw("</tbody></table>\n");
  }

  /** A line in small print; nothing if there is nothing to say. */
  void meta(String words) {
    if (!words.isEmpty()) {
      html.element("span", "meta", words);
    }
  }
}

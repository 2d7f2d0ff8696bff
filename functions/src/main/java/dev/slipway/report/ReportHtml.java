package dev.slipway.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A report as one HTML page that needs nothing else: to be read from a phone to a wide screen,
 * printed (A4) and kept. Everything that people or systems said is text in it, and no script runs.
 * A list of contents leads to the tables of all rows ({@link ReportTables}) and to the sections
 * with what proves each row ({@link ReportSections}). A row's instances are folded under it; in
 * print they are all open.
 */
public final class ReportHtml {
  /** How such a page begins: nothing is loaded, and no script runs. */
  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      """;

  private final Report report;
  private final ReportPage page;
  private final Html html;

  private ReportHtml(Report report) {
    this.report = report;
    this.page = new ReportPage(report);
    this.html = page.html;
  }

  /** The whole page. */
  public static String of(Report report) {
    return new ReportHtml(report).write();
  }

  /**
   * What a heading of the page stands over.
   *
   * @param note beside it in the list of contents
   */
  private record Part(String title, String note, Runnable content) {}

  private String write() {
    html.raw(HEAD)
        .element("title", report.title() + ": " + report.name())
        .raw("\n<style>" + ReportStyle.text() + "</style>\n</head>\n<body>\n");
    head();
    List<Part> tables = tables();
    List<Part> sections = sections();
    contents(tables, sections);
    html.raw("<main>\n");
    write(tables, 0);
    write(sections, tables.size());
    return html.raw("</main>\n</body>\n</html>\n").toString();
  }

  private void head() {
    html.raw("<header>\n").element("h1", report.name()).raw("\n");
    html.element("p", "lead", report.title() + ": report of the onboarding").raw("\n");
    Report.SignOffLine signOff = report.signOff();
    if (signOff == null) {
      html.raw("<div class=\"box\"><p><b>Not signed off.</b> This is how things stood at ")
          .text(ReportWords.minute(report.generatedAt()))
          .raw(" UTC.</p></div>\n");
    } else {
      html.raw("<div class=\"box signed\"><p><b>Signed off</b> by ")
          .text(signOff.by())
          .raw(" on ")
          .text(ReportWords.minute(signOff.at()))
          .raw(" UTC.</p>");
      if (signOff.reason() != null) {
        html.element("p", signOff.reason());
      }
      html.raw("</div>\n");
    }
    if (report.hasStandIns()) {
      html.raw("<div class=\"box warning\"><p><b>A rehearsal:</b> ")
          .text(ReportWords.STAND_INS)
          .raw("</p></div>\n");
    }
    html.raw("<ul class=\"tiles\">");
    report
        .outcomes()
        .forEach(
            (outcome, count) ->
                html.raw("<li>")
                    .element("b", Long.toString(count))
                    .text(ReportWords.word(outcome))
                    .raw("</li>"));
    html.raw("</ul>\n<table class=\"facts\"><tbody>\n");
    fact("Onboarding", report.onboarding());
    fact("Checklist", report.checklist() + ", version " + report.version());
    fact(
        "State",
        ReportWords.word(report.state().name()) + ", " + ReportWords.count(report.runs(), "run"));
    fact("Created", ReportWords.minute(report.createdAt()));
    fact("Started", ReportWords.minute(report.startedAt()));
    fact("Ended", ReportWords.minute(report.endedAt()));
    fact("As of", ReportWords.minute(report.generatedAt()) + " (all times are UTC)");
    html.raw("</tbody></table>\n</header>\n");
  }

  private void fact(String name, String value) {
    html.raw("<tr>").element("th", name).element("td", value).raw("</tr>\n");
  }

  private List<Part> tables() {
    ReportTables tables = new ReportTables(page);
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("Rows", "", tables::rows));
    if (!report.promotions().isEmpty()) {
      parts.add(new Part("Tried in one environment before the other", "", tables::promotions));
    }
    if (!report.elements().isEmpty()) {
      parts.add(new Part("Information and access data", "", tables::elements));
    }
    if (!ReportWords.exceptions(report).isEmpty()) {
      parts.add(new Part("Not performed, and why", "", tables::exceptions));
    }
    if (!report.waitedSeconds().isEmpty()) {
      parts.add(new Part("Who was waited for", "", tables::waits));
    }
    if (report.expected() != null) {
      parts.add(new Part("When it can end", "", tables::expected));
    }
    for (Report.JourneyLine journey : report.journeys()) {
      parts.add(
          new Part(
              "A test customer's journey: " + journey.row() + " " + journey.title(),
              "",
              () -> tables.journey(journey)));
    }
    return parts;
  }

  private List<Part> sections() {
    ReportSections sections = new ReportSections(page);
    List<Part> parts = new ArrayList<>();
    for (Report.SectionLine section : report.sections()) {
      parts.add(new Part(section.title(), counts(section), () -> sections.section(section)));
    }
    if (report.signOff() != null) {
      parts.add(new Part("The signature", "", this::verification));
    }
    return parts;
  }

  /** How many lines of a section have each outcome. */
  private String counts(Report.SectionLine section) {
    Map<String, Long> counts =
        report.tasks().stream()
            .filter(task -> task.section().equals(section.section()))
            .collect(
                Collectors.groupingBy(
                    Report.TaskLine::outcome, TreeMap::new, Collectors.counting()));
    return ReportWords.counts(counts);
  }

  private void contents(List<Part> tables, List<Part> sections) {
    html.raw("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n");
    contents(tables, 0);
    html.element("p", "meta", "Section by section, with what proves each row:").raw("\n");
    contents(sections, tables.size());
    html.raw("</nav>\n");
  }

  private void contents(List<Part> parts, int before) {
    html.raw("<ul>\n");
    for (int i = 0; i < parts.size(); i++) {
      html.raw("<li><a href=\"#p" + (before + i) + "\">")
          .text(parts.get(i).title())
          .raw("</a> ")
          .element("span", "meta", parts.get(i).note())
          .raw("</li>\n");
    }
    html.raw("</ul>\n");
  }

  /** The first of them begins a page in print. */
  private void write(List<Part> parts, int before) {
    for (int i = 0; i < parts.size(); i++) {
      html.raw(i == 0 ? "<section class=\"page\">\n" : "<section>\n")
          .raw("<h2 id=\"p" + (before + i) + "\">")
          .text(parts.get(i).title())
          .raw("</h2>\n");
      parts.get(i).content().run();
      html.raw("</section>\n");
    }
  }

  private void verification() {
    html.element(
        "p",
        "The signature is over the bytes of the report's JSON file, from which this page was made."
            + " Check the file with the public key that you were given, offline:");
    html.raw("<pre>slipway verify-report report.json --key report.json.pub\n")
        .raw("openssl dgst -sha256 -verify report.json.pub")
        .raw(" -signature report.json.sig report.json</pre>\n");
  }
}

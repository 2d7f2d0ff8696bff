package dev.slipway.report;

import dev.slipway.ledger.Evidence;
import dev.slipway.report.Addendum.Found;
import java.util.List;
import java.util.stream.Collectors;

/** An addendum as one HTML page that needs nothing else, in the style of the report. */
public final class AddendumHtml {
  private final Addendum addendum;
  private final Html html = new Html();

  private AddendumHtml(Addendum addendum) {
    this.addendum = addendum;
  }

  /** The whole page. */
  public static String of(Addendum addendum) {
    return new AddendumHtml(addendum).write();
  }

  private String write() {
    String title = "Addendum " + addendum.number() + " to the report: " + addendum.name();
    html.raw(ReportHtml.HEAD)
        .element("title", title)
        .raw("\n<style>" + ReportStyle.text() + "</style>\n</head>\n<body>\n<header>\n")
        .element("h1", addendum.name())
        .raw("\n");
    html.element("p", "lead", addendum.title() + ": addendum " + addendum.number());
    head();
    html.raw("</header>\n<main>\n");
    table("Does not hold any more", Found.NO_LONGER_HOLDS);
    table("Does not hold for another reason than before", Found.DOES_NOT_HOLD_OTHERWISE);
    table("Still does not hold", Found.STILL_DOES_NOT_HOLD);
    table("Holds again", Found.HOLDS_AGAIN);
    table("Could not be looked at, for the second time in a row", Found.NOT_SEEN_EITHER);
    table("Could not be looked at", Found.NOT_SEEN);
    table("Holds", Found.HOLDS);
    table("Not looked at", Found.NOT_LOOKED_AT);
    return html.raw("</main>\n</body>\n</html>\n").toString();
  }

  private void head() {
    html.raw("<div class=\"box\"><p>The report that was signed on ")
        .text(ReportWords.minute(addendum.signedAt()))
        .raw(" UTC stays as it is. This says what a later look found, from ")
        .text(ReportWords.minute(addendum.beganAt()))
        .raw(" to ")
        .text(ReportWords.minute(addendum.endedAt()))
        .raw(" UTC. It verified, and changed nothing.</p>");
    if (addendum.broken()) {
      html.raw(
          "<p><b>The look took too long and was broken off:</b> it did not come to every row.</p>");
    }
    html.raw("</div>\n");
    if (standIns()) {
      html.raw("<div class=\"box warning\"><p><b>A rehearsal:</b> ")
          .text(ReportWords.STAND_INS)
          .raw("</p></div>\n");
    }
    html.raw("<ul class=\"tiles\">");
    addendum
        .counts()
        .forEach(
            (found, count) ->
                html.raw("<li>")
                    .element("b", Long.toString(count))
                    .text(ReportWords.word(found))
                    .raw("</li>"));
    html.raw("</ul>\n<table class=\"facts\"><tbody>\n");
    fact("Onboarding", addendum.onboarding());
    fact("Report", "SHA-256 " + addendum.report());
    html.raw("</tbody></table>\n");
  }

  private boolean standIns() {
    return addendum.lines().stream()
        .flatMap(line -> line.evidence().stream())
        .anyMatch(Evidence::standIn);
  }

  private void fact(String name, String value) {
    html.raw("<tr>").element("th", name).element("td", value).raw("</tr>\n");
  }

  private void table(String heading, Found found) {
    List<Addendum.Line> lines = addendum.of(found);
    if (lines.isEmpty()) {
      return;
    }
    html.raw("<section>\n").element("h2", heading).raw("\n<table class=\"lines\">\n");
    html.raw("<thead><tr><th>Row</th><th>What was found</th></tr></thead>\n<tbody>\n");
    lines.forEach(this::line);
    html.raw("</tbody></table>\n</section>\n");
  }

  private void line(Addendum.Line line) {
    html.raw("<tr><td>").element("span", "row", line.row()).text(line.title());
    html.element("span", "meta", line.section()).raw("</td><td>");
    if (line.problem() != null) {
      html.element("p", line.problem().message());
      html.element(
          "p",
          "meta",
          (line.problem().field() == null ? "" : line.problem().field() + ": ")
              + line.problem().nextStep());
    }
    if (line.why() != null) {
      html.element("p", line.why());
    }
    if (line.at() != null && !line.evidence().isEmpty()) {
      html.element(
          "p",
          "meta",
          ReportWords.minute(line.at())
              + ": "
              + line.evidence().stream()
                  .map(proof -> proof.against() + ": " + proof.answer())
                  .collect(Collectors.joining("; ")));
    }
    html.raw("</td></tr>\n");
  }
}

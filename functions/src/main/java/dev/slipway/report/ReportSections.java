package dev.slipway.report;

import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import java.util.List;
import java.util.Objects;

/** The sections of a report's page: of each row what people said, who was waited for, and proof. */
final class ReportSections {

  private final Report report;
  private final ReportPage page;
  private final Html html;
  private final Titles titles;

  ReportSections(ReportPage page) {
    this.report = page.report;
    this.page = page;
    this.html = page.html;
    this.titles = page.titles;
  }

  /** One section. */
  void section(Report.SectionLine section) {
    if (!section.waitedFor().isEmpty()) {
      html.element("h3", "Before the section could start").raw("\n");
      waits(section.waitedFor());
    }
    for (List<Report.TaskLine> lines : ReportWords.rows(report, section.section())) {
      ReportWords.summary(report, lines)
          .ifPresentOrElse(row -> several(row, lines), () -> single(lines.getFirst()));
    }
  }

  private void single(Report.TaskLine task) {
    html.raw("<article id=\"" + page.anchor(task) + "\">\n");
    heading(task.row(), TaskKey.named(task.title(), task.instance()));
    html.raw("<p>");
    page.outcome(task.outcome());
    html.text(because(task)).raw("</p>\n");
    body(task);
    html.raw("</article>\n");
  }

  private void several(Report.RowLine row, List<Report.TaskLine> lines) {
    html.raw("<article>\n");
    heading(row.row(), row.title());
    html.raw("<p>");
    page.outcome(row.outcome());
    html.text(": " + ReportWords.counts(row)).raw("</p>\n");
    for (Report.TaskLine task : lines) {
      html.raw("<details id=\"" + page.anchor(task) + "\"><summary>")
          .element("b", TaskKey.place(task.instance()))
          .raw(" ");
      page.outcome(task.outcome());
      html.text(because(task)).raw("</summary>\n");
      body(task);
      html.raw("</details>\n");
    }
    html.raw("</article>\n");
  }

  private void heading(String row, String title) {
    html.raw("<h3>").element("span", "row", row).raw(" ").text(title).raw("</h3>\n");
  }

  private String because(Report.TaskLine task) {
    String reason = ReportWords.reason(task);
    return reason.isEmpty() ? "" : ": " + titles.inWords(reason);
  }

  private void body(Report.TaskLine task) {
    html.raw("<p class=\"meta\">")
        .text(ReportWords.word(task.requirement().name()))
        .text(task.who().isEmpty() ? "" : " · by " + ReportWords.who(task))
        .text(task.attempts() == 0 ? "" : " · " + ReportWords.count(task.attempts(), "attempt"))
        .text(span(task))
        .raw("</p>\n");
    if (task.problem() != null) {
      problem(task.problem());
    }
    if (task.decision() != null) {
      decision(task.decision());
    }
    if (!task.answers().isEmpty()) {
      html.element("h4", "What people said").raw("\n<ul class=\"plain\">\n");
      task.answers().forEach(answer -> answer(task, answer));
      html.raw("</ul>\n");
    }
    if (!task.waitedFor().isEmpty()) {
      html.element("h4", "Waited for").raw("\n");
      waits(task.waitedFor());
    }
    List<Evidence> proofs =
        task.evidence().stream().filter(proof -> !isSaidAbove(task, proof)).toList();
    if (!proofs.isEmpty()) {
      html.element("h4", "Evidence").raw("\n<ul class=\"plain\">\n");
      proofs.forEach(this::evidence);
      html.raw("</ul>\n");
    }
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
    html.raw("<div class=\"box warning\"><p><b>Problem:</b> ")
        .text(titles.inWords(problem.message()))
        .raw("</p>");
    if (problem.system() != null) {
      html.element("p", "System: " + Titles.spoken(problem.system()));
    }
    if (problem.field() != null) {
      html.element("p", "Look at: " + titles.field(problem.field()));
    }
    if (problem.nextStep() != null) {
      html.element("p", "Next step: " + titles.inWords(problem.nextStep()));
    }
    html.raw("</div>\n");
  }

  private void decision(Report.DecisionLine decision) {
    html.raw("<div class=\"box\"><p><b>Decided</b> by ")
        .text(decision.by() + ", " + ReportWords.minute(decision.at()) + ": " + decision.reason())
        .raw("</p>");
    if (decision.secondBy() != null) {
      html.element("p", "Agreed to by " + decision.secondBy() + ".");
    }
    html.raw("</div>\n");
  }

  private void answer(Report.TaskLine task, Report.AnswerLine answer) {
    html.raw("<li>“").text(answer.statement()).raw("” – ").text(ReportWords.verdict(answer));
    if (answer.verdict() == Answer.Verdict.REJECTED && answer.why() != null) {
      html.text(": " + titles.inWords(answer.why().message()));
    }
    page.meta(
        "%s, %s, to: %s"
            .formatted(answer.by(), ReportWords.minute(answer.at()), title(task, answer.step())));
    html.raw("</li>\n");
  }

  /** A statement's evidence is of the step's title. */
  private static String title(Report.TaskLine task, String step) {
    return task.evidence().stream()
        .filter(proof -> proof.probe().equals(Evidence.statement(step)))
        .map(Evidence::against)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> Titles.spoken(step));
  }

  /** Whether a proof is a statement that stands under what people said. */
  private static boolean isSaidAbove(Report.TaskLine task, Evidence proof) {
    return task.answers().stream()
        .anyMatch(
            answer ->
                proof.probe().equals(Evidence.statement(answer.step()))
                    && proof.answer().equals(answer.statement()));
  }

  private void waits(List<Wait> waits) {
    html.raw("<ul class=\"plain\">\n");
    for (Wait wait : waits) {
      html.raw("<li>")
          .text(ReportWords.party(wait.party()) + ", " + ReportWords.duration(wait.seconds()))
          .text(": " + titles.inWords(wait.why()));
      page.meta(
          ReportWords.minute(wait.from())
              + " – "
              + (wait.isOpen() ? "still" : ReportWords.minute(wait.to())));
      html.raw("</li>\n");
    }
    html.raw("</ul>\n");
  }

  private void evidence(Evidence proof) {
    html.raw("<li>").text(titles.inWords(proof.answer()));
    if (proof.standIn()) {
      html.raw(" ").element("span", "mark", "stand-in");
    }
    html.raw("<span class=\"meta\">")
        .text(ReportWords.where(proof) + ", " + ReportWords.second(proof.at()))
        .text(proof.against() == null ? "" : ", at " + titles.inWords(proof.against()))
        .raw(" ")
        .element("code", proof.probe())
        .raw("</span></li>\n");
  }
}

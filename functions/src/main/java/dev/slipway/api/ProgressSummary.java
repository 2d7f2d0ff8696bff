package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.slipway.api.Progress.SectionProgress;
import dev.slipway.api.Progress.TaskProgress;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskKey;
import dev.slipway.report.ElementLine;
import dev.slipway.report.ExpectedEnd;
import dev.slipway.report.Report;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The progress of an onboarding with one line for all instances of a task, for whoever looks at
 * hundreds of them: {@link ListTasks} answers each. What is asked in these tasks stands in their
 * lines' counts only; all other open work, and waivers, are told as ever.
 */
record ProgressSummary(
    OnboardingView onboarding,
    Progress.Counts progress,
    List<Section> sections,
    List<OpenWorkView> openWork,
    @JsonInclude(JsonInclude.Include.NON_NULL) ExpectedEnd expected,
    Instant now) {

  /** One section, as {@link SectionProgress} has it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Section(
      String section,
      String title,
      String gate,
      SectionSwitch.Stopped stopped,
      Progress.Counts progress,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ElementLine> elements,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SectionAction> actions,
      List<Row> tasks) {}

  /**
   * One task; the others are null unless it stands for several instances.
   *
   * @param task of several instances that of the most pressing one, without its reason
   * @param instances how many there are
   * @param outcomes how many have each; {@code LATER} are those that only wait for other tasks
   * @param overdue how many wait longer than they should
   * @param waits on whom they wait
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      @JsonUnwrapped TaskProgress task,
      Integer instances,
      Map<String, Integer> outcomes,
      Integer overdue,
      List<GetPortfolio.Waiting> waits) {}

  static ProgressSummary of(Progress progress) {
    Map<String, List<OpenWorkView>> asked =
        progress.each().stream()
            .filter(work -> work.about() == null && work.party() != Party.MACHINE)
            .collect(Collectors.groupingBy(work -> TaskKey.parse(work.task()).task()));
    List<Section> sections =
        progress.sections().stream().map(section -> section(asked, section)).toList();
    Set<String> several =
        sections.stream()
            .flatMap(section -> section.tasks().stream())
            .filter(row -> row.instances() != null)
            .map(row -> row.task().task())
            .collect(Collectors.toSet());
    return new ProgressSummary(
        progress.onboarding(),
        progress.progress(),
        sections,
        progress.openWork().stream()
            .filter(
                work ->
                    work.about() != null || !several.contains(TaskKey.parse(work.task()).task()))
            .toList(),
        progress.expected(),
        progress.now());
  }

  private static Section section(Map<String, List<OpenWorkView>> asked, SectionProgress section) {
    Map<String, List<TaskProgress>> rows =
        section.tasks().stream()
            .collect(
                Collectors.groupingBy(TaskProgress::task, LinkedHashMap::new, Collectors.toList()));
    return new Section(
        section.section(),
        section.title(),
        section.gate(),
        section.stopped(),
        section.progress(),
        section.elements(),
        section.actions(),
        rows.values().stream().map(lines -> row(asked, lines)).toList());
  }

  private static Row row(Map<String, List<OpenWorkView>> asked, List<TaskProgress> lines) {
    if (lines.size() == 1) {
      return new Row(lines.getFirst(), null, null, null, null);
    }
    TaskProgress pressing =
        lines.stream().min(Report.RowLine.pressing(TaskProgress::outcome)).orElseThrow();
    TaskProgress all =
        new TaskProgress(
            pressing.task(),
            "",
            pressing.row(),
            pressing.title(),
            pressing.requirement(),
            pressing.outcome(),
            null,
            List.of(),
            lines.stream().mapToInt(TaskProgress::attempts).sum(),
            null,
            lines.stream().anyMatch(TaskProgress::beingPerformed),
            lines.stream().anyMatch(TaskProgress::askedAgain),
            List.of());
    Map<String, Integer> outcomes = new LinkedHashMap<>();
    lines.forEach(line -> outcomes.merge(line.state(), 1, Integer::sum));
    List<OpenWorkView> people = asked.getOrDefault(pressing.task(), List.of());
    return new Row(
        all,
        lines.size(),
        outcomes,
        (int) people.stream().filter(OpenWorkView::overdue).count(),
        GetPortfolio.Waiting.of(people));
  }
}

package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Delegation;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.ElementLine;
import dev.slipway.report.OpenWaiver;
import dev.slipway.report.PromotionLine;
import dev.slipway.report.Wait;
import dev.slipway.report.Waits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The progress of an onboarding.
 *
 * @param promotions the rows that are tried in one environment before the other, side by side
 * @param openWork who is waited for and why, those with the earliest due date first
 * @param now the onboarding's time, by which dues are read: a browser's clock may be wrong
 */
record Progress(
    OnboardingView onboarding,
    Counts progress,
    List<SectionProgress> sections,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PromotionLine> promotions,
    List<OpenWork> openWork,
    Instant now) {

  /**
   * How far the rows are: tasks, and the elements that are rows.
   *
   * @param total those that are built; of optional elements those that were given
   * @param settled those with a final outcome
   * @param open those that wait or failed, or are to be looked at again
   * @param pending those not reached or not given yet
   * @param planned those not built yet, which do not count
   */
  record Counts(int total, int settled, int open, int pending, int planned) {
    static Counts of(List<TaskProgress> tasks, List<ElementRow> elements) {
      List<ElementRow> rows = elements.stream().filter(ElementRow::counts).toList();
      int missing = count(rows, row -> row.state() == ElementRow.State.MISSING);
      int settled = count(rows, row -> row.state().isFinal());
      int planned = count(tasks, task -> task.outcome().equals("PLANNED"));
      int open =
          count(
              tasks,
              task -> List.of("WAITING", "FAILED").contains(task.outcome()) || task.askedAgain());
      int pending = count(tasks, task -> task.outcome().equals("PENDING"));
      int total = tasks.size() - planned;
      return new Counts(
          total + rows.size(),
          total - open - pending + settled,
          open + rows.size() - missing - settled,
          pending + missing,
          planned);
    }

    private static <T> int count(List<T> lines, Predicate<T> which) {
      return (int) lines.stream().filter(which).count();
    }
  }

  /**
   * One section.
   *
   * @param gate the outcome of its gate, which waits for the section's elements
   * @param stopped who stopped it; null: nobody
   * @param elements those that are rows of the guide
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SectionProgress(
      String section,
      String title,
      String gate,
      SectionSwitch.Stopped stopped,
      Counts progress,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ElementLine> elements,
      List<TaskProgress> tasks) {}

  /**
   * One task.
   *
   * @param askedAgain whether it was asked to be looked at again: the outcome is the one before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TaskProgress(
      String task,
      String instance,
      String row,
      String title,
      Requirement requirement,
      String outcome,
      String why,
      List<String> waitsFor,
      int attempts,
      Instant since,
      boolean beingPerformed,
      boolean askedAgain) {}

  /**
   * A task or waiver that waits for a party.
   *
   * @param task the task or gate; with its instance, unless several are asked the same
   * @param instances those of the task that are asked the same; empty of a task without instances
   * @param row the row of the guide; null of a gate
   * @param step the step asked for; null when it is not about a step
   * @param stepTitle of the step
   * @param mode how the step is seen to be done
   * @param party who is waited for; {@code MACHINE}: nobody has to do anything
   * @param since from when on
   * @param due when it should be done; null without a date
   * @param overdue whether that time is past
   * @param until when a machine looks again by itself; null: when asked to
   * @param underWay whether it is being looked at, or about to be: what is asked may be answered
   * @param delegatedTo the name of the colleague whom it was handed to; null: nobody
   * @param problem what is wrong; null on a first ask
   * @param about {@code WAIVER}: a waiver of the task waits for its second person; null: it is the
   *     task itself that waits
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OpenWork(
      String task,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> instances,
      String row,
      String title,
      String section,
      Requirement requirement,
      String documentation,
      String step,
      String stepTitle,
      Mode mode,
      Party party,
      String outcome,
      Instant since,
      Instant due,
      boolean overdue,
      Instant until,
      String instructions,
      String check,
      List<String> waitsFor,
      Problem problem,
      boolean underWay,
      String delegatedTo,
      String about) {

    /** Whether a task, or an instance of it, is asked for by this, alone or with others. */
    boolean isOf(TaskKey key) {
      return task.equals(key.toString())
          || (task.equals(key.task()) && instances.contains(key.instance()));
    }

    /** The same at another time for other instances: equal requests are one piece of work. */
    private OpenWork of(
        String asked, List<String> those, Instant began, Instant nextDue, boolean late) {
      return new OpenWork(
          asked,
          those,
          row,
          title,
          section,
          requirement,
          documentation,
          step,
          stepTitle,
          mode,
          party,
          outcome,
          began,
          nextDue,
          late,
          until,
          instructions,
          check,
          waitsFor,
          problem,
          underWay,
          delegatedTo,
          about);
    }

    private OpenWork alike() {
      return of(TaskKey.parse(task).task(), List.of(), null, null, false);
    }

    /**
     * One entry for several instances that are asked the same: since the first time, due at the
     * next.
     */
    private static OpenWork together(List<OpenWork> alike) {
      OpenWork first = alike.getFirst();
      if (alike.size() == 1) {
        return first;
      }
      return first.of(
          TaskKey.parse(first.task()).task(),
          alike.stream().flatMap(each -> each.instances().stream()).toList(),
          earliest(alike, OpenWork::since),
          earliest(alike, OpenWork::due),
          alike.stream().anyMatch(OpenWork::overdue));
    }

    private static Instant earliest(List<OpenWork> alike, Function<OpenWork, Instant> time) {
      return alike.stream()
          .map(time)
          .filter(Objects::nonNull)
          .min(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /** The progress of an onboarding as it is now. */
  static Progress of(ApiCall call, Onboarding onboarding) {
    ProgressData standing = call.context().onboardings().standing(onboarding.id());
    return of(
        onboarding,
        call.checklist(onboarding, standing.rows()),
        standing,
        call.context().elements(),
        call.now());
  }

  static Progress of(
      Onboarding onboarding,
      Checklist checklist,
      ProgressData standing,
      Elements elements,
      Instant now) {
    return new Reading(onboarding, checklist, standing, elements, now).progress();
  }

  /** The ledger's items, read at one time. */
  private static final class Reading {
    private final Onboarding onboarding;
    private final Checklist checklist;
    private final Instances instances;
    private final Instant now;
    private final Map<TaskKey, TaskRecord> records;
    private final Map<TaskKey, List<Attempt>> attempts;
    private final List<Delegation> delegations;
    private final List<Decision> decisions;
    private final List<OpenWaiver> waivers;
    private final ElementRows rows;
    private final List<ElementLine> elementLines;
    private final Waits waits;

    Reading(
        Onboarding onboarding,
        Checklist checklist,
        ProgressData standing,
        Elements elements,
        Instant now) {
      this.onboarding = onboarding;
      this.checklist = checklist;
      this.instances = new Instances(checklist, standing.intake().values());
      this.now = now;
      this.records =
          standing.tasks().stream().collect(Collectors.toMap(TaskRecord::key, Function.identity()));
      this.attempts = standing.attempts().stream().collect(Collectors.groupingBy(Attempt::key));
      this.delegations = standing.delegations();
      this.decisions = standing.intake().decisions();
      this.waivers =
          decisions.stream()
              .filter(Decision::isOpen)
              .filter(decision -> !record(decision.key()).isSettledFinally())
              .flatMap(
                  decision ->
                      checklist
                          .row(decision.key().task())
                          .map(
                              task ->
                                  OpenWaiver.of(
                                      elements, onboarding.id(), checklist, task, decision))
                          .stream())
              .toList();
      this.rows = new ElementRows(checklist, standing.intake());
      this.elementLines = rows.lines().map(row -> ElementLine.of(row).brief()).toList();
      this.waits = new Waits(checklist, now);
    }

    Progress progress() {
      List<SectionProgress> sections = checklist.sections().stream().map(this::section).toList();
      return new Progress(
          OnboardingView.of(onboarding),
          Counts.of(
              sections.stream().flatMap(section -> section.tasks().stream()).toList(),
              rows.all().toList()),
          sections,
          PromotionLine.of(instances, records),
          openWork(),
          now);
    }

    private SectionProgress section(Checklist.Section section) {
      List<TaskProgress> tasks =
          section.tasks().stream()
              .flatMap(task -> lines(task).map(line -> task(task, line)))
              .toList();
      TaskRecord gate = record(new TaskKey(section.gate(), ""));
      return new SectionProgress(
          section.id(),
          section.title(),
          gate.state(),
          SectionSwitch.Stopped.of(
                  decisions.stream()
                      .filter(made -> made.key().task().equals(section.resume()))
                      .findFirst())
              .orElse(null),
          Counts.of(tasks, rows.of(section).toList()),
          elementLines.stream().filter(row -> row.section().equals(section.id())).toList(),
          tasks);
    }

    private Stream<InstanceLine> lines(Task task) {
      return InstanceLine.of(instances, task, records.keySet()).stream();
    }

    private TaskProgress task(Task task, InstanceLine line) {
      TaskRecord record = record(line.key());
      Outcome outcome = line.outcome(record);
      String why =
          switch (outcome) {
            case null -> line.why() == null ? decided(record.key()) : line.why();
            case Outcome.Done done -> null;
            case Outcome.NotApplicable not -> not.rule();
            case Outcome.Skipped skipped -> skipped.reason();
            case Outcome.Waived waived -> waived.reason();
            default -> waits.why(task.id(), outcome);
          };
      return new TaskProgress(
          task.id(),
          record.key().instance(),
          task.row(),
          task.title(),
          task.requirement(),
          task.planned() ? "PLANNED" : outcome == null ? "PENDING" : outcome.state(),
          why,
          outcome instanceof Outcome.Waiting waiting ? waiting.dependsOn() : List.of(),
          (int)
              attempts.getOrDefault(record.key(), List.of()).stream()
                  .filter(Attempt::isTry)
                  .count(),
          outcome == null ? record.firstReachedAt() : record.outcomeAt(),
          record.claim() != null && record.claim().isLeased(now),
          outcome != null && record.requestedGeneration() > record.handledGeneration());
    }

    /** A decision counts before the task is reached; null: none. */
    private String decided(TaskKey key) {
      return decisions.stream()
          .filter(made -> made.key().equals(key) && made.isToDoWithout() && made.counts())
          .findFirst()
          .map(
              made ->
                  "%s by %s%s (%s); it is final once the section runs"
                      .formatted(
                          made.kind() == Decision.Kind.SKIP ? "skipped" : "waived",
                          made.by(),
                          made.secondBy() == null ? "" : " and " + made.secondBy(),
                          made.reason()))
          .orElse(null);
    }

    private TaskRecord record(TaskKey key) {
      return records.getOrDefault(key, TaskRecord.untouched(key));
    }

    /** In the checklist's order first, so that what is due at one time stays in that order. */
    private List<OpenWork> openWork() {
      List<OpenWork> open = new ArrayList<>();
      for (Checklist.Section section : checklist.sections()) {
        Stream.of(
                Stream.of(section.gate(), section.resume()).map(id -> new TaskKey(id, "")),
                resumesOfIterations(section),
                section.tasks().stream()
                    .filter(task -> !task.planned())
                    .flatMap(this::lines)
                    .map(InstanceLine::key))
            .flatMap(keys -> keys)
            .map(this::record)
            .filter(record -> record.outcome() != null)
            .forEach(
                record ->
                    record
                        .outcome()
                        .openWork()
                        .forEach(work -> open.add(open(section, record, work))));
      }
      waivers.stream().map(this::open).forEach(open::add);
      return open.stream()
          .collect(Collectors.groupingBy(OpenWork::alike, LinkedHashMap::new, Collectors.toList()))
          .values()
          .stream()
          .map(OpenWork::together)
          .sorted(
              Comparator.comparing(OpenWork::due, Comparator.nullsLast(Comparator.naturalOrder())))
          .toList();
    }

    /** Each iteration over a section's instances that failed waits by itself to be resumed. */
    private Stream<TaskKey> resumesOfIterations(Checklist.Section section) {
      return records.keySet().stream()
          .filter(key -> key.task().equals(section.resume()) && !key.instance().isEmpty());
    }

    private static List<String> instances(TaskKey key) {
      return key.instance().isEmpty() ? List.of() : List.of(key.instance());
    }

    private OpenWork open(Checklist.Section section, TaskRecord record, Outcome work) {
      Task task = checklist.task(record.key().task()).orElse(null);
      String title = task == null ? section.title() : task.title();
      List<Wait> waited = waits.of(record, attempts.getOrDefault(record.key(), List.of()));
      Instant since =
          waited.isEmpty() || record.outcome().isFinal()
              ? record.outcomeAt()
              : waited.getLast().from();
      return switch (work) {
        case Outcome.Waiting waiting ->
            asked(
                record.key(),
                task,
                title,
                section.id(),
                waiting.step(),
                waiting.party(),
                work.state(),
                since,
                waiting.due(),
                waiting.until(),
                waiting.instructions(),
                waiting.check(),
                waiting.dependsOn(),
                waiting.problem(),
                underWay(record),
                delegatedTo(record, waiting.step() == null ? "" : waiting.step()),
                null);
        case Outcome.Failed failed ->
            asked(
                record.key(),
                task,
                title,
                section.id(),
                null,
                waits.party(failed),
                work.state(),
                since,
                failed.due(),
                failed.retryAt(),
                failed.problem().nextStep(),
                null,
                List.of(),
                failed.problem(),
                underWay(record),
                delegatedTo(record, ""),
                null);
        default -> throw new IllegalArgumentException("nothing is open of what is " + work.state());
      };
    }

    /** A waiver that waits for the second person. */
    private OpenWork open(OpenWaiver waiver) {
      Outcome.Waiting waiting = waiver.waiting();
      return asked(
          waiver.asked().key(),
          waiver.task(),
          waiver.title(),
          waiver.task().section(),
          null,
          waiting.party(),
          waiting.state(),
          waiver.asked().at(),
          waiting.due(),
          null,
          waiting.instructions(),
          waiting.check(),
          List.of(),
          null,
          false,
          null,
          "WAIVER");
    }

    /**
     * @param task null of a section's own gate
     */
    private OpenWork asked(
        TaskKey key,
        Task task,
        String title,
        String section,
        String stepId,
        Party party,
        String outcome,
        Instant since,
        Instant due,
        Instant until,
        String instructions,
        String check,
        List<String> waitsFor,
        Problem problem,
        boolean underWay,
        String delegatedTo,
        String about) {
      Optional<Step> step =
          task == null
              ? Optional.empty()
              : task.steps().stream().filter(each -> each.id().equals(stepId)).findFirst();
      return new OpenWork(
          key.toString(),
          instances(key),
          task == null ? null : task.row(),
          title,
          section,
          task == null ? null : task.requirement(),
          task == null ? null : task.documentation(),
          stepId,
          step.map(Step::title).orElse(null),
          step.map(Step::mode).orElse(null),
          party,
          outcome,
          since,
          due,
          due != null && due.isBefore(now),
          until,
          instructions,
          check,
          waitsFor,
          problem,
          underWay,
          delegatedTo,
          about);
    }

    private String delegatedTo(TaskRecord record, String step) {
      return delegations.stream()
          .filter(each -> each.key().equals(record.key()) && each.step().equals(step))
          .findFirst()
          .map(Delegation::name)
          .orElse(null);
    }

    private boolean underWay(TaskRecord record) {
      return record.requestedGeneration() > record.handledGeneration()
          || (record.claim() != null && record.claim().isLeased(now));
    }
  }
}

package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Blocked;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Delegation;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.report.ElementLine;
import dev.slipway.report.ExpectedEnd;
import dev.slipway.report.OpenWaiver;
import dev.slipway.report.PromotionLine;
import dev.slipway.report.Waits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param each the same for each task and instance by itself, in the checklist's order
 * @param expected when its last row can be final; null: nothing is open, or nobody asked
 * @param now the onboarding's time, by which dues are read: a browser's clock may be wrong
 */
record Progress(
    OnboardingView onboarding,
    Counts progress,
    List<SectionProgress> sections,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PromotionLine> promotions,
    List<OpenWorkView> openWork,
    @JsonIgnore List<OpenWorkView> each,
    @JsonInclude(JsonInclude.Include.NON_NULL) ExpectedEnd expected,
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
   * @param actions what the caller may ask for now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SectionProgress(
      String section,
      String title,
      String gate,
      SectionSwitch.Stopped stopped,
      Counts progress,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ElementLine> elements,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SectionAction> actions,
      List<TaskProgress> tasks) {}

  /**
   * One task.
   *
   * @param askedAgain whether it was asked to be looked at again: the outcome is the one before
   * @param actions what the caller may ask for now, whatever it waits for
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
      boolean askedAgain,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskAction> actions) {
    TaskKey key() {
      return new TaskKey(task, instance);
    }

    /** Whether a name is the task's, or the one of this instance. */
    boolean isOf(String name) {
      return name.equals(task) || name.equals(key().toString());
    }

    /** The outcome; {@code LATER} of one that only waits for other tasks. */
    String state() {
      return outcome.equals("WAITING") && !waitsFor.isEmpty() ? "LATER" : outcome;
    }
  }

  /** The progress of an onboarding as it is now, with its expected end. */
  static Progress withExpectedEnd(ApiCall call, Onboarding onboarding) {
    Reading reading = reading(call, onboarding);
    return reading.progress(reading.expected());
  }

  /** The progress of an onboarding as it is now. */
  static Progress of(ApiCall call, Onboarding onboarding) {
    return reading(call, onboarding).progress(null);
  }

  static Progress of(
      ApiCall call, Onboarding onboarding, Checklist checklist, ProgressData standing) {
    return new Reading(call.caller(), onboarding, checklist, standing, call.now()).progress(null);
  }

  private static Reading reading(ApiCall call, Onboarding onboarding) {
    ProgressData standing = call.context().onboardings().standing(onboarding.id());
    return new Reading(
        call.caller(),
        onboarding,
        call.checklist(onboarding, standing.rows()),
        standing,
        call.now());
  }

  /** What the caller may ask of a task, or of an instance of it, whatever it waits for. */
  List<TaskAction> actions(TaskKey key) {
    return sections.stream()
        .flatMap(section -> section.tasks().stream())
        .filter(line -> line.key().equals(key))
        .findFirst()
        .map(TaskProgress::actions)
        .orElse(List.of());
  }

  /** The ledger's items, read at one time. */
  private static final class Reading {
    private final Caller caller;
    private final Onboarding onboarding;
    private final boolean isOpen;
    private final Checklist checklist;
    private final ProgressData standing;
    private final Instances instances;
    private final Instant now;
    private final Map<TaskKey, TaskRecord> records;
    private final Map<String, List<InstanceLine>> lines = new HashMap<>();
    private final List<Decision> decisions;
    private final List<OpenWaiver> waivers;
    private final ElementRows rows;
    private final List<ElementLine> elementLines;
    private final Waits waits;

    Reading(
        Caller caller,
        Onboarding onboarding,
        Checklist checklist,
        ProgressData standing,
        Instant now) {
      this.caller = caller;
      this.onboarding = onboarding;
      this.isOpen = TaskRules.isPermitted(() -> ApiCall.requireOpen(onboarding));
      this.checklist = checklist;
      this.standing = standing;
      this.instances = new Instances(checklist, standing.intake().values());
      this.now = now;
      this.records =
          standing.tasks().stream().collect(Collectors.toMap(TaskRecord::key, Function.identity()));
      this.decisions = standing.intake().decisions();
      this.waivers =
          decisions.stream()
              .filter(Decision::isOpen)
              .filter(decision -> !record(decision.key()).isSettledFinally())
              .flatMap(
                  decision ->
                      checklist
                          .row(decision.key().task())
                          .map(task -> OpenWaiver.of(() -> instances, task, decision))
                          .stream())
              .toList();
      this.rows = new ElementRows(instances, standing.intake());
      this.elementLines = rows.lines().map(row -> ElementLine.of(row).brief()).toList();
      this.waits = new Waits(checklist, now);
    }

    /** When its last row can be final; null: nothing is open. */
    ExpectedEnd expected() {
      return ExpectedEnd.of(onboarding, instances, rows, standing, now).orElse(null);
    }

    Progress progress(ExpectedEnd expected) {
      List<SectionProgress> sections = checklist.sections().stream().map(this::section).toList();
      List<OpenWorkView> each = openWork();
      return new Progress(
          OnboardingView.of(onboarding),
          Counts.of(
              sections.stream().flatMap(section -> section.tasks().stream()).toList(),
              rows.all().toList()),
          sections,
          PromotionLine.of(instances, records),
          together(each),
          each,
          expected,
          now);
    }

    private SectionProgress section(Checklist.Section section) {
      List<TaskProgress> tasks =
          section.tasks().stream()
              .flatMap(task -> lines(task).stream().map(line -> task(task, line)))
              .toList();
      TaskRecord gate = record(new TaskKey(section.gate(), ""));
      Optional<Decision> made = decision(SectionRules.resume(section));
      return new SectionProgress(
          section.id(),
          section.title(),
          gate.state(),
          SectionSwitch.Stopped.of(made).orElse(null),
          Counts.of(tasks, rows.of(section).toList()),
          elementLines.stream().filter(row -> row.section().equals(section.id())).toList(),
          new SectionRules(onboarding, section, made, records, this::lines)
              .permitted(caller)
              .toList(),
          tasks);
    }

    private List<InstanceLine> lines(Task task) {
      return lines.computeIfAbsent(
          task.id(), id -> InstanceLine.of(instances, task, records.keySet()));
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
          record.tries(),
          outcome == null ? record.firstReachedAt() : record.outcomeAt(),
          record.claim() != null && record.claim().isLeased(now),
          outcome != null && record.requestedGeneration() > record.handledGeneration(),
          isToBeDone(task, line)
              ? rules(task, record).permitted(TaskAction.RETRY, TaskAction.SKIP, TaskAction.WAIVE)
              : List.of());
    }

    /** Of an instance that is no longer part, only what is open may be asked for. */
    private boolean isToBeDone(Task task, InstanceLine line) {
      return isOpen
          && !task.planned()
          && !line.isOfNoInstance()
          && (line.kind() == InstanceLine.Kind.PART || record(line.key()).isOpen());
    }

    private TaskRules rules(Task task, TaskRecord seen) {
      return new TaskRules(
          caller, task, seen, decision(seen.key()), Optional.empty(), List::of, () -> instances);
    }

    private Optional<Decision> decision(TaskKey key) {
      return decisions.stream().filter(made -> made.key().equals(key)).findFirst();
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
    private List<OpenWorkView> openWork() {
      List<OpenWorkView> open = new ArrayList<>();
      for (Checklist.Section section : checklist.sections()) {
        Stream.of(
                Stream.of(section.gate(), section.resume()).map(id -> new TaskKey(id, "")),
                resumesOfIterations(section),
                section.tasks().stream()
                    .filter(task -> !task.planned())
                    .flatMap(task -> lines(task).stream())
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
      return open;
    }

    private static List<OpenWorkView> together(List<OpenWorkView> each) {
      return each.stream()
          .collect(
              Collectors.groupingBy(OpenWorkView::alike, LinkedHashMap::new, Collectors.toList()))
          .values()
          .stream()
          .map(OpenWorkView::together)
          .sorted(
              Comparator.comparing(
                  OpenWorkView::due, Comparator.nullsLast(Comparator.naturalOrder())))
          .toList();
    }

    /** Each iteration over a section's instances that failed waits by itself to be resumed. */
    private Stream<TaskKey> resumesOfIterations(Checklist.Section section) {
      return records.keySet().stream()
          .filter(key -> key.task().equals(section.resume()) && !key.instance().isEmpty());
    }

    private OpenWorkView open(Checklist.Section section, TaskRecord record, Outcome work) {
      Task task = checklist.task(record.key().task()).orElse(null);
      Outcome.Waiting asked = asked(work);
      return OpenWorkView.of(
          record.key(),
          task,
          task == null ? section.title() : task.title(),
          section.id(),
          work.state(),
          record.since(),
          asked,
          underWay(record),
          delegatedTo(record, asked.step() == null ? "" : asked.step()),
          blocked(record.key(), asked.step() == null ? "" : asked.step()),
          actions(section, task, record, asked),
          null,
          now);
    }

    private List<TaskAction> actions(
        Checklist.Section section, Task task, TaskRecord record, Outcome.Waiting asked) {
      if (!isOpen) {
        return List.of();
      }
      if (task != null) {
        return rules(task, record)
            .permitted(
                TaskAction.COMPLETE,
                TaskAction.RETRY,
                TaskAction.DELEGATE,
                TaskAction.SKIP,
                TaskAction.WAIVE);
      }
      boolean isResume = record.key().task().equals(section.resume());
      TaskRules rules = rules(TaskTarget.gate(section, rows), record);
      List<TaskAction> actions = new ArrayList<>();
      if (!isResume && asked.step() != null && !underWay(record) && rules.takes(asked.step())) {
        actions.add(TaskAction.COMPLETE);
      }
      if (TaskRules.isPermitted(() -> rules.permitRetry(isResume))) {
        actions.add(TaskAction.RETRY);
      }
      return actions;
    }

    /** A failure asks its party to mend it. */
    private Outcome.Waiting asked(Outcome work) {
      return switch (work) {
        case Outcome.Waiting waiting -> waiting;
        case Outcome.Failed failed ->
            new Outcome.Waiting(
                waits.party(failed),
                null,
                List.of(),
                failed.problem().nextStep(),
                null,
                failed.due(),
                failed.retryAt(),
                failed.problem(),
                List.of());
        default -> throw new IllegalArgumentException("nothing is open of what is " + work.state());
      };
    }

    /** A waiver that waits for the second person. */
    private OpenWorkView open(OpenWaiver waiver) {
      Outcome.Waiting waiting = waiver.waiting();
      return OpenWorkView.of(
          waiver.asked().key(),
          waiver.task(),
          waiver.title(),
          waiver.task().section(),
          waiting.state(),
          waiver.asked().at(),
          waiting,
          false,
          null,
          null,
          isOpen ? waiverRules(waiver).permitted(TaskAction.APPROVE, TaskAction.REFUSE) : List.of(),
          "WAIVER",
          now);
    }

    private TaskRules waiverRules(OpenWaiver waiver) {
      TaskKey key = waiver.asked().key();
      return new TaskRules(
          caller,
          waiver.task(),
          record(key),
          Optional.of(waiver.asked()),
          checklist.task(key.task()).isPresent() ? Optional.empty() : rows.of(key),
          List::of,
          () -> instances);
    }

    private String delegatedTo(TaskRecord record, String step) {
      return standing.delegations().stream()
          .filter(each -> each.key().equals(record.key()) && each.step().equals(step))
          .findFirst()
          .map(Delegation::name)
          .orElse(null);
    }

    /** Of several people the one who has been blocked for the longest; null: nobody is. */
    private OpenWorkView.BlockedView blocked(TaskKey key, String step) {
      return standing.blocked().stream()
          .filter(each -> each.isOf(key, step))
          .min(Comparator.comparing(Blocked::at))
          .map(OpenWorkView.BlockedView::of)
          .orElse(null);
    }

    private boolean underWay(TaskRecord record) {
      return record.requestedGeneration() > record.handledGeneration()
          || (record.claim() != null && record.claim().isLeased(now));
    }
  }
}

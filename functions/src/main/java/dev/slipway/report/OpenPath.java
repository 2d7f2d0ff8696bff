package dev.slipway.report;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.plan.Effect;
import dev.slipway.plan.Plan;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The work of an onboarding that is still open, as pieces that come after each other: the sections'
 * gates, then the tasks by the dependencies that the plan shows, each with its people's steps.
 */
final class OpenPath {
  private static final Set<Onboarding.State> NOT_UNDER_WAY =
      EnumSet.of(Onboarding.State.INTAKE, Onboarding.State.STOPPING, Onboarding.State.STOPPED);

  private final Onboarding onboarding;
  private final Checklist checklist;
  private final Planner planner;
  private final Instances instances;
  private final ElementRows rows;
  private final Waits waits;
  private final Instant now;
  private final Map<TaskKey, TaskRecord> records;
  private final long blocked;
  private final List<LongestPath.Piece> pieces = new ArrayList<>();
  private int overdue;

  OpenPath(
      Onboarding onboarding,
      Instances instances,
      ElementRows rows,
      ProgressData standing,
      Instant now) {
    this.onboarding = onboarding;
    this.checklist = instances.checklist();
    this.planner = new Planner(instances, PlanInput.of(standing.intake()));
    this.instances = instances;
    this.rows = rows;
    this.waits = new Waits(checklist, now);
    this.now = now;
    this.records =
        standing.tasks().stream().collect(Collectors.toMap(TaskRecord::key, Function.identity()));
    this.blocked =
        standing.blocked().stream().filter(each -> !record(each.key()).isSettledFinally()).count();
  }

  /** Empty if no row is open. */
  Optional<ExpectedEnd> expected() {
    List<Plan.Entry> planned = planner.entries();
    List<Plan.Entry> open = planned.stream().filter(this::isOpen).toList();
    checklist.sections().forEach(this::gate);
    open.forEach(this::task);
    return pieces.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ExpectedEnd.of(new LongestPath(pieces, now), new RestsOn(planned, open).sentences()));
  }

  private boolean isOpen(Plan.Entry entry) {
    return (entry.effect() == Effect.RUN || entry.effect() == Effect.UNDECIDED)
        && !record(entry.key()).isSettledFinally();
  }

  private TaskRecord record(TaskKey key) {
    return records.getOrDefault(key, TaskRecord.untouched(key));
  }

  /** What a section needs before it starts is asked of all parties at once. */
  private void gate(Checklist.Section section) {
    TaskKey key = new TaskKey(section.gate(), "");
    TaskRecord gate = record(key);
    if (gate.isSettledFinally()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    if (gate.outcome() == null) {
      unasked(section)
          .forEach(
              party ->
                  parts.add(
                      add(
                          key + "#" + party,
                          List.of(),
                          new LongestPath.About(key.toString(), null, section.title(), null, party),
                          Element.timeGiven(),
                          null)));
    } else {
      asked(gate)
          .forEach(
              ask ->
                  parts.add(
                      asked(
                          key + "#" + parts.size(),
                          List.of(),
                          new LongestPath.About(
                              key.toString(), null, section.title(), null, waits.party(ask)),
                          ask)));
    }
    if (!parts.isEmpty()) {
      pieces.add(LongestPath.Piece.join(key.toString(), parts));
    }
  }

  private Stream<Party> unasked(Checklist.Section section) {
    return Stream.concat(
            planner.missing(section).stream().map(Element::party),
            rows.of(section)
                .filter(row -> row.isOpen() && row.state() == ElementRow.State.INVALID)
                .map(ElementRow::party))
        .distinct();
  }

  /** Nothing is asked any more of what is being looked at: it was answered. */
  private static List<Outcome> asked(TaskRecord record) {
    return record.requestedGeneration() > record.handledGeneration()
        ? List.of()
        : record.outcome().openWork();
  }

  private void task(Plan.Entry entry) {
    TaskKey key = entry.key();
    Task task = checklist.task(key.task()).orElseThrow();
    TaskRecord record = record(key);
    List<String> last =
        Stream.concat(
                gates(task, entry), instances.dependencies(key).stream().map(TaskKey::toString))
            .toList();
    boolean reached = record.outcome() != null && !record.outcome().isFinal();
    if (reached) {
      for (Outcome ask : asked(record)) {
        last = List.of(asked(key + "#asked", last, about(task, key, ask), ask));
      }
    } else if (record.outcome() == null) {
      for (Party party : parties(entry)) {
        last =
            List.of(
                add(
                    key + "#" + party,
                    last,
                    new LongestPath.About(key.toString(), task.row(), task.title(), null, party),
                    Step.usualTime(),
                    null));
      }
    }
    for (Step step : ahead(task, key, record)) {
      last = List.of(step(task, key, step, last));
    }
    pieces.add(LongestPath.Piece.join(key.toString(), last));
  }

  /** Its section's gate, and those of the sections that ask for what it reads. */
  private Stream<String> gates(Task task, Plan.Entry entry) {
    return Stream.concat(
            Stream.of(task.section()), entry.missing().stream().map(Plan.Missing::section))
        .distinct()
        .map(section -> checklist.section(section).orElseThrow().gate());
  }

  /**
   * Those that give what is asked for as the task is reached, once each: no gate waits for what is
   * given for each of several instances.
   */
  private static List<Party> parties(Plan.Entry entry) {
    return entry.missing().stream()
        .filter(missing -> missing.field().contains("@"))
        .map(Plan.Missing::party)
        .distinct()
        .toList();
  }

  /**
   * The steps that nobody was asked for yet. What was final and is looked at again asks nobody for
   * anything, as far as one can know.
   */
  private List<Step> ahead(Task task, TaskKey key, TaskRecord record) {
    if (record.outcome() != null && record.outcome().isFinal()) {
      return List.of();
    }
    List<Step> all = task.steps();
    List<Step> left =
        record.outcome() == null
            ? all
            : all.subList(stepsAsked(task, record.outcome()), all.size());
    return instances.steps(key).stream().filter(left::contains).toList();
  }

  /** How many of the steps, from the first one on, were asked for: the last one now, or stated. */
  private static int stepsAsked(Task task, Outcome open) {
    List<String> ids = task.steps().stream().map(Step::id).toList();
    return Stream.concat(
                open.openWork().stream().map(work -> index(task, work)),
                open.evidence().stream()
                    .flatMap(proof -> proof.statedStep().stream())
                    .map(ids::indexOf))
            .max(Integer::compare)
            .orElse(-1)
        + 1;
  }

  private static int index(Task task, Outcome work) {
    return work instanceof Outcome.Waiting waiting && waiting.step() != null
        ? task.steps().stream().map(Step::id).toList().indexOf(waiting.step())
        : -1;
  }

  /** A person's step takes the time that it is given; a machine's own work takes none. */
  private String step(Task task, TaskKey key, Step step, List<String> before) {
    String id = key + "#" + step.id();
    List<String> after =
        Stream.concat(
                before.stream(), instances.dependencies(key, step).stream().map(TaskKey::toString))
            .toList();
    Optional<Instant> notBefore = instances.notBefore(key, step);
    if (notBefore.isPresent()) {
      after =
          List.of(
              add(
                  id + "#time",
                  after,
                  about(task, key, step.title(), Party.MACHINE),
                  Duration.ZERO,
                  notBefore.get()));
    }
    boolean isPersons = instances.isByPerson(key, step);
    return add(
        id,
        after,
        about(task, key, step.title(), isPersons ? step.party() : Party.MACHINE),
        isPersons ? step.timeGiven() : Duration.ZERO,
        null);
  }

  /** An ask that stands: until it is due, or until a machine looks again by itself. */
  private String asked(String id, List<String> after, LongestPath.About about, Outcome ask) {
    boolean machine = about.party() == Party.MACHINE;
    Instant due = machine ? ask.looksAgainAt() : ask.due();
    overdue += !machine && due != null && due.isBefore(now) ? 1 : 0;
    return add(id, after, about, machine ? Duration.ZERO : Step.usualTime(), due);
  }

  private String add(
      String id, List<String> after, LongestPath.About about, Duration takes, Instant due) {
    pieces.add(new LongestPath.Piece(id, after, about, takes, due));
    return id;
  }

  private LongestPath.About about(Task task, TaskKey key, Outcome ask) {
    int step = index(task, ask);
    return about(task, key, step < 0 ? null : task.steps().get(step).title(), waits.party(ask));
  }

  private static LongestPath.About about(Task task, TaskKey key, String step, Party party) {
    return new LongestPath.About(key.toString(), task.row(), task.title(), step, party);
  }

  /** What the end rests on. */
  private final class RestsOn {
    private final List<Plan.Entry> planned;
    private final List<Plan.Entry> open;

    RestsOn(List<Plan.Entry> planned, List<Plan.Entry> open) {
      this.planned = planned;
      this.open = open;
    }

    List<String> sentences() {
      long unbuilt = planned.stream().filter(each -> each.effect() == Effect.PLANNED).count();
      long undecided = open.stream().filter(each -> each.effect() == Effect.UNDECIDED).count();
      return Stream.of(
              Stream.of(
                  "If everybody answers within the time asked for; nobody has promised it.",
                  "A machine's own work counts as no time, unless it waits for a certain time."),
              told(
                  overdue > 0,
                  "%s overdue: counted as if answered today.".formatted(are(overdue, "answer"))),
              told(
                  blocked > 0,
                  "%s blocked: counted as if they were not."
                      .formatted(blocked == 1 ? "1 person is" : blocked + " people are")),
              told(
                  NOT_UNDER_WAY.contains(onboarding.state()),
                  "It is not under way: counted as if it were started today."),
              told(
                  undecided > 0,
                  "%s counted of which it is not known yet whether they apply."
                      .formatted(are(undecided, "row"))),
              told(
                  unbuilt > 0,
                  "%s not counted: Slipway cannot perform them yet."
                      .formatted(are(unbuilt, "row"))))
          .flatMap(Function.identity())
          .toList();
    }

    private static Stream<String> told(boolean holds, String sentence) {
      return holds ? Stream.of(sentence) : Stream.empty();
    }

    private static String are(long number, String noun) {
      return number + " " + noun + (number == 1 ? " is" : "s are");
    }
  }
}

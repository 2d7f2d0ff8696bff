package dev.slipway.report;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.InstanceLine;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.ProgressData;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the report of one onboarding from what the ledger knows of it. */
public final class Reporter {
  /** The author of an outcome that no person brought about. */
  private static final String MACHINE = "machine";

  private final Onboarding onboarding;
  private final Instances instances;
  private final ElementRows elements;
  private final Checklist checklist;
  private final Instant now;
  private final Map<TaskKey, TaskRecord> records;
  private final Map<TaskKey, List<Attempt>> attempts;
  private final Map<TaskKey, List<Answer>> answers;
  private final Map<TaskKey, Decision> decisions;
  private final Waits waits;
  private final Supplier<Optional<ExpectedEnd>> expected;

  /**
   * From what was read before.
   *
   * @param expected the expected end; asked for only where the report tells it
   */
  public Reporter(
      Onboarding onboarding,
      Instances instances,
      ElementRows elements,
      Instant now,
      List<TaskRecord> records,
      List<Attempt> attempts,
      List<Answer> answers,
      List<Decision> decisions,
      Supplier<Optional<ExpectedEnd>> expected) {
    this.onboarding = onboarding;
    this.instances = instances;
    this.elements = elements;
    this.checklist = instances.checklist();
    this.now = now;
    this.records = records.stream().collect(Collectors.toMap(TaskRecord::key, Function.identity()));
    this.attempts = attempts.stream().collect(Collectors.groupingBy(Attempt::key));
    this.answers = answers.stream().collect(Collectors.groupingBy(Answer::key));
    this.decisions = decisions.stream().collect(Collectors.toMap(Decision::key, d -> d));
    this.waits = new Waits(checklist, now);
    this.expected = expected;
  }

  /**
   * From the ledger.
   *
   * @param standing of the onboarding
   * @param attempts of its tasks
   * @param answers that people gave
   */
  public static Reporter of(
      Onboarding onboarding,
      Checklist checklist,
      Instant now,
      ProgressData standing,
      List<Attempt> attempts,
      List<Answer> answers) {
    Instances instances = new Instances(checklist, standing.intake().values());
    ElementRows rows = new ElementRows(instances, standing.intake());
    return new Reporter(
        onboarding,
        instances,
        rows,
        now,
        standing.tasks(),
        attempts,
        answers,
        standing.intake().decisions(),
        () -> ExpectedEnd.of(onboarding, instances, rows, standing, now));
  }

  /** The report as of now. */
  public Report report() {
    return report(null);
  }

  /** The report of an onboarding that a person signs off now. */
  public Report signedOff(String by, String reason) {
    return report(new Report.SignOffLine(by, now, reason));
  }

  private Report report(Report.SignOffLine signOff) {
    List<Report.TaskLine> tasks = checklist.tasks().flatMap(this::lines).toList();
    List<Report.SectionLine> sections = checklist.sections().stream().map(this::section).toList();
    Map<String, Long> outcomes = new LinkedHashMap<>();
    Stream.concat(
            tasks.stream().map(Report.TaskLine::outcome),
            elements.all().filter(ElementRow::counts).map(row -> row.state().name()))
        .forEach(outcome -> outcomes.merge(outcome, 1L, Long::sum));
    Map<Party, Long> waited = new EnumMap<>(Party.class);
    Stream.concat(
            tasks.stream().flatMap(line -> line.waitedFor().stream()),
            sections.stream().flatMap(line -> line.waitedFor().stream()))
        .forEach(wait -> waited.merge(wait.party(), wait.seconds(), Long::sum));
    return new Report(
        onboarding.id(),
        onboarding.name(),
        onboarding.checklist(),
        onboarding.checklistVersion(),
        checklist.title(),
        onboarding.state(),
        onboarding.run(),
        onboarding.createdAt(),
        onboarding.startedAt(),
        onboarding.endedAt(),
        signOff,
        now,
        outcomes,
        waited,
        signOff == null ? expected.get().orElse(null) : null,
        sections,
        checklist
            .tasks()
            .flatMap(
                task ->
                    tasks.stream()
                        .filter(line -> line.task().equals(task.id()))
                        .flatMap(line -> Journeys.of(task, line).stream()))
            .toList(),
        checklist
            .tasks()
            .filter(task -> task.per() != null)
            .flatMap(task -> row(task, tasks))
            .toList(),
        PromotionLine.of(instances, records),
        elements.lines().map(ElementLine::of).toList(),
        tasks);
  }

  private static Stream<Report.RowLine> row(Task task, List<Report.TaskLine> all) {
    List<Report.TaskLine> lines =
        all.stream()
            .filter(line -> line.task().equals(task.id()) && !line.instance().isEmpty())
            .toList();
    return lines.isEmpty() ? Stream.empty() : Stream.of(Report.RowLine.of(lines));
  }

  private Report.SectionLine section(Checklist.Section section) {
    TaskKey gate = new TaskKey(section.gate(), "");
    TaskRecord record = records.getOrDefault(gate, TaskRecord.untouched(gate));
    return new Report.SectionLine(
        section.id(), section.title(), record.state(), waits.of(record, made(gate)));
  }

  /** The line of one task, or of one of its instances; empty: there is none. */
  public Optional<Report.TaskLine> line(TaskKey key) {
    return checklist.task(key.task()).stream()
        .flatMap(
            task ->
                InstanceLine.of(instances, task, records.keySet()).stream()
                    .filter(line -> line.key().equals(key))
                    .map(line -> line(task, line)))
        .findFirst();
  }

  /** A task that has no instance, or is not built, is one line. */
  private Stream<Report.TaskLine> lines(Task task) {
    return InstanceLine.of(instances, task, records.keySet()).stream()
        .map(line -> line(task, line));
  }

  private Report.TaskLine line(Task task, InstanceLine of) {
    TaskKey key = of.key();
    TaskRecord record = records.getOrDefault(key, TaskRecord.untouched(key));
    Outcome outcome = of.outcome(record);
    boolean done = outcome != null && outcome.isFinal();
    Decision decision = decisions.get(key);
    return new Report.TaskLine(
        Report.Kind.TASK,
        task.row(),
        task.id(),
        task.title(),
        task.section(),
        key.instance(),
        of.kind() == InstanceLine.Kind.NO_LONGER_PART,
        task.requirement(),
        task.planned() ? "PLANNED" : outcome == null ? "PENDING" : outcome.state(),
        outcome == null
            ? of.kind() == InstanceLine.Kind.AWAITED ? of.why() : null
            : reason(task, outcome),
        notes(of, outcome),
        outcome == null ? null : problem(outcome),
        outcome == null ? List.<Evidence>of() : outcome.evidence(),
        waits.of(record, made(key)),
        answers.getOrDefault(key, List.of()).stream().map(Reporter::answer).toList(),
        decision == null ? null : decision(decision),
        who(outcome, answers.getOrDefault(key, List.of())),
        (int) made(key).stream().filter(attempt -> attempt.outcome().isTry()).count(),
        record.firstReachedAt(),
        done ? record.outcomeAt() : null,
        took(record.firstReachedAt(), done ? record.outcomeAt() : now));
  }

  /** The notes: facts about another instance, or about the elements, that concern this one. */
  private List<String> notes(InstanceLine line, Outcome outcome) {
    List<String> notes = new ArrayList<>();
    if (line.kind() == InstanceLine.Kind.NO_LONGER_PART
        && !new Outcome.NotApplicable(InstanceLine.GONE).equals(outcome)) {
      notes.add(line.why());
    }
    instances.lackOfTwin(line.key()).ifPresent(notes::add);
    instances
        .twin(line.key())
        .ifPresent(
            twin ->
                waiver("was not tried as " + TaskKey.place(twin.instance()), twin)
                    .ifPresent(notes::add));
    instances
        .acceptance(line.key())
        .flatMap(acceptance -> waiver("what was tried was not accepted", acceptance))
        .ifPresent(notes::add);
    return notes;
  }

  private Optional<String> waiver(String lack, TaskKey of) {
    return records.getOrDefault(of, TaskRecord.untouched(of)).outcome()
            instanceof Outcome.Waived waived
        ? Optional.of(lack + " before: " + waived(waived))
        : Optional.empty();
  }

  private static String waived(Outcome.Waived waived) {
    return "waived by %s and %s: %s".formatted(waived.by(), waived.secondBy(), waived.reason());
  }

  private static Long took(Instant from, Instant to) {
    return from == null ? null : Math.max(0, Duration.between(from, to).toSeconds());
  }

  private static Stream<String> deciders(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Skipped skipped -> Stream.of(skipped.by());
      case Outcome.Waived waived -> Stream.of(waived.by(), waived.secondBy());
      default -> Stream.empty();
    };
  }

  /** Everybody once, in the order in which they came in. */
  private static List<String> who(Outcome outcome, List<Answer> answers) {
    Stream<String> deciders = outcome == null ? Stream.empty() : deciders(outcome);
    Stream<String> accepted =
        answers.stream()
            .filter(answer -> answer.verdict() == Answer.Verdict.ACCEPTED)
            .map(Answer::by);
    Stream<String> looked =
        outcome == null
            ? Stream.empty()
            : outcome.evidence().stream()
                .map(proof -> proof.where() == Evidence.Place.PERSON ? proof.by() : MACHINE);
    return Stream.of(deciders, accepted, looked)
        .flatMap(Function.identity())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private List<Attempt> made(TaskKey key) {
    return attempts.getOrDefault(key, List.of());
  }

  private String reason(Task task, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> null;
      case Outcome.NotApplicable none -> none.rule();
      case Outcome.Skipped skipped -> skipped.by() + ": " + skipped.reason();
      case Outcome.Waived waived ->
          waived.by() + " and " + waived.secondBy() + ": " + waived.reason();
      case Outcome.Waiting waiting -> waits.why(task.id(), waiting);
      case Outcome.Failed failed -> waits.why(task.id(), failed);
    };
  }

  private static Problem problem(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Waiting waiting -> waiting.problem();
      case Outcome.Failed failed -> failed.problem();
      default -> null;
    };
  }

  private static Report.AnswerLine answer(Answer answer) {
    return new Report.AnswerLine(
        answer.step(),
        answer.by(),
        answer.role(),
        answer.at(),
        answer.statement(),
        answer.values(),
        answer.verdict(),
        answer.why());
  }

  private static Report.DecisionLine decision(Decision decision) {
    return new Report.DecisionLine(
        decision.kind(), decision.by(), decision.at(), decision.reason(), decision.secondBy());
  }
}

package dev.slipway.report;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.AddendumInfo;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.LookSchedule;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Sight;
import dev.slipway.ledger.SignedReport;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ends looks after go-live: makes the dated addendum of what each found. */
public final class Addenda {
  /** An item has 400 KB; base 64 adds a third. */
  private static final int MOST_BYTES = 256 * 1024;

  private final FunctionContext context;

  public Addenda(FunctionContext context) {
    this.context = context;
  }

  /**
   * Ends a look, once: another call has lost the race.
   *
   * @param look under way
   * @param isBroken whether it was broken off
   * @throws dev.slipway.ledger.LostRaceException if the schedule was changed meanwhile
   */
  public void conclude(Onboarding onboarding, LookSchedule look, boolean isBroken, Actor actor) {
    Addendum addendum = addendum(onboarding, look, isBroken);
    byte[] content = Compressed.of(ReportJson.bytes(addendum));
    if (content.length > MOST_BYTES) {
      content = Compressed.of(ReportJson.bytes(addendum.withoutEvidence()));
    }
    context
        .looks()
        .conclude(
            onboarding.id(),
            look,
            new AddendumInfo(
                look.number(),
                0,
                look.beganAt(),
                addendum.endedAt(),
                addendum.counts(),
                addendum.isNews(),
                null),
            content,
            actor);
  }

  /** An addendum by its number. */
  public Optional<Addendum> find(String onboarding, int number) {
    return context
        .looks()
        .content(onboarding, number)
        .map(content -> ReportJson.addendum(Compressed.content(content)));
  }

  private Addendum addendum(Onboarding onboarding, LookSchedule look, boolean isBroken) {
    SignedReport signed = context.signOffs().signedReport(onboarding.id()).orElseThrow();
    Checklist checklist = context.checklist(onboarding);
    Instant now = context.clock().instant();
    return new Addendum(
        onboarding.id(),
        onboarding.name(),
        checklist.title(),
        look.number(),
        look.beganAt(),
        now,
        signed.sha256(),
        signed.at(),
        isBroken,
        new Rows(onboarding.id(), checklist, look, now).lines());
  }

  /** The rows of one addendum. */
  private final class Rows {
    private final Checklist checklist;
    private final Instant now;
    private final IntakeRecord intake;
    private final Map<TaskKey, TaskRecord> tasks;
    private final Map<TaskKey, LookedAt> looked;
    private final List<Addendum.Line> lines = new ArrayList<>();

    Rows(String onboarding, Checklist checklist, LookSchedule look, Instant now) {
      this.checklist = checklist;
      this.now = now;
      this.intake = context.elements().intake(onboarding);
      this.tasks =
          context.tasks().of(onboarding).stream()
              .collect(Collectors.toMap(TaskRecord::key, Function.identity()));
      this.looked =
          context.looks().looked(onboarding).stream()
              .filter(each -> each.run() == look.run() && each.sight() != null)
              .collect(Collectors.toMap(LookedAt::key, Function.identity()));
    }

    List<Addendum.Line> lines() {
      ElementRows elements = ElementRows.of(checklist, () -> intake);
      Instances instances = new Instances(checklist, intake.values());
      for (Checklist.Section section : checklist.sections()) {
        elements.of(section).filter(ElementRow::counts).forEach(row -> add(section, row));
        for (Task task : section.tasks()) {
          instances.of(task).forEach(key -> add(section, task, key));
        }
      }
      return lines;
    }

    private void add(Checklist.Section section, ElementRow row) {
      add(section.title(), row.element().row(), row.element().title(), row.key(), unlooked(row));
    }

    private void add(Checklist.Section section, Task task, TaskKey key) {
      TaskRecord record = tasks.get(key);
      Outcome outcome = record == null ? null : record.outcome();
      add(
          section.title(),
          task.row(),
          task.title(),
          key,
          outcome instanceof Outcome.Done && !AddedRow.is(key)
              ? notReached()
              : Sight.notLookedAt(now, unlooked(task, key, outcome)));
    }

    private void add(String section, String row, String title, TaskKey key, Sight without) {
      LookedAt found = looked.get(key);
      Sight sight = found == null ? without : found.sight();
      lines.add(
          new Addendum.Line(
              row,
              key.toString(),
              TaskKey.named(title, key.instance()),
              section,
              found == null
                  ? Addendum.Found.of(sight, null, 0)
                  : Addendum.Found.of(sight, found.known(), found.unseen()),
              sight.kind() == Sight.Kind.NOT_LOOKED_AT ? null : sight.at(),
              sight.why(),
              sight.problem(),
              sight.evidence()));
    }

    private Sight unlooked(ElementRow row) {
      if (row.state() != ElementRow.State.DONE) {
        return Sight.notLookedAt(now, ReportWords.word(row.state().name()));
      }
      return row.element().isVerified()
          ? notReached()
          : Sight.notLookedAt(now, "It was given; no machine looks at it.");
    }

    private Sight notReached() {
      return Sight.notSeen(now, "This look did not come to it.", List.of());
    }

    private String unlooked(Task task, TaskKey key, Outcome outcome) {
      if (task.planned()) {
        return "planned";
      }
      if (AddedRow.is(key)) {
        return "People state this row; no machine looks at it.";
      }
      return outcome == null || !outcome.isFinal()
          ? Sight.LEFT_OPEN
          : ReportWords.word(outcome.state());
    }
  }
}

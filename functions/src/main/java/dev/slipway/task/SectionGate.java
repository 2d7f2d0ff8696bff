package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementChecks;
import dev.slipway.element.ElementRow;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.Claim;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.LookedAt;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.Planner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/**
 * A section's first state: waits until the mandatory elements of its rows are given and valid. It
 * verifies the section's element rows, and is asked again when one of them changes, also after it
 * has let its section pass.
 */
public final class SectionGate implements RequestStreamHandler {
  private final FunctionContext context;
  private final ElementChecks checks;

  /** For Lambda. */
  public SectionGate() {
    this(FunctionContext.lambda());
  }

  public SectionGate(FunctionContext context) {
    this(context, ElementChecks.all(context));
  }

  /** With other checks and looks. */
  public SectionGate(FunctionContext context, ElementChecks checks) {
    this.context = context;
    this.checks = checks;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    new Attempts(context).run(input, lambda, this::look, this::lookAfterGoLive);
  }

  private Result look(
      TaskRequest request, Onboarding onboarding, Checklist checklist, TaskRecord task) {
    Checklist.Section section = section(request, checklist);
    closeResumes(onboarding, section, task.claim());
    IntakeRecord intake = context.elements().intake(onboarding.id());
    RowVerification.Round round =
        new RowVerification(context, checks, onboarding, checklist, task).verify(section, intake);
    if (!round.isOver()) {
      return new Result(goesOn(section), null, false, round.judged());
    }
    IntakeRecord after = round.looked() == 0 ? intake : context.elements().intake(onboarding.id());
    return new Result(outcome(checklist, section, task, after), null, true, round.judged());
  }

  private LaterLooks.Step lookAfterGoLive(
      TaskRequest request, Onboarding onboarding, Checklist checklist, LookedAt before) {
    TaskRecord gate = context.tasks().of(onboarding.id(), request.key());
    return new LaterLooks.Step(
        null,
        new RowVerification(context, checks, onboarding, checklist, gate)
            .lookAfterGoLive(
                section(request, checklist),
                context.elements().intake(onboarding.id()),
                request.run())
            .orElse(null));
  }

  private static Checklist.Section section(TaskRequest request, Checklist checklist) {
    return checklist.sections().stream()
        .filter(section -> section.gate().equals(request.key().task()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("task: is no section's gate"));
  }

  /** Too many rows for one attempt: Wake calls the gate again at once. */
  private Outcome goesOn(Checklist.Section section) {
    return new Outcome.Waiting(
        Party.MACHINE,
        null,
        List.of(),
        "Nothing to do: the elements of " + section.title() + " are being verified.",
        null,
        null,
        context.clock().instant(),
        null,
        List.of());
  }

  private Outcome outcome(
      Checklist checklist, Checklist.Section section, TaskRecord task, IntakeRecord intake) {
    List<Element> missing =
        new Planner(checklist, PlanInput.of(intake))
            .missing(section).stream().filter(element -> element.row() == null).toList();
    List<ElementRow> rows = ElementRows.of(checklist, () -> intake).of(section).toList();
    List<ElementRow> open =
        rows.stream().filter(row -> row.element().isAwaitedByGate() && row.isOpen()).toList();
    List<Outcome.Waiting> optional =
        rows.stream().filter(SectionGate::isAskedBesides).map(GateWait::optional).toList();
    Instant now = context.clock().instant();
    GateWait wait = new GateWait(missing, open, task.outcome(), now);
    return wait.isOver()
        ? new Outcome.Done(
            List.of(
                new Evidence(
                    "intake.complete",
                    Evidence.Place.HANDLER,
                    now,
                    section.title(),
                    "every mandatory element is there and valid",
                    null,
                    false)),
            optional)
        : wait.outcome(optional);
  }

  /** A look at it is asked of a person or a probe runner, and holds nothing up. */
  private static boolean isAskedBesides(ElementRow row) {
    return row.element().requirement() == Requirement.OPTIONAL
        && row.state() == ElementRow.State.GIVEN
        && row.asked() != null;
  }

  /**
   * Closes what {@link ResumeSection} still waits for of an execution that was there before: since
   * the section runs again, all of it does. Within an execution, a resume lets it go on by itself.
   */
  private void closeResumes(Onboarding onboarding, Checklist.Section section, Claim gate) {
    context.tasks().instances(onboarding.id(), section.resume()).stream()
        .filter(TaskRecord::isOpen)
        .filter(task -> task.claim() != null && task.claim().isOlderThan(gate))
        .forEach(resume -> close(onboarding, resume));
  }

  private void close(Onboarding onboarding, TaskRecord resume) {
    try {
      context
          .tasks()
          .save(
              onboarding.id(),
              resume,
              resume.stated(new Outcome.Done(List.of()), context.clock().instant()));
    } catch (LostRaceException e) {
      // A person decided about the resume meanwhile: the next attempt looks again.
    }
  }
}

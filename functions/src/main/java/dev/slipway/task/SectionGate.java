package dev.slipway.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.TaskRecord;
import dev.slipway.plan.PlanInput;
import dev.slipway.plan.Planner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A section's first state: waits until the mandatory elements of its rows are given and valid. */
public final class SectionGate implements RequestStreamHandler {
  private static final Duration DUE = Duration.ofDays(5);

  private final FunctionContext context;

  /** For Lambda. */
  public SectionGate() {
    this(FunctionContext.lambda());
  }

  public SectionGate(FunctionContext context) {
    this.context = context;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context lambda)
      throws IOException {
    new Attempts(context).run(input, lambda, this::look);
  }

  private Result look(
      TaskRequest request, Onboarding onboarding, Checklist checklist, TaskRecord task) {
    Checklist.Section section =
        checklist.sections().stream()
            .filter(s -> s.gate().equals(request.key().task()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("task: is no section's gate"));
    closeResume(onboarding, section);
    List<Element> missing =
        new Planner(checklist, PlanInput.of(context.elements().intake(onboarding.id())))
            .missing(section);
    Instant now = context.clock().instant();
    Outcome outcome =
        missing.isEmpty()
            ? new Outcome.Done(
                List.of(
                    new Evidence(
                        "intake.complete",
                        Evidence.Place.HANDLER,
                        now,
                        section.title(),
                        "every mandatory element is there and valid",
                        null,
                        false)))
            : new Outcome.Waiting(
                missing.getFirst().party(),
                null,
                List.of(),
                "Give what is missing: "
                    + missing.stream().map(SectionGate::named).collect(Collectors.joining(", "))
                    + ". `slipway element list` tells what each is.",
                "Each value is checked as it is saved, each credential as it is stored.",
                due(task, missing, now),
                null,
                null,
                List.of());
    return new Result(outcome, null, true, List.of());
  }

  /**
   * Closes the section's {@link ResumeSection} of an earlier run, since the section runs again.
   * Within a run, the resume task itself lets the section go on.
   */
  private void closeResume(Onboarding onboarding, Checklist.Section section) {
    TaskRecord resume = context.tasks().of(onboarding.id(), new TaskKey(section.resume(), ""));
    boolean isOfEarlierRun = resume.claim() != null && resume.claim().run() < onboarding.run();
    if (isOfEarlierRun && resume.isOpen()) {
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

  /**
   * The due date stays when part of the elements is given; a new element gets a date of its own.
   */
  private static Instant due(TaskRecord task, List<Element> missing, Instant now) {
    return task.outcome() instanceof Outcome.Waiting before
            && before.due() != null
            && missing.stream().allMatch(each -> before.instructions().contains(each.title()))
        ? before.due()
        : now.plus(DUE);
  }

  private static String named(Element element) {
    String kind = element.kind() == Element.Kind.CREDENTIAL ? "credential" : "element";
    return "%s (%s `%s`)".formatted(element.title(), kind, element.id());
  }
}

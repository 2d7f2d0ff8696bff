package dev.slipway.plan;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Requirement;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.TaskKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Says beforehand what a run would do: the same rules as the run's own, without touching a thing.
 */
public final class Planner {
  private static final int DIGEST_LENGTH = 12;

  private final Checklist checklist;
  private final PlanInput input;
  private final Map<String, Ruling> rulings = new HashMap<>();

  /** A planner for one moment of an onboarding. */
  public Planner(Checklist checklist, PlanInput input) {
    this.checklist = checklist;
    this.input = input;
    checklist.tasks().forEach(task -> rulings.put(task.id(), ruling(task)));
  }

  private record Ruling(Effect effect, String rule, List<String> undecided) {
    static Ruling of(Effect effect, String rule) {
      return new Ruling(effect, rule, List.of());
    }

    boolean isToBeDone() {
      return effect == Effect.RUN || effect == Effect.UNDECIDED;
    }
  }

  /** The plan. */
  public Plan plan() {
    List<Plan.Missing> missing =
        checklist.sections().stream()
            .flatMap(section -> missing(section).stream().map(element -> missing(section, element)))
            .toList();
    return new Plan(outline().hash(), checklist.tasks().map(this::entry).toList(), missing);
  }

  /**
   * The mandatory elements that a section needs before it starts and does not have. What only rows
   * use that are done without, or do not apply, is not needed.
   */
  public List<Element> missing(Checklist.Section section) {
    return Intake.missing(section, input.elements(), input.validCredentials()).stream()
        .filter(this::isNeeded)
        .toList();
  }

  private boolean isNeeded(Element element) {
    List<Task> users =
        checklist.tasks().filter(task -> !task.planned() && uses(task, element)).toList();
    return users.isEmpty() || users.stream().anyMatch(task -> rulings.get(task.id()).isToBeDone());
  }

  private static boolean uses(Task task, Element element) {
    return switch (element.kind()) {
      case VALUE ->
          task.inputs().contains(element.id())
              || ElementNames.in(task.condition()).contains(element.id())
              || ElementNames.in(task.chosenBy()).contains(element.id());
      case CREDENTIAL -> task.credentials().contains(element.id());
    };
  }

  /** What is kept of the plan. */
  public PlanOutline outline() {
    Map<String, PlanOutline.Line> lines = new LinkedHashMap<>();
    checklist
        .tasks()
        .map(this::entry)
        .forEach(
            entry ->
                lines.put(
                    new TaskKey(entry.task(), entry.instance()).toString(),
                    new PlanOutline.Line(
                        entry.effect(),
                        entry.rule(),
                        entry.waitsFor(),
                        entry.missing().stream().map(Plan.Missing::field).toList(),
                        inputs(entry))));
    return new PlanOutline(checklist.name() + " " + checklist.version(), lines);
  }

  private Map<String, String> inputs(Plan.Entry entry) {
    Map<String, String> digests = new TreeMap<>();
    if (entry.effect() == Effect.RUN || entry.effect() == Effect.UNDECIDED) {
      for (String id : checklist.task(entry.task()).orElseThrow().inputs()) {
        if (input.elements().hasNonNull(id)) {
          digests.put(id, Json.hash(input.elements().get(id)).substring(0, DIGEST_LENGTH));
        }
      }
    }
    return digests;
  }

  private Plan.Entry entry(Task task) {
    Ruling ruling = rulings.get(task.id());
    return new Plan.Entry(
        task.row(),
        task.id(),
        "",
        task.section(),
        task.title(),
        task.requirement(),
        ruling.effect(),
        ruling.rule(),
        ruling.undecided(),
        ruling.isToBeDone() ? waitsFor(task) : List.of(),
        ruling.isToBeDone() ? missing(task) : List.of(),
        ruling.isToBeDone() ? steps(task) : List.of());
  }

  private Ruling ruling(Task task) {
    if (task.planned()) {
      return Ruling.of(Effect.PLANNED, null);
    }
    // JSONata takes a comparison with what is not there for false: that decides nothing yet.
    List<String> undecided = missingIn(task.condition());
    if (task.condition() != null
        && undecided.isEmpty()
        && evaluate(task.condition()) == Condition.Answer.DOES_NOT_HOLD) {
      return Ruling.of(Effect.NOT_APPLICABLE, task.condition());
    }
    Optional<Ruling> decided =
        Optional.ofNullable(input.decisions().get(new TaskKey(task.id(), "")))
            .flatMap(Planner::decided);
    if (decided.isPresent()) {
      return decided.get();
    }
    if (!undecided.isEmpty()) {
      return new Ruling(Effect.UNDECIDED, task.condition(), undecided);
    }
    List<String> unchosen = missingIn(task.chosenBy());
    if (!unchosen.isEmpty()) {
      return new Ruling(Effect.UNDECIDED, task.chosenBy(), unchosen);
    }
    if (task.chosenBy() != null && evaluate(task.chosenBy()) != Condition.Answer.HOLDS) {
      return Ruling.of(Effect.SKIP, "not chosen at intake: " + task.chosenBy());
    }
    return Ruling.of(Effect.RUN, null);
  }

  private static Optional<Ruling> decided(Decision decision) {
    if (!decision.isToDoWithout()) {
      return Optional.empty();
    }
    if (decision.kind() == Decision.Kind.SKIP) {
      return Optional.of(
          Ruling.of(Effect.SKIP, "skipped by " + decision.by() + ": " + decision.reason()));
    }
    return decision.secondBy() == null
        ? Optional.empty()
        : Optional.of(
            Ruling.of(
                Effect.WAIVE,
                "waived by "
                    + decision.by()
                    + " and "
                    + decision.secondBy()
                    + ": "
                    + decision.reason()));
  }

  private Condition.Answer evaluate(String rule) {
    return new Condition(rule).evaluate(input.elements());
  }

  /** The elements that a rule speaks of, and that the intake still waits for. */
  private List<String> missingIn(String rule) {
    return ElementNames.in(rule).stream()
        .filter(
            name ->
                missingElements()
                    .anyMatch(
                        missing ->
                            missing.kind() == Element.Kind.VALUE && missing.field().equals(name)))
        .toList();
  }

  private Stream<Plan.Missing> missingElements() {
    return checklist.sections().stream()
        .flatMap(
            section ->
                section.elements().stream()
                    .filter(element -> element.requirement() == Requirement.MANDATORY)
                    .filter(element -> !isThere(element) && mayApply(element))
                    .map(element -> missing(section, element)));
  }

  private boolean isThere(Element element) {
    return switch (element.kind()) {
      case VALUE -> input.elements().hasNonNull(element.id());
      case CREDENTIAL -> input.validCredentials().contains(element.id());
    };
  }

  /** Once all that a condition speaks of is given, it has to hold. */
  private boolean mayApply(Element element) {
    if (element.condition() == null) {
      return true;
    }
    return switch (evaluate(element.condition())) {
      case HOLDS -> true;
      case DOES_NOT_HOLD -> false;
      default ->
          ElementNames.in(element.condition()).stream()
              .anyMatch(name -> !input.elements().hasNonNull(name));
    };
  }

  private List<String> waitsFor(Task task) {
    return task.dependsOn().stream()
        .filter(rulings::containsKey)
        .filter(id -> rulings.get(id).isToBeDone())
        .toList();
  }

  private List<Plan.Missing> missing(Task task) {
    return missingElements()
        .filter(
            missing ->
                switch (missing.kind()) {
                  case VALUE -> task.inputs().contains(missing.field());
                  case CREDENTIAL ->
                      task.credentials()
                          .contains(missing.field().substring("credential:".length()));
                })
        .toList();
  }

  private static Plan.Missing missing(Checklist.Section section, Element element) {
    return new Plan.Missing(
        element.kind() == Element.Kind.CREDENTIAL ? "credential:" + element.id() : element.id(),
        section.id(),
        element.title(),
        element.kind(),
        element.party());
  }

  /** A person's own steps, and the machine's where a person can take over. */
  private static List<Plan.PersonStep> steps(Task task) {
    return task.steps().stream().filter(Step::mayBeAsked).map(Planner::personStep).toList();
  }

  private static Plan.PersonStep personStep(Step step) {
    return new Plan.PersonStep(
        step.id(),
        step.title(),
        step.mode(),
        step.mode() == Mode.AUTOMATIC,
        step.party(),
        step.timeGiven(),
        step.instructions(),
        step.check());
  }
}

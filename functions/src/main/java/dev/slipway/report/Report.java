package dev.slipway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Requirement;
import dev.slipway.ledger.AddedRow;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The report of an onboarding.
 *
 * @param onboarding its id
 * @param name what people call it
 * @param checklist the checklist's name
 * @param version the checklist's version
 * @param title the checklist's title
 * @param runs how many runs there were
 * @param signOff who signed it off; null before
 * @param outcomes how many lines have each outcome: tasks and elements, or the instances of one
 * @param waitedSeconds for whom was waited how long, all tasks and gates together
 * @param expected when its last row can be final; null once all are, and in a signed report
 * @param sections the headings, with the waits of their gates
 * @param journeys a test customer's ways through the whole platform, step by step
 * @param rows those that have a line for each of several instances, each in one
 * @param promotions those that are tried in one environment before the other, both side by side
 * @param elements those that are rows of the guide, in the checklist's order
 * @param tasks one for each task and instance, in the checklist's order; not reached ones included
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Report(
    String onboarding,
    String name,
    String checklist,
    String version,
    String title,
    Onboarding.State state,
    int runs,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt,
    SignOffLine signOff,
    Instant generatedAt,
    Map<String, Long> outcomes,
    Map<Party, Long> waitedSeconds,
    ExpectedEnd expected,
    List<SectionLine> sections,
    List<JourneyLine> journeys,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RowLine> rows,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PromotionLine> promotions,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ElementLine> elements,
    List<TaskLine> tasks) {
  public Report {
    elements = elements == null ? List.of() : List.copyOf(elements);
    // Reports that were signed before there were journeys, or rows with instances, have none.
    journeys = journeys == null ? List.of() : List.copyOf(journeys);
    rows = rows == null ? List.of() : List.copyOf(rows);
    promotions = promotions == null ? List.of() : List.copyOf(promotions);
    sections = List.copyOf(sections);
    tasks = List.copyOf(tasks);
  }

  /**
   * The sign-off.
   *
   * @param reason what was said with it; null without
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SignOffLine(String by, Instant at, String reason) {}

  /**
   * One heading.
   *
   * @param outcome of the section's gate
   */
  public record SectionLine(String section, String title, String outcome, List<Wait> waitedFor) {}

  /**
   * A row that has a line for each of several instances, all of them together.
   *
   * @param outcome {@code DONE} if one is done and none is open; else that of the most pressing
   * @param instances how many have each outcome
   */
  public record RowLine(
      String row, String task, String title, String outcome, Map<String, Long> instances) {
    /** The outcomes of single lines, the most pressing first. */
    private static final List<String> ORDER =
        List.of(
            "FAILED",
            "WAITING",
            "PENDING",
            "PLANNED",
            "DONE",
            "WAIVED",
            "SKIPPED",
            "NOT_APPLICABLE");

    /** The row of these lines. */
    static RowLine of(List<TaskLine> lines) {
      Map<String, Long> outcomes = new LinkedHashMap<>();
      lines.forEach(line -> outcomes.merge(line.outcome(), 1L, Long::sum));
      TaskLine first = lines.getFirst();
      return new RowLine(
          first.row(),
          first.task(),
          first.title(),
          outcomes.keySet().stream().min(pressing(Function.identity())).orElseThrow(),
          outcomes);
    }

    /** The line with the most pressing outcome first. */
    public static <T> Comparator<T> pressing(Function<T, String> outcome) {
      return Comparator.comparing(outcome.andThen(ORDER::indexOf));
    }
  }

  /** The kinds of lines. */
  public enum Kind {
    TASK
  }

  /**
   * One task, or one instance of it.
   *
   * @param kind null in reports that were signed when there was only one
   * @param instance the environment, tenant or application; empty where there is only one, or none
   * @param noLongerPart whether the elements do not name the instance any more
   * @param outcome {@code PLANNED} (not built yet), {@code PENDING} (not reached), or the state of
   *     the outcome
   * @param reason the rule, the decision, or what is waited for; null where the outcome says all
   * @param notes what else there is to know of it, each in a sentence without its subject
   * @param problem why it cannot go on; null where nothing is wrong
   * @param evidence what proves the outcome; of an open one, what was found so far
   * @param waitedFor who was waited for
   * @param answers what people said of its steps
   * @param decision to do without it; null without
   * @param who brought the outcome about: the names of people, and {@code machine} where one looked
   * @param attempts how often it was performed
   * @param startedAt when it was reached; null before
   * @param finishedAt when it became final; null before
   * @param tookSeconds from when it was reached to when it became final, or to when the report was
   *     made; null before it was reached
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskLine(
      Kind kind,
      String row,
      String task,
      String title,
      String section,
      String instance,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean noLongerPart,
      Requirement requirement,
      String outcome,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> notes,
      Problem problem,
      List<Evidence> evidence,
      List<Wait> waitedFor,
      List<AnswerLine> answers,
      DecisionLine decision,
      List<String> who,
      int attempts,
      Instant startedAt,
      Instant finishedAt,
      Long tookSeconds) {
    public TaskLine {
      kind = kind == null ? Kind.TASK : kind;
      notes = notes == null ? List.of() : List.copyOf(notes);
      evidence = List.copyOf(evidence);
      waitedFor = List.copyOf(waitedFor);
      answers = List.copyOf(answers);
      who = List.copyOf(who);
    }

    /** The task's instance. */
    public TaskKey key() {
      return new TaskKey(task, instance);
    }

    /** The title, with the instance. */
    public String name() {
      return TaskKey.named(title, instance);
    }

    /** Whether it is done, and its own function can see whether it still holds. */
    public boolean isToLookAtAgain() {
      return outcome.equals("DONE") && !noLongerPart && !AddedRow.is(key());
    }
  }

  /**
   * A test customer's way through the whole platform.
   *
   * @param task whose proof it is
   */
  public record JourneyLine(String row, String task, String title, List<JourneyStep> steps) {
    public JourneyLine {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One step of a journey.
   *
   * @param step the step's id
   * @param outcome {@code DONE}, {@code LEFT_OUT} (the answer names the rule), or {@code PENDING}
   * @param startedAt when it was begun, or asked for; null for one that was not
   * @param seconds how long it took, to the millisecond; null likewise
   * @param where who took it: {@code HANDLER} or {@code PERSON}
   * @param by the person; null for a machine
   * @param evidence what was seen or stated
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record JourneyStep(
      String step,
      String title,
      String outcome,
      Instant startedAt,
      BigDecimal seconds,
      Evidence.Place where,
      String by,
      String evidence,
      boolean standIn) {}

  /**
   * What is asked when the rows that are done are looked at again: each task itself, and the gate
   * of each section that has element rows. Of an added row there is nothing but what people said.
   */
  public List<TaskKey> toLookAtAgain() {
    return Stream.concat(
            tasks.stream().filter(TaskLine::isToLookAtAgain).map(TaskLine::key),
            elements.stream().map(line -> new TaskKey(line.section() + ".gate", "")).distinct())
        .toList();
  }

  /** Whether some evidence was obtained from stand-ins, not from the real systems. */
  boolean hasStandIns() {
    return tasks.stream().flatMap(task -> task.evidence().stream()).anyMatch(Evidence::standIn);
  }

  /** A person's answer to a step, and the machine's judgement. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AnswerLine(
      String step,
      String by,
      String role,
      Instant at,
      String statement,
      JsonNode values,
      Answer.Verdict verdict,
      Problem why) {}

  /** A decision to do without a task. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DecisionLine(
      Decision.Kind kind, String by, Instant at, String reason, String secondBy) {}
}

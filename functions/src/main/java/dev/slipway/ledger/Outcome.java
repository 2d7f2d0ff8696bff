package dev.slipway.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outcome of a task. Only a final outcome lets the state machine go on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Done.class, name = "DONE"),
  @JsonSubTypes.Type(value = Outcome.NotApplicable.class, name = "NOT_APPLICABLE"),
  @JsonSubTypes.Type(value = Outcome.Skipped.class, name = "SKIPPED"),
  @JsonSubTypes.Type(value = Outcome.Waived.class, name = "WAIVED"),
  @JsonSubTypes.Type(value = Outcome.Waiting.class, name = "WAITING"),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = "FAILED")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Outcome {

  /** Its evidence, oldest first. */
  List<Evidence> evidence();

  /** When a machine looks again by itself; null: only when asked to. */
  default Instant looksAgainAt() {
    return switch (this) {
      case Waiting w -> w.until();
      case Failed f -> f.retryAt();
      default -> null;
    };
  }

  /** Who is waited for; null where nobody is. */
  default Party party() {
    return null;
  }

  /** When that party should have done it; null without a date. */
  default Instant due() {
    return null;
  }

  /**
   * The work that is left, piece by piece: of a gate one for each party, and one for each look at
   * an optional row that a person answers; empty if none is left.
   */
  default List<Outcome> openWork() {
    return switch (this) {
      case Waiting w -> w.asked().isEmpty() ? List.of(w) : List.copyOf(w.asked());
      case Failed f -> List.of(f);
      case Done d -> List.copyOf(d.asked());
      default -> List.of();
    };
  }

  /** The name of the state, as in reports and events. */
  default String state() {
    return switch (this) {
      case Done d -> "DONE";
      case NotApplicable n -> "NOT_APPLICABLE";
      case Skipped s -> "SKIPPED";
      case Waived w -> "WAIVED";
      case Waiting w -> "WAITING";
      case Failed f -> "FAILED";
    };
  }

  /** Whether the state machine may go past the task. */
  default boolean isFinal() {
    return switch (this) {
      case Done d -> true;
      case NotApplicable n -> true;
      case Skipped s -> true;
      case Waived w -> true;
      case Waiting w -> false;
      case Failed f -> false;
    };
  }

  /** Whether more was found than that other tasks have to come first. */
  default boolean isTry() {
    return !(waitsForTasks() && evidence().isEmpty());
  }

  /** Whether other tasks have to be final before it goes on. */
  default boolean waitsForTasks() {
    return this instanceof Waiting waiting && !waiting.dependsOn().isEmpty();
  }

  /** Whether both wait for one party and reason: then the wait has gone on since the other. */
  default boolean waitsLike(Outcome other) {
    if (isFinal() || party() != other.party() || !Objects.equals(problem(), other.problem())) {
      return false;
    }
    if (this instanceof Waiting mine && other instanceof Waiting waiting) {
      return Objects.equals(mine.about(), waiting.about());
    }
    return this instanceof Failed && other instanceof Failed;
  }

  /** Why the last answer was not accepted, or what is wrong; null where nothing is. */
  default Problem problem() {
    return null;
  }

  /**
   * Performed and verified.
   *
   * @param asked what holds up nothing and is still asked: looks at optional element rows
   */
  record Done(List<Evidence> evidence, List<Waiting> asked) implements Outcome {
    public Done {
      evidence = evidence == null ? List.of() : List.copyOf(evidence);
      asked = asked == null ? List.of() : List.copyOf(asked);
    }

    /** Nothing is asked any more. */
    public Done(List<Evidence> evidence) {
      this(evidence, List.of());
    }
  }

  /**
   * A rule of the checklist says that it does not apply to this customer.
   *
   * @param rule the condition that did not hold
   */
  record NotApplicable(String rule) implements Outcome {
    @Override
    public List<Evidence> evidence() {
      return List.of();
    }
  }

  /** An optional task that was not taken, by whom and why. */
  record Skipped(String by, String reason) implements Outcome {
    @Override
    public List<Evidence> evidence() {
      return List.of();
    }
  }

  /** A mandatory task that two people agreed to do without. */
  record Waived(String by, String secondBy, String reason) implements Outcome {
    @Override
    public List<Evidence> evidence() {
      return List.of();
    }
  }

  /**
   * A person, another task or a later time has to come first.
   *
   * @param party who is waited for
   * @param step the step of the task that waits; null when none does
   * @param dependsOn the task keys waited for; empty when a person is
   * @param text exactly what to do; the facts and snippets for it stand apart
   * @param check how it will be checked
   * @param due when it should be done; null without a date
   * @param until the time at which a machine looks again by itself; null without one
   * @param problem why the last answer was not accepted; null on the first ask
   * @param asked of a gate that asks several parties, or for optional rows besides: each by itself;
   *     empty where this wait is all that is asked
   * @param facts what was given at intake and is needed for the step
   * @param snippets what is to be copied for it
   */
  record Waiting(
      Party party,
      String step,
      List<String> dependsOn,
      String text,
      String check,
      Instant due,
      Instant until,
      Problem problem,
      List<Evidence> evidence,
      List<Waiting> asked,
      List<Fact> facts,
      List<Snippet> snippets)
      implements Outcome {
    public Waiting {
      dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
      evidence = evidence == null ? List.of() : List.copyOf(evidence);
      asked = asked == null ? List.of() : List.copyOf(asked);
      facts = facts == null ? List.of() : List.copyOf(facts);
      snippets = snippets == null ? List.of() : List.copyOf(snippets);
    }

    /** Without facts and snippets. */
    public Waiting(
        Party party,
        String step,
        List<String> dependsOn,
        String text,
        String check,
        Instant due,
        Instant until,
        Problem problem,
        List<Evidence> evidence,
        List<Waiting> asked) {
      this(
          party, step, dependsOn, text, check, due, until, problem, evidence, asked, List.of(),
          List.of());
    }

    /** Of one party. */
    public Waiting(
        Party party,
        String step,
        List<String> dependsOn,
        String text,
        String check,
        Instant due,
        Instant until,
        Problem problem,
        List<Evidence> evidence) {
      this(party, step, dependsOn, text, check, due, until, problem, evidence, List.of());
    }

    /** What to do as one text, as a mail tells it: facts and snippets below. */
    public String instructions() {
      String given =
          facts.isEmpty()
              ? null
              : facts.stream()
                  .map(Fact::line)
                  .collect(Collectors.joining("\n", "Given at intake:\n", ""));
      return Stream.concat(Stream.of(text, given), snippets.stream().map(Snippet::text))
          .filter(part -> part != null && !part.isEmpty())
          .collect(Collectors.joining("\n\n"));
    }

    /** The same to be done by another time. */
    public Waiting due(Instant other) {
      return new Waiting(
          party, step, dependsOn, text, check, other, until, problem, evidence, asked, facts,
          snippets);
    }

    /** What is waited for: a step, or what the instructions say. */
    private String about() {
      return step == null ? text : step;
    }

    /** Waits until other tasks are final. */
    public static Waiting onTasks(List<String> tasks) {
      return new Waiting(
          Party.MACHINE,
          null,
          tasks,
          "Nothing to do: waits for " + String.join(", ", tasks) + ".",
          null,
          null,
          null,
          null,
          List.of());
    }
  }

  /**
   * It was tried and cannot go on until a person mends the problem.
   *
   * @param party who can mend it; null until the attempt is committed
   * @param since when the problem first showed, however often it was tried since
   * @param due when it should be mended
   * @param retryAt when a machine tries again by itself, because the trouble may pass; null: never
   */
  record Failed(
      Problem problem,
      Party party,
      Instant since,
      Instant due,
      Instant retryAt,
      List<Evidence> evidence)
      implements Outcome {
    public Failed {
      evidence = evidence == null ? List.of() : List.copyOf(evidence);
    }

    /** As an attempt finds it, before it is said who can mend it. */
    public Failed(Problem problem, Instant retryAt, List<Evidence> evidence) {
      this(problem, null, null, null, retryAt, evidence);
    }

    /** The same, with who can mend it. */
    public Failed askedOf(Party who, Instant from, Instant until) {
      return new Failed(problem, who, from, until, retryAt, evidence);
    }
  }
}

package dev.slipway.task;

import dev.slipway.checklist.Step;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.Snippet;
import dev.slipway.probe.DataJob;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A step that a person may state, with the values that a statement is about. The last call says who
 * takes the step:
 *
 * <pre>{@code
 * PersonStep step = work.step("add-ranges").about("external-ip-ranges.ranges").field("external-ip-ranges");
 *
 * step.attested();                       // a person states it; no machine can look
 * step.person(pool::look);               // a person takes it, then a machine looks
 * step.machine(pool::add).orPerson(pool::look);     // a machine takes it if it is permitted to
 * step.machine(pool::add).orAttested();
 * step.probed(probe, seen -> List.of(...));         // a probe runner in the customer's network
 * step.ran(job, told -> finding);                   // a data runner beside the databases
 * }</pre>
 *
 * <p>A person who was not asked yet, or whose statement was rejected, is asked now: the attempt
 * ends with a wait, and the next attempt comes to this step again.
 */
public final class PersonStep {
  private final AttemptParts parts;
  private final Step definition;
  private final About about;
  private Party party;
  private String field;
  private String material = "";
  private final List<Snippet> snippets = new ArrayList<>();
  private Set<Kind> leftToPerson = Set.of(Kind.NOT_PERMITTED);
  private Instant began;
  private Instant lookedAtAgain;

  PersonStep(AttemptParts parts, Step definition, About about) {
    this.parts = parts;
    this.definition = definition;
    this.about = about;
    this.party = definition.party();
  }

  /** The element, or a field of it, to look at if a third party cannot be reached. */
  @CheckReturnValue
  public PersonStep field(String path) {
    field = path;
    return this;
  }

  /** Asks another party than the checklist's. */
  @CheckReturnValue
  public PersonStep askedOf(Party other) {
    party = other;
    return this;
  }

  /** Gives the person this text below the checklist's instructions. */
  @CheckReturnValue
  public PersonStep material(String text) {
    material = text;
    return this;
  }

  /** Gives the person this text to copy, such as code to paste; an empty one is none. */
  @CheckReturnValue
  public PersonStep snippet(String title, String text) {
    if (!text.isEmpty()) {
      snippets.add(new Snippet(title, text));
    }
    return this;
  }

  /** The troubles of a machine after which a person takes the step; by default, NOT_PERMITTED. */
  @CheckReturnValue
  public PersonStep leftToPerson(Set<Kind> kinds) {
    leftToPerson = kinds;
    return this;
  }

  /** Times the step from when it was first begun under this name: its evidence tells. */
  @CheckReturnValue
  public PersonStep timed(String name) {
    Note first =
        parts
            .surroundings()
            .remember(Note.Kind.RESOURCE, "began:" + name, Json.tree(parts.surroundings().now()));
    began = Json.MAPPER.convertValue(first.value(), Instant.class);
    return this;
  }

  /** Has a machine look again by itself at this time, while the person is still waited for. */
  @CheckReturnValue
  public PersonStep lookedAtAgain(Instant at) {
    lookedAtAgain = at;
    return this;
  }

  /** A person's statement of the step, if it was not rejected and is about the present values. */
  @CheckReturnValue
  public Optional<Answer> statement() {
    return parts.statements().of(definition.id(), about);
  }

  /**
   * Has a person state the step; no machine can look at it.
   *
   * @return the statement
   */
  public Answer attested() {
    Answer answer = asked();
    record(answer);
    parts.statements().accept(answer);
    return answer;
  }

  /**
   * Has a person take the step, and a machine look afterwards.
   *
   * @param look answers what it found; it throws {@link UnmetRequirement} if the step is not taken,
   *     and then the person is asked again with the reason, while a machine looks again by itself
   *     if the requirement says when; and {@link SystemTrouble} as {@link #machine}
   */
  public void person(Supplier<Finding> look) {
    person(statement -> look.get());
  }

  /** The same, for a look that reads the person's statement. */
  public void person(Function<Answer, Finding> look) {
    parts.failures().during(definition);
    Answer answer = asked();
    record(answer);
    try {
      parts.log().add(look.apply(answer), began);
    } catch (UnmetRequirement unmet) {
      Problem problem = parts.failures().problem(unmet);
      if (unmet.lookAgain() == null) {
        parts.statements().reject(answer, problem);
        throw asks(problem);
      }
      // Others may bring it about: a machine looks at the statement again.
      throw lookedAtAgain(unmet.lookAgain()).asks(problem);
    } catch (SystemTrouble trouble) {
      throw parts.failures().of(trouble, field, began);
    }
    parts.statements().accept(answer);
  }

  /**
   * Waits until people who were invited have accepted. A machine looks at once, and again with
   * growing pauses; meanwhile the step's party is asked to remind those who are missing, and is
   * reminded of that. A statement has the machine look at once, and proves nothing by itself.
   *
   * @param look answers who has accepted, and changes nothing
   */
  public void accepted(Supplier<Acceptance> look) {
    parts.failures().during(definition);
    Optional<Answer> stated = statement();
    Acceptance found;
    try {
      found = look.get();
    } catch (SystemTrouble trouble) {
      throw parts.failures().of(trouble, field, began);
    }
    if (!found.isComplete()) {
      Problem missing = notAccepted(found);
      stated.ifPresent(answer -> parts.statements().reject(answer, missing));
      throw lookedAtAgain(nextLook())
          .material(found.material())
          .asks(stated.isPresent() ? missing : parts.statements().rejection(definition.id()));
    }
    stated.ifPresent(
        answer -> {
          record(answer);
          parts.statements().accept(answer);
        });
    parts.log().add(found.seen(), began);
  }

  private Problem notAccepted(Acceptance found) {
    return new Problem(
        field + ".not-accepted",
        "slipway",
        field,
        "Not yet: " + String.join(", ", found.missing()) + ".",
        "Ask them to accept; it is looked at again by itself.");
  }

  private Instant nextLook() {
    Instant now = parts.surroundings().now();
    Note first =
        parts
            .surroundings()
            .remember(Note.Kind.INTENT, "accepted:" + definition.id(), Json.tree(now));
    Instant since = Json.MAPPER.convertValue(first.value(), Instant.class);
    return now.plus(Acceptance.pause(Duration.between(since, now)));
  }

  /**
   * Has a machine take the step, if it can.
   *
   * @param action as in {@link MachineStep#machine}
   * @return to say who takes the step after a trouble of {@link #leftToPerson}
   */
  @CheckReturnValue
  public FallbackStep machine(Supplier<Finding> action) {
    return new FallbackStep(this, action);
  }

  /**
   * Has a probe runner inside the customer's network take the step, or a person who may run none
   * there and states it.
   *
   * @param seen answers the findings in what the runner saw; throws {@link UnmetRequirement}
   */
  public void probed(Probe probe, Function<ProbeResult, List<Finding>> seen) {
    parts.failures().during(definition);
    Optional<Answer> stated = statement();
    if (stated.isPresent()) {
      record(stated.get());
      parts.statements().accept(stated.get());
      return;
    }
    fromRunner(probe, seen);
  }

  /**
   * Has a data runner run a job. No statement stands in for it.
   *
   * @param seen answers the finding in what the runner told; throws {@link UnmetRequirement}
   * @return what it told
   */
  public ProbeResult ran(DataJob job, Function<ProbeResult, Finding> seen) {
    parts.failures().during(definition);
    return fromRunner(job, told -> List.of(seen.apply(told)));
  }

  private ProbeResult fromRunner(Probe probe, Function<ProbeResult, List<Finding>> seen) {
    ProbeRecord asked = parts.surroundings().probe(definition.id(), probe.parameters());
    if (asked.result() == null) {
      throw parts.asks().probe(definition, probe, material);
    }
    EvidenceLog log = parts.log();
    RunnerEvidence runner =
        new RunnerEvidence(asked.result(), parts.surroundings().standIns(), log.redactor());
    if (runner.result().trouble() != null) {
      log.add(runner.ofTrouble(probe));
      throw parts.failures().of(runner.unmet(probe, field));
    }
    try {
      seen.apply(runner.result()).forEach(finding -> log.add(runner.of(finding)));
    } catch (UnmetRequirement unmet) {
      log.add(runner.ofFacts(probe));
      throw parts.failures().of(unmet);
    }
    return runner.result();
  }

  /** Whether a machine takes the step, or finds it taken; if not, it says in the evidence why. */
  boolean taken(Supplier<Finding> action) {
    parts.failures().during(definition);
    Optional<Answer> stated = statement();
    try {
      Finding finding = action.get();
      // A person says to have taken the step, and the machine finds it taken.
      stated.ifPresent(
          answer -> {
            record(answer);
            parts.statements().accept(answer);
          });
      parts.log().add(finding, began);
      return true;
    } catch (SystemTrouble trouble) {
      if (!leftToPerson.contains(trouble.kind())) {
        throw parts.failures().of(trouble, field, began);
      }
      parts.failures().leftToPerson(trouble, began);
      return false;
    } catch (UnmetRequirement unmet) {
      throw parts.failures().of(unmet);
    }
  }

  /** The statement of the step; asks for it if there is none that holds. */
  private Answer asked() {
    return statement().orElseThrow(() -> asks(parts.statements().rejection(definition.id())));
  }

  private AttemptEnded asks(Problem problem) {
    return parts.asks().step(definition, party, material, snippets, problem, lookedAtAgain);
  }

  private void record(Answer statement) {
    parts.log().add(definition, statement, began);
  }
}

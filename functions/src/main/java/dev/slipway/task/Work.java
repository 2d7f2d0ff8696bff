package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Sight;
import dev.slipway.systems.net.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One attempt at a task, as its handler sees it: the inputs, the steps, and a memory across
 * attempts. A handler goes through its steps in order, in straight lines:
 *
 * <pre>{@code
 * protected void perform(Work work) {
 *   Members members = new Members(work.element("logging"), work.secret("logging"));
 *   work.step("check-project").field("logging.project").machine(members::project);
 *   work.step("invite-users")
 *       .about("logging.users")
 *       .field("logging.users")
 *       .leftToPerson(Set.of(Kind.NOT_PERMITTED, Kind.NOT_FOUND))
 *       .machine(members::invite)
 *       .orPerson(members::look);
 * }
 *
 * protected void verify(Work work) {
 *   work.proof("logging.users", () -> members(work).look());
 * }
 * }</pre>
 *
 * <p>A step that cannot be passed yet ends the attempt with an open outcome; the next attempt
 * begins at the first step again, so each step looks before it acts.
 */
public final class Work {
  /** Longer than a function lives: of one that died in between, the others wait so long. */
  private static final Duration LONGEST_ALONE = Duration.ofMinutes(5);

  private final String onboarding;
  private final Task task;
  private final InstanceView place;
  private final AttemptParts parts;
  private final Set<String> taken = new LinkedHashSet<>();

  Work(
      AttemptContext surroundings,
      String onboarding,
      Task task,
      InstanceView place,
      Map<String, CredentialRecord> credentials,
      Map<String, Answer> answers) {
    this.onboarding = onboarding;
    this.task = task;
    this.place = place;
    EvidenceLog log = new EvidenceLog(surroundings);
    GivenValues given =
        new GivenValues(place.elements(), id -> Optional.ofNullable(place.giver(id).element()));
    Asks asks = new Asks(surroundings, onboarding, given, log);
    Inputs inputs = new Inputs(surroundings, place, credentials, asks, log);
    this.parts =
        new AttemptParts(
            surroundings,
            inputs,
            new Statements(surroundings, answers),
            log,
            asks,
            new Failures(surroundings, inputs, log));
  }

  /** The onboarding's id. */
  public String onboarding() {
    return onboarding;
  }

  /**
   * The position of the task's instance on an axis of its dimension: {@code at("environment")} is
   * {@code uat}.
   *
   * @throws IllegalArgumentException if the task has no instances along that axis
   */
  public String at(String axis) {
    String value = place.at().get(axis);
    if (value == null) {
      throw new IllegalArgumentException(task.id() + " has no instances by " + axis);
    }
    return value;
  }

  /** The time. */
  public Instant now() {
    return parts.surroundings().now();
  }

  /**
   * Whether a task that is done is looked at a second time, as before going live: what the first
   * look could not see yet has to be there now.
   */
  public boolean isSecondLook() {
    return parts.surroundings().isSecondLook();
  }

  // --- inputs

  /** An element's value; waits for it if it is not given. */
  public JsonNode element(String id) {
    return parts.inputs().element(id);
  }

  /** An element's value, if it is given. */
  public Optional<JsonNode> optionalElement(String id) {
    return parts.inputs().optionalElement(id);
  }

  /**
   * Waits for an element to say what it leaves open, such as {@code unknown}: asks the party that
   * gives it. Goes on if it is said.
   *
   * @param instructions what it has to say
   */
  public void waitForElement(String id, boolean isSaid, String instructions) {
    if (!isSaid) {
      throw parts.asks().input(place.giver(id).party(), instructions, Inputs.CHECKED, null);
    }
  }

  /**
   * All elements given so far, element id to value; of those with instances or parts, what concerns
   * the task's instance.
   */
  public JsonNode elements() {
    return parts.inputs().elements();
  }

  /** The content of a file that was handed over, by its SHA-256 in hex; empty if there is none. */
  public Optional<Bytes> file(String sha256) {
    return parts.inputs().file(sha256);
  }

  /**
   * The credential of a system, in the version that was found valid; waits for one.
   *
   * @param system such as {@code smtp}. Where the task reads the credentials of several instances,
   *     with the one that is meant: {@code mnohub-tenant@uat.acme}
   * @param choices fields whose values are no secrets, such as a provider's name: evidence shows
   *     them. They are those of the attempt's first reading
   */
  public JsonNode secret(String system, String... choices) {
    return parts.inputs().secret(system, choices);
  }

  /**
   * The credential of a system that the task makes for itself, such as the keys by which an
   * application encrypts: made once, kept as every other, and read by this task alone. The
   * checklist declares it with the party {@code MACHINE}.
   *
   * @param make makes it, if there is none
   */
  public JsonNode ownSecret(String system, Supplier<JsonNode> make) {
    return parts.inputs().ownSecret(system, make);
  }

  /**
   * The test of the credential that {@link #secret} answers: {@code VALID}, or {@code INCONCLUSIVE}
   * with the reason why no machine can tell before it is used.
   */
  public Finding testOf(String system) {
    CredentialRecord tested = parts.inputs().tested(system);
    return new Finding(
        "test of the credential",
        tested.name(),
        tested.grade() + ": " + tested.message(),
        tested.at());
  }

  /** Whether there is a valid credential for a system whose credential is optional. */
  public boolean hasSecret(String system) {
    return parts.inputs().hasSecret(system);
  }

  /**
   * The version of the credential that {@link #secret} answers, which names the credential in notes
   * and in {@link About} without giving it away. Waits for one as {@link #secret} does.
   */
  public String secretVersion(String system) {
    return parts.inputs().secretVersion(system);
  }

  /** A person's answer to a step, unless it was rejected. */
  public Optional<Answer> answer(String step) {
    return parts.statements().of(step);
  }

  /**
   * The values of elements, for a statement that is also about other values, or for several steps.
   *
   * @param paths each an element's id, or a field of it
   */
  public About about(String... paths) {
    return About.given(elements(), paths);
  }

  // --- steps

  /**
   * A step of the task, to say who takes it. Waits for the tasks that the checklist says must be
   * final before this step.
   *
   * @param id the step's id in the checklist
   */
  @CheckReturnValue
  public MachineStep step(String id) {
    List<String> open = place.awaited().getOrDefault(id, List.of());
    if (!open.isEmpty()) {
      throw parts.asks().tasks(open, Outcome.Waiting.onTasks(open).instructions());
    }
    taken.add(id);
    return new MachineStep(parts, task.step(id));
  }

  /**
   * Evidence of the task as a whole, apart from its steps: in {@code verify} that the task is
   * accomplished, in {@code putBack} that the old settings are back.
   *
   * @param field the element to look at if a third party cannot be reached; null for none
   * @param look as in {@link MachineStep#machine}
   */
  public void proof(String field, Supplier<Finding> look) {
    parts.failures().during(null);
    parts.take(field, look);
  }

  /** Waits until other tasks have become final; with none, goes on. */
  public void waitFor(List<String> tasks, String why) {
    if (!tasks.isEmpty()) {
      throw parts.asks().tasks(tasks, why);
    }
  }

  /** Waits until a time, while nobody has to act; goes on if the time is past. */
  public void waitUntil(Instant time, String why) {
    if (now().isBefore(time)) {
      throw parts.asks().until(time, why);
    }
  }

  /**
   * Waits to look again at what takes hours to weeks, such as an invitation that a person accepts:
   * an hour at a time at first, six hours after the sixth, and a day after the first day. A month
   * has about forty looks, for which an execution's history has room.
   *
   * @param what names the wait; its time counts from the first call
   */
  public void waitLonger(String what, String why) {
    Duration waited = Duration.between(since("waits:" + what), now());
    Duration pause =
        waited.compareTo(Duration.ofHours(6)) < 0
            ? Duration.ofHours(1)
            : waited.compareTo(Duration.ofDays(1)) < 0 ? Duration.ofHours(6) : Duration.ofDays(1);
    waitUntil(now().plus(pause), why);
  }

  // --- memory

  /**
   * Remembers a value under a name, unless one is remembered already. An intent is remembered
   * before an action that cannot be looked up afterwards; a setting's old value before it is
   * changed.
   *
   * @return the value that is kept
   */
  public JsonNode remember(Note.Kind kind, String name, JsonNode value) {
    return parts.surroundings().remember(kind, name, value).value();
  }

  /**
   * When this was first asked for a name, by whichever attempt: the beginning of a wait, say.
   *
   * @param name of the note, an intent
   */
  public Instant since(String name) {
    return Instant.parse(remember(Note.Kind.INTENT, name, Json.tree(now())).asText());
  }

  /**
   * Performs an action whose effect cannot be looked up, such as sending a mail, unless it is
   * remembered as done. The action is performed a second time only if an earlier attempt ended
   * between the action and its note.
   *
   * @param intent the name of the note before the action
   * @param done the name of the note after the action
   * @return when the action was done, as text in ISO 8601
   */
  public String once(String intent, String done, Runnable action) {
    return remembered(Note.Kind.RESOURCE, done)
        .orElseGet(
            () -> {
              remember(Note.Kind.INTENT, intent, Json.tree(now()));
              action.run();
              return remember(Note.Kind.RESOURCE, done, Json.tree(now()));
            })
        .asText();
  }

  /**
   * Runs an action while no other attempt of the onboarding runs one under the same name, such as a
   * change that is made of all that was read before it.
   *
   * @throws Slipway.Busy while another one does: the attempt is made again a little later
   */
  public <T> T alone(String name, Supplier<T> action) {
    Instant until = now().plus(LONGEST_ALONE);
    if (!parts.surroundings().hold(name, until)) {
      throw new Slipway.Busy(until);
    }
    try {
      return action.get();
    } finally {
      parts.surroundings().release(name);
    }
  }

  /** The value that was remembered under a name. */
  public Optional<JsonNode> remembered(Note.Kind kind, String name) {
    return parts.surroundings().remembered(kind, name).map(Note::value);
  }

  /** When a value was remembered under a name. */
  public Optional<Instant> rememberedAt(Note.Kind kind, String name) {
    return parts.surroundings().remembered(kind, name).map(Note::at);
  }

  // --- the end of the attempt

  /** The result of the attempt, to commit. */
  Result result(Outcome outcome, String fingerprint) {
    return new Result(outcome, fingerprint, true, judged(), parts.failures().timeToMend(task));
  }

  /** The ids of the steps to which the handler came. */
  Set<String> stepsTaken() {
    return taken;
  }

  /** The outcome once the task's settings are put back: the vendor decides what comes next. */
  Outcome.Waiting putBack(String by, String reason) {
    return parts.asks().decision(by, reason);
  }

  /** The outcome for a requirement that is not met, found outside of a step. */
  Outcome.Failed unmet(UnmetRequirement unmet) {
    return parts.failures().outcome(unmet);
  }

  /** What the attempt says of a task that was done and is looked at after go-live. */
  Sight sight(Outcome outcome, Instant began) {
    return new LookOutcome(parts.failures(), parts.log(), began, now()).of(outcome);
  }

  List<Evidence> evidence() {
    return parts.log().entries();
  }

  List<Answer> judged() {
    return parts.statements().judged();
  }
}

package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.credentials.SecretUnusable;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.Party;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TaskKey;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One attempt at a task, as its handler sees it: the inputs, the steps, and a memory across
 * attempts.
 *
 * <p>A handler goes through its steps in order, in straight lines. A step that cannot be passed yet
 * ends the attempt with an open outcome; the next attempt begins at the first step again, so each
 * step looks before it acts.
 */
public final class Work {
  /** When a machine tries again by itself after a trouble that may pass. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** How long people have for what is missing. */
  private static final Duration TO_BE_GIVEN = Duration.ofDays(3);

  /** What was said was about other values: what is asked now is another thing. */
  private static final String OUTDATED = "statement.outdated";

  private static final Set<SystemTrouble.Kind> NOT_PERMITTED =
      Set.of(SystemTrouble.Kind.NOT_PERMITTED);

  private final Surroundings surroundings;
  private final String onboarding;
  private final Task task;
  private final TaskKey key;
  private final JsonNode elements;
  private final Map<String, CredentialRecord> credentials;
  private final Map<String, Answer> answers;

  private final List<Evidence> evidence = new ArrayList<>();
  private final List<Answer> judged = new ArrayList<>();
  private final Map<String, JsonNode> secrets = new HashMap<>();
  private Redactor redactor = Redactor.none();
  private Instant began;

  /** What is being taken; null: nothing yet, or a look at the whole. */
  private Step taking;

  Work(
      Surroundings surroundings,
      String onboarding,
      Task task,
      TaskKey key,
      JsonNode elements,
      Map<String, CredentialRecord> credentials,
      Map<String, Answer> answers) {
    this.surroundings = surroundings;
    this.onboarding = onboarding;
    this.task = task;
    this.key = key;
    this.elements = elements;
    this.credentials = credentials;
    this.answers = new HashMap<>(answers);
  }

  // --- inputs

  /** The onboarding's id. */
  public String onboarding() {
    return onboarding;
  }

  /** The environment, tenant or application; empty when there is only one. */
  public String instance() {
    return key.instance();
  }

  /** The time. */
  public Instant now() {
    return surroundings.now();
  }

  /** The way out to third parties. */
  public Egress egress() {
    return surroundings.egress();
  }

  /** Knows every secret read so far. */
  public Redactor redactor() {
    return redactor;
  }

  /** An element's value; waits for it if it is not there. */
  public JsonNode element(String id) {
    return optionalElement(id)
        .orElseThrow(
            () ->
                new OpenStep(
                    missing(
                        "Give the element `" + id + "`.",
                        "Its form is checked as it is saved.",
                        null)));
  }

  /** All elements given so far, element id to value. */
  public JsonNode elements() {
    return elements;
  }

  /** An element's value, if it was given. */
  public Optional<JsonNode> optionalElement(String id) {
    return Optional.ofNullable(elements.get(id)).filter(value -> !value.isNull());
  }

  /** What a file holds that was handed over, by its SHA-256 in hex; empty if there is none. */
  public Optional<Bytes> file(String sha256) {
    return surroundings.file(onboarding, sha256);
  }

  /** The version of a system's credential that was found valid; waits for one. */
  public JsonNode secret(String system) {
    return secrets.computeIfAbsent(system, this::readSecret);
  }

  private JsonNode readSecret(String system) {
    CredentialRecord known = credentials.get(system);
    if (known == null || known.validVersionId() == null) {
      throw new OpenStep(
          missing(
              "Store a valid credential for `" + system + "`.",
              "It is tested against the system as it is stored.",
              known == null
                  ? null
                  : new Problem(
                      "credential." + known.grade().name().toLowerCase(java.util.Locale.ROOT),
                      system,
                      "credential:" + system,
                      known.message(),
                      "Store another value.")));
    }
    JsonNode secret;
    try {
      secret = surroundings.secret(onboarding, system, known.validVersionId());
    } catch (SecretUnusable e) {
      throw new OpenStep(
          missing(
              "Store the credential for `" + system + "` again.",
              "It is tested against the system as it is stored.",
              new Problem(
                  "credential.gone",
                  system,
                  "credential:" + system,
                  "The value that was found valid is deleted, or is scheduled for deletion: "
                      + e.name()
                      + ".",
                  "Store it again.")));
    }
    redactor = redactor.and(values(secret).toArray(String[]::new));
    return secret;
  }

  private static List<String> values(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isValueNode()) {
      texts.add(node.asText());
    } else {
      node.forEach(child -> texts.addAll(values(child)));
    }
    return texts;
  }

  /** Whether there is a valid credential for a system whose credential is optional. */
  public boolean hasSecret(String system) {
    CredentialRecord known = credentials.get(system);
    return known != null && known.validVersionId() != null;
  }

  /**
   * The version of the credential that {@link #secret} answers: names what was done with it without
   * naming it. Waits for a credential as {@link #secret} does.
   */
  public String secretVersion(String system) {
    secret(system);
    return credentials.get(system).validVersionId();
  }

  /** What a person said of a step, unless it was rejected. */
  public Optional<Answer> answer(String step) {
    return Optional.ofNullable(answers.get(step))
        .filter(answer -> answer.verdict() != Answer.Verdict.REJECTED);
  }

  /** The same, if it holds for these values. */
  public Optional<Answer> answer(String step, About about) {
    concerns(step, about);
    return answer(step);
  }

  /**
   * What a statement is about.
   *
   * @param paths each an element's id, or a field of it
   */
  public About about(String... paths) {
    return About.given(elements, paths);
  }

  /** A statement that was used for other values is outdated: the step is asked again. */
  private void concerns(String step, About about) {
    Answer answer = answers.get(step);
    if (answer == null || answer.verdict() == Answer.Verdict.REJECTED) {
      return;
    }
    JsonNode hash = Json.tree(about.hash());
    if (!remember(Note.Kind.RESOURCE, "concerns:" + answer.id(), hash).equals(hash)) {
      judge(
          answer,
          Answer.Verdict.REJECTED,
          new Problem(
              OUTDATED,
              "slipway",
              null,
              "What was said of this step was about values that have changed since.",
              "Take the step again with the present values, and say so."));
      answers.put(step, judged.getLast());
    }
  }

  // --- steps: whatever a person may say of one is about values, which come with the step

  /**
   * A step that a machine takes.
   *
   * @param step the step's id in the checklist
   * @param field the element to look at when the other side cannot be reached
   * @param action does it if it is not done yet, and says what was found; throws {@link Unmet} or
   *     {@link SystemTrouble}
   */
  public void machine(String step, String field, Supplier<Finding> action) {
    taking = task.step(step);
    add(attempt(field, action));
  }

  /**
   * A step that a machine takes if it is permitted to, and otherwise a person.
   *
   * @param about what a person's statement of it is about
   * @param action as in {@link #machine}
   * @param check looks whether the person did it; throws {@link Unmet} if not
   * @return whether the machine took it, or found it taken
   */
  public boolean machineOrPerson(
      String step, About about, String field, Supplier<Finding> action, Supplier<Finding> check) {
    return machineOrPerson(step, about, field, NOT_PERMITTED, action, check);
  }

  /**
   * As above, for what is not certain to be offered by machine at all.
   *
   * @param leftToPerson the kinds of trouble after which a person takes the step
   */
  public boolean machineOrPerson(
      String step,
      About about,
      String field,
      Set<SystemTrouble.Kind> leftToPerson,
      Supplier<Finding> action,
      Supplier<Finding> check) {
    return machineOrPerson(step, about, "", field, leftToPerson, action, check);
  }

  /**
   * As above, for what a person does with something that is made for this onboarding.
   *
   * @param material what the person gets below the checklist's instructions
   */
  public boolean machineOrPerson(
      String step,
      About about,
      String material,
      String field,
      Set<SystemTrouble.Kind> leftToPerson,
      Supplier<Finding> action,
      Supplier<Finding> check) {
    if (byMachine(step, about, field, leftToPerson, action)) {
      return true;
    }
    person(step, about, material, field, check);
    return false;
  }

  /**
   * A step that a machine takes if it can, and that a person otherwise takes and states.
   *
   * @param about what a person's statement of it is about
   * @param leftToPerson the kinds of trouble after which a person takes the step
   * @param action as in {@link #machine}
   */
  public void machineOrAttested(
      String step,
      About about,
      String field,
      Set<SystemTrouble.Kind> leftToPerson,
      Supplier<Finding> action) {
    if (!byMachine(step, about, field, leftToPerson, action)) {
      attested(step, about);
    }
  }

  private boolean byMachine(
      String step,
      About about,
      String field,
      Set<SystemTrouble.Kind> leftToPerson,
      Supplier<Finding> action) {
    taking = task.step(step);
    concerns(step, about);
    try {
      Finding finding = action.get();
      Answer answer = answers.get(step);
      if (answer != null && answer.verdict() != Answer.Verdict.REJECTED) {
        // A person says to have taken the step, and the machine finds it done.
        add(statement(task.step(step), answer));
        judge(answer, Answer.Verdict.ACCEPTED, null);
      }
      add(finding);
      return true;
    } catch (SystemTrouble trouble) {
      if (!leftToPerson.contains(trouble.kind())) {
        throw failed(trouble, field);
      }
      add(
          new Finding(
              trouble.asked(),
              trouble.against(),
              trouble.kind().code() + ": a person does it. " + trouble.getMessage()));
      return false;
    } catch (Unmet unmet) {
      throw failed(unmet);
    }
  }

  /**
   * A step that a person takes and a machine verifies afterwards.
   *
   * @param about what the statement is about
   */
  public void person(String step, About about, String field, Supplier<Finding> check) {
    person(step, about, "", field, check);
  }

  /**
   * A step that a person takes with something that is made for this onboarding.
   *
   * @param material what the person needs besides the checklist's instructions, and gets below them
   */
  public void person(
      String step, About about, String material, String field, Supplier<Finding> check) {
    Step definition = task.step(step);
    Party party = definition.party();
    taking = definition;
    concerns(step, about);
    Answer answer = answers.get(step);
    if (answer == null || answer.verdict() == Answer.Verdict.REJECTED) {
      throw new OpenStep(ask(definition, party, material, answer == null ? null : answer.why()));
    }
    add(statement(definition, answer));
    try {
      add(check.get());
    } catch (Unmet unmet) {
      Problem problem = redacted(unmet);
      judge(answer, Answer.Verdict.REJECTED, problem);
      throw new OpenStep(ask(definition, party, material, problem));
    } catch (SystemTrouble trouble) {
      throw failed(trouble, field);
    }
    judge(answer, Answer.Verdict.ACCEPTED, null);
  }

  /**
   * A step that a person takes and states; no machine can see it. Answers what was said.
   *
   * @param about what the statement is about
   */
  public Answer attested(String step, About about) {
    return attested(step, about, task.step(step).party());
  }

  /** The same, asked of a party other than the checklist's. */
  public Answer attested(String step, About about, Party party) {
    Step definition = task.step(step);
    concerns(step, about);
    Answer answer = answers.get(step);
    if (answer == null || answer.verdict() == Answer.Verdict.REJECTED) {
      throw new OpenStep(ask(definition, party, "", answer == null ? null : answer.why()));
    }
    add(statement(definition, answer));
    judge(answer, Answer.Verdict.ACCEPTED, null);
    return answer;
  }

  /**
   * A step that a probe runner inside the customer's network takes, or that a person takes and
   * states who may run none there.
   *
   * @param about what a person's statement of it is about
   * @param field the element to look at when there is trouble
   * @param seen makes of what the runner saw what was found; throws {@link Unmet}
   */
  public void probed(
      String step,
      About about,
      String field,
      Probe probe,
      Function<ProbeResult, List<Finding>> seen) {
    Step definition = task.step(step);
    taking = definition;
    concerns(step, about);
    Answer answer = answers.get(step);
    if (answer != null && answer.verdict() != Answer.Verdict.REJECTED) {
      add(statement(definition, answer));
      judge(answer, Answer.Verdict.ACCEPTED, null);
      return;
    }
    ProbeRecord asked = surroundings.probe(onboarding, key, step, probe.parameters());
    if (asked.result() == null) {
      throw new OpenStep(new ProbeWait(onboarding, now()).outcome(definition, probe, evidence()));
    }
    RunnerEvidence runner = new RunnerEvidence(asked.result(), surroundings.standIns(), redactor);
    if (runner.result().trouble() != null) {
      evidence.add(runner.ofTrouble(probe));
      throw failed(runner.unmet(probe, field));
    }
    try {
      seen.apply(runner.result()).forEach(finding -> add(runner.of(finding)));
    } catch (Unmet unmet) {
      evidence.add(runner.ofFacts(probe));
      throw failed(unmet);
    }
  }

  /** A step that a machine takes from outside, and a probe runner if only the inside reaches it. */
  public void machineOrProbed(
      String step,
      About about,
      String field,
      Supplier<Finding> action,
      Probe probe,
      Function<ProbeResult, List<Finding>> seen) {
    if (!byMachine(step, about, field, Set.of(SystemTrouble.Kind.ADDRESS_REFUSED), action)) {
      probed(step, about, field, probe, seen);
    }
  }

  /**
   * Times what is done inside, from when it was first begun under this name: its evidence tells.
   */
  public void timed(String name, Runnable inside) {
    Instant outside = began;
    began =
        Json.MAPPER.convertValue(
            remember(Note.Kind.RESOURCE, "began:" + name, Json.tree(now())), Instant.class);
    try {
      inside.run();
    } finally {
      began = outside;
    }
  }

  /** Waits until other tasks have become final; with none, goes on. */
  public void waitFor(List<String> tasks, String why) {
    if (!tasks.isEmpty()) {
      throw new OpenStep(
          new Outcome.Waiting(Party.MACHINE, null, tasks, why, null, null, null, null, evidence()));
    }
  }

  /** Waits, without anybody having to do anything, until a time. */
  public void waitUntil(Instant time, String why) {
    if (now().isBefore(time)) {
      throw new OpenStep(
          new Outcome.Waiting(
              Party.MACHINE, null, List.of(), why, null, null, time, null, evidence()));
    }
  }

  /** Proof, given by the {@code verify} of a handler. */
  public void proof(String field, Supplier<Finding> look) {
    taking = null;
    add(attempt(field, look));
  }

  /** Something that is put back to what it was, by {@code putBack} of a handler. */
  public void restored(String field, Supplier<Finding> action) {
    add(attempt(field, action));
  }

  /** What the task waits for once its settings are put back. */
  Outcome.Waiting putBack(String by, String reason) {
    String instructions =
        "The old settings were put back for "
            + by
            + " ("
            + reason
            + "). Retry the task to have them set again, or do without it.";
    return new Outcome.Waiting(
        Party.VENDOR,
        null,
        List.of(),
        instructions,
        "The decision is recorded.",
        due(Party.VENDOR, null, instructions, null, TO_BE_GIVEN),
        null,
        null,
        evidence());
  }

  private Finding attempt(String field, Supplier<Finding> action) {
    try {
      return action.get();
    } catch (SystemTrouble trouble) {
      throw failed(trouble, field);
    } catch (Unmet unmet) {
      throw failed(unmet);
    }
  }

  private OpenStep failed(Unmet unmet) {
    return new OpenStep(unmet(unmet));
  }

  /** What cannot be accomplished yet. */
  Outcome.Failed unmet(Unmet unmet) {
    return new Outcome.Failed(redacted(unmet), null, evidence());
  }

  /** A handler may quote what a third party said. */
  private Problem redacted(Unmet unmet) {
    Problem problem = unmet.problem();
    return new Problem(
        problem.code(),
        problem.system(),
        problem.field(),
        redactor.redact(problem.message()),
        redactor.redact(problem.nextStep()));
  }

  private OpenStep failed(SystemTrouble trouble, String field) {
    boolean ofCredential =
        switch (trouble.kind()) {
          case AUTHENTICATION_FAILED, NOT_PERMITTED -> true;
          default -> false;
        };
    boolean mayPass =
        switch (trouble.kind()) {
          case NOT_CONNECTED, TIMED_OUT, CUT_OFF, OUT_OF_ORDER, RATE_LIMITED -> true;
          default -> false;
        };
    evidence.add(
        stamped(
            new Finding(
                trouble.asked(),
                trouble.against(),
                trouble.answered().isEmpty() ? trouble.kind().code() : trouble.answered())));
    return new OpenStep(
        new Outcome.Failed(
            new Problem(
                trouble.code(),
                trouble.system(),
                ofCredential && credentials.containsKey(trouble.system())
                    ? "credential:" + trouble.system()
                    : field,
                redactor.redact(trouble.getMessage()),
                trouble.nextStep()),
            mayPass ? trouble.retryAt().orElse(now().plus(PATIENCE)) : null,
            evidence()));
  }

  private Outcome.Waiting ask(Step step, Party party, String material, Problem problem) {
    String instructions =
        Stream.of(step.instructions(), new GivenValues(elements).lines(step.shows()), material)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining("\n\n"));
    return new Outcome.Waiting(
        party,
        step.id(),
        List.of(),
        instructions,
        step.check() == null && step.mode() == Mode.ATTESTED
            ? "Your statement is recorded as evidence."
            : step.check(),
        due(party, step.id(), instructions, problem, step.timeGiven()),
        null,
        problem,
        evidence());
  }

  /** Waits for something that is to be given at intake. */
  private Outcome.Waiting missing(String instructions, String check, Problem problem) {
    return new Outcome.Waiting(
        Party.CUSTOMER,
        null,
        List.of(),
        instructions,
        check,
        due(Party.CUSTOMER, null, instructions, problem, TO_BE_GIVEN),
        null,
        problem,
        evidence());
  }

  /** The date of the first ask stays while the same is asked of the same party. */
  private Instant due(
      Party party, String step, String instructions, Problem problem, Duration given) {
    boolean changed = problem != null && problem.code().equals(OUTDATED);
    return FirstAsk.in(surroundings.attempts(onboarding, key))
        .of(party, step, instructions, changed ? OUTDATED : null)
        .orElseGet(() -> now().plus(given));
  }

  private void judge(Answer answer, Answer.Verdict verdict, Problem why) {
    // Looked at twice, by perform and verify: the later judgement counts.
    judged.removeIf(earlier -> earlier.id().equals(answer.id()));
    if (answer.verdict() != verdict) {
      judged.add(answer.judged(verdict, why));
    }
  }

  private void add(Finding finding) {
    add(stamped(finding));
  }

  /** What is found again in the same attempt counts once, at the later time. */
  private void add(Evidence found) {
    evidence.removeIf(
        earlier ->
            earlier.probe().equals(found.probe())
                && earlier.against().equals(found.against())
                && earlier.answer().equals(found.answer()));
    evidence.add(found);
  }

  private Evidence stamped(Finding finding) {
    return new Evidence(
        finding.probe(),
        finding.by() == null ? Evidence.Place.HANDLER : Evidence.Place.PERSON,
        finding.at() == null ? now() : finding.at(),
        redactor.redact(finding.against()),
        redactor.answer(finding.answer()),
        finding.by(),
        finding.by() == null && surroundings.standIns(),
        began);
  }

  private Evidence statement(Step step, Answer answer) {
    // Said before the step was reached: that took no time.
    Instant from = began == null || began.isBefore(answer.at()) ? began : answer.at();
    return new Evidence(
        "statement." + step.id(),
        Evidence.Place.PERSON,
        answer.at(),
        step.title(),
        answer.statement(),
        answer.by(),
        false,
        from);
  }

  // --- memory

  /**
   * Remembers a value under a name, unless one is remembered already. Answers the one kept. An
   * intent is remembered before what cannot be looked up afterwards; a setting's old value before
   * it is changed.
   */
  public JsonNode remember(Note.Kind kind, String name, JsonNode value) {
    return surroundings.remember(onboarding, new Note(key, kind, name, value, now())).value();
  }

  /** What was remembered under a name. */
  public Optional<JsonNode> remembered(Note.Kind kind, String name) {
    return surroundings.remembered(onboarding, key, kind, name).map(Note::value);
  }

  /** When something was remembered under a name. */
  public Optional<Instant> rememberedAt(Note.Kind kind, String name) {
    return surroundings.remembered(onboarding, key, kind, name).map(Note::at);
  }

  // --- results

  /** What the attempt came to. */
  Result result(Outcome outcome, String fingerprint) {
    return new Result(outcome, fingerprint, true, judged(), toMend());
  }

  /** As long as people have for the step itself; of the whole, for the longest of its steps. */
  private Duration toMend() {
    Stream<Step> steps = taking == null ? task.steps().stream() : Stream.of(taking);
    return steps
        .map(Step::due)
        .filter(Objects::nonNull)
        .max(Duration::compareTo)
        .orElse(Step.usualTime());
  }

  /** What was found so far. */
  List<Evidence> evidence() {
    return List.copyOf(evidence);
  }

  List<Answer> judged() {
    return List.copyOf(judged);
  }
}

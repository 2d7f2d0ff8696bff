package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Checklists;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Mode;
import dev.slipway.checklist.Rules;
import dev.slipway.checklist.Step;
import dev.slipway.checklist.Task;
import dev.slipway.credentials.Grade;
import dev.slipway.credentials.SecretUnusable;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Attempt;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Note;
import dev.slipway.ledger.Outcome;
import dev.slipway.ledger.ProbeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.systems.net.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A place in which a handler's attempts can be made without AWS: everything is in memory. */
public final class Bench implements AttemptContext {
  private static final String ONBOARDING = "01JTESTONBOARDING";

  private final Checklist checklist;
  private final Task task;
  private final ObjectNode elements = JsonNodeFactory.instance.objectNode();
  private final ObjectNode wholes = JsonNodeFactory.instance.objectNode();
  private final Map<String, JsonNode> secrets = new HashMap<>();
  private final Map<String, CredentialRecord> credentials = new HashMap<>();
  private final Map<String, Answer> answers = new HashMap<>();
  private final Map<String, Note> notes = new LinkedHashMap<>();
  private final Map<String, Bytes> files = new HashMap<>();
  private final Map<String, String> place = new HashMap<>();
  private Set<String> held = new HashSet<>();
  private Instant now = Instant.parse("2026-11-24T10:00:00Z");
  private int answered;
  private boolean secondLook;
  private Function<Probe, Map<String, String>> sight;
  private int rememberedBeforeCrash = Integer.MAX_VALUE;

  private String person = "anna";

  /** For a task of a checklist's newest version; no two checklists share one. */
  public Bench(String task) {
    Checklists checklists = new Checklists();
    this.checklist =
        checklists.names().stream()
            .map(checklists::newest)
            .filter(each -> each.task(task).isPresent())
            .findFirst()
            .orElseThrow();
    this.task = checklist.task(task).orElseThrow();
  }

  /** Gives an element. */
  public Bench element(String id, String json) {
    wholes.remove(id);
    elements.set(id, json(json));
    return this;
  }

  /**
   * Gives an element as it is given at intake: the handler sees what concerns the task's instance,
   * which stands somewhere by then, and the checklist's rules see all of it.
   */
  public Bench whole(String id, String json) {
    wholes.set(id, json(json));
    elements.set(id, new Instances(checklist, wholes).input(id, place));
    return this;
  }

  /** Stands the task's instance somewhere on an axis of its dimension. */
  public Bench at(String axis, String value) {
    place.put(axis, value);
    return this;
  }

  /** What is given for an element. */
  public JsonNode given(String id) {
    return elements.path(id);
  }

  /** Stores a valid credential, as a new version. */
  public Bench secret(String system, String json) {
    String version = system + "-v" + (secrets.size() + 1);
    secrets.put(version, json(json));
    credentials.put(
        system,
        new CredentialRecord(
            system, "", 1, Grade.VALID, "ok", version, version, null, "anna", now));
    return this;
  }

  /** Deletes all credentials behind the ledger's back. */
  public Bench withoutSecrets() {
    secrets.clear();
    return this;
  }

  /** Hands a file over, under the name of its content. */
  public Bench file(String sha256, Bytes content) {
    files.put(sha256, content);
    return this;
  }

  /** Has a person say that a step is done. */
  public Bench answer(String step) {
    return answer(step, "{}");
  }

  /** The same, with values. */
  public Bench answer(String step, String values) {
    return answer(step, "customer", values);
  }

  /** Has another person answer from now on. */
  public Bench by(String name) {
    person = name;
    return this;
  }

  /** The same, by somebody in a role. */
  public Bench answer(String step, String role, String values) {
    task.step(step);
    answers.put(
        step,
        new Answer(
            key(),
            step,
            1,
            "answer-" + ++answered,
            person,
            role,
            now,
            "I did it",
            json(values),
            Answer.Verdict.GIVEN,
            null));
    return this;
  }

  /** How the machine judged what was said of a step. */
  public Optional<Answer> judged(String step) {
    return Optional.ofNullable(answers.get(step));
  }

  /** Moves the time. */
  public Bench after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** Dies after so many notes were kept: just before the next one is. */
  public Bench crashAfterNotes(int count) {
    rememberedBeforeCrash = count;
    return this;
  }

  /** Makes one attempt: performs, then verifies. */
  public Outcome attempt(TaskFunction function) {
    Work work = work();
    Outcome outcome = attempt(work, function::perform, function::verify);
    if (outcome instanceof Outcome.Done) {
      requireEachStep(work);
    }
    return outcome;
  }

  /** Verifies only, as before go-live. */
  public Outcome verify(TaskFunction function) {
    secondLook = true;
    try {
      return attempt(work(), work -> {}, function::verify);
    } finally {
      secondLook = false;
    }
  }

  /** Puts back what the task changed. */
  public Outcome putBack(TaskFunction function) {
    return attempt(work(), work -> function.putBack(work, "1"), work -> {});
  }

  private Work work() {
    return new Work(
        this,
        ONBOARDING,
        task,
        new InstanceView(place, elements.deepCopy(), Map.of(), Map.of()),
        Map.copyOf(credentials),
        Map.copyOf(answers));
  }

  private Outcome attempt(Work work, Consumer<Work> perform, Consumer<Work> verify) {
    Outcome outcome = ChecklistTask.performed(work, perform, verify);
    requireAskedFor(work);
    work.judged().forEach(answer -> answers.put(answer.step(), answer));
    return outcome;
  }

  /** No handler comes to a step that the checklist's rules leave out. */
  private void requireAskedFor(Work work) {
    List<String> wrong =
        work.stepsTaken().stream()
            .map(task::step)
            .filter(step -> !isAskedFor(step))
            .map(step -> step.id() + ": " + step.condition())
            .toList();
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          task.id() + " takes what the checklist leaves out by its condition: " + wrong);
    }
  }

  /**
   * A handler that is done came to each step that a person is sure to be asked for, and to each
   * that waits for other tasks: plan and pages promise them, and the task rests on what they wait
   * for.
   */
  private void requireEachStep(Work work) {
    List<String> leftOut =
        task.steps().stream()
            .filter(this::isAskedFor)
            .filter(step -> isSurelyByPerson(step) || !step.waitFor().isEmpty())
            .map(Step::id)
            .filter(id -> !work.stepsTaken().contains(id))
            .toList();
    if (!leftOut.isEmpty()) {
      throw new AssertionError(
          task.id() + " is done, and never came to steps that the checklist asks for: " + leftOut);
    }
  }

  private boolean isAskedFor(Step step) {
    return evaluate(step.condition()) != Condition.Answer.DOES_NOT_HOLD;
  }

  private boolean isSurelyByPerson(Step step) {
    return step.onlyIf() == null
        && (step.mode() != Mode.AUTOMATIC
            || (step.byPerson() != null && evaluate(step.byPerson()) == Condition.Answer.HOLDS));
  }

  private Condition.Answer evaluate(String rule) {
    return new Rules(checklist, elements.deepCopy().setAll(wholes)).evaluate(rule, place);
  }

  /** What is noted under a name, of any kind. */
  public Optional<JsonNode> noted(Note.Kind kind, String name) {
    return Optional.ofNullable(notes.get(kind + name)).map(Note::value);
  }

  /** Everything that is noted, as it would be stored. */
  public String notes() {
    return notes.values().toString();
  }

  /** Has a probe runner see something, whenever a probe is asked for. */
  public Bench seesFromInside(Function<Probe, Map<String, String>> sight) {
    this.sight = sight;
    return this;
  }

  @Override
  public ProbeRecord probe(String step, JsonNode parameters) {
    Probe probe = Probe.read(parameters);
    ProbeRecord asked =
        new ProbeRecord(
            "01JPROBE",
            1,
            key(),
            step,
            parameters,
            probe.hash(),
            ProbeRecord.State.PENDING,
            0,
            now,
            now.plus(Duration.ofDays(30)),
            null,
            null);
    if (sight == null) {
      return asked;
    }
    Map<String, String> facts = new HashMap<>(sight.apply(probe));
    String kind = facts.remove("trouble");
    ProbeResult result =
        new ProbeResult(
            asked.id(),
            probe.hash(),
            now,
            facts,
            kind == null ? null : new ProbeResult.Trouble(kind, "It is so.", ""));
    return asked.answered(
        new ProbeRecord.Result(
            "r1", "inside-1", now, Json.tree(result).toString(), "signed", "signature"));
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public JsonNode credential(String system, String version) {
    if (!secrets.containsKey(version)) {
      throw new SecretUnusable("slipway/" + ONBOARDING + "/" + system, null, null);
    }
    return secrets.get(version);
  }

  @Override
  public String ownCredential(String system, String instance, Supplier<JsonNode> make) {
    if (!credentials.containsKey(system)) {
      secret(system, make.get().toString());
    }
    return credentials.get(system).validVersionId();
  }

  @Override
  public Optional<Bytes> file(String sha256) {
    return Optional.ofNullable(files.get(sha256));
  }

  @Override
  public Note remember(Note.Kind kind, String name, JsonNode value) {
    if (rememberedBeforeCrash == 0) {
      rememberedBeforeCrash = Integer.MAX_VALUE;
      throw new IllegalStateException("the process dies here");
    }
    rememberedBeforeCrash -= notes.containsKey(kind + name) ? 0 : 1;
    notes.putIfAbsent(kind + name, new Note(key(), kind, name, value, now));
    return notes.get(kind + name);
  }

  @Override
  public Optional<Note> remembered(Note.Kind kind, String name) {
    return Optional.ofNullable(notes.get(kind + name));
  }

  /** Has its attempts and those of another bench meet, as those of one onboarding do. */
  public Bench beside(Bench other) {
    held = other.held;
    return this;
  }

  @Override
  public boolean hold(String name, Instant until) {
    return held.add(name);
  }

  @Override
  public void release(String name) {
    held.remove(name);
  }

  @Override
  public List<Attempt> attempts() {
    return List.of();
  }

  @Override
  public boolean standIns() {
    return true;
  }

  @Override
  public boolean isSecondLook() {
    return secondLook;
  }

  private TaskKey key() {
    return new TaskKey(task.id(), "");
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

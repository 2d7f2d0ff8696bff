package dev.slipway.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The truth about every onboarding: one DynamoDB table.
 *
 * <p>Every change is a conditional write on the item's version, together with its line of the audit
 * trail. Whoever loses a race is told ({@link LostRaceException}); nothing is overwritten.
 *
 * <p>Keys: {@code PK = ONB#<onboarding>}, {@code SK = META | ELEMENT#<id> | CREDENTIAL#<system> |
 * TASK#<task>[@<instance>] | ANSWER#<task>#<step> | DECISION#<task> | ATTEMPT#<task>#<n> |
 * NOTE#<task>#<kind>#<name> | ROW#<task> | DELEGATE#<task>#<step> | PLAN#<hash> | EVENT#<ulid> |
 * FILE#<sha256>#<n> | RUNNER#<id> | PROBE#<ulid> | OUTBOX#<ulid> | SIGNOFF | REPORT#<sha256>#<n> |
 * PEOPLE}, and {@code PK = KEY#<key>} for idempotency keys and for what happens once in a time.
 * Sparse indexes: {@code signals} (what Wake has to look at), {@code open-work} (what waits for
 * people, by party and due date, and what is to be erased), {@code onboardings} (by state).
 */
public final class Ledger {
  static final String META = "META";
  static final String ONBOARDING = "ONB#";
  private static final String PEOPLE = "PEOPLE";

  /** How many tasks a line of the audit trail names. */
  private static final int MOST_NAMED = 20;

  private final Items items;
  private final Ulids ulids;
  private final Files files;
  private final Files reports;
  private final Probes probes;
  private final Signals signals;
  private final OpenWork openWork;
  private final Keys keys;
  private final Delegations delegations;
  private final Outbox outbox;

  /** A ledger in a table that exists. */
  public Ledger(DynamoDbClient dynamo, String table, InstantSource clock) {
    this(dynamo, table, clock, new SecureRandom());
  }

  /** For tests: chance handed in as well. */
  public Ledger(DynamoDbClient dynamo, String table, InstantSource clock, RandomGenerator random) {
    this.items = new Items(dynamo, table, clock);
    this.ulids = new Ulids(random);
    this.files = new Files(items, "FILE");
    this.reports = new Files(items, "REPORT");
    this.probes = new Probes(this, items);
    this.signals = new Signals(items);
    this.openWork = new OpenWork(items);
    this.keys = new Keys(items);
    this.delegations = new Delegations(this, items);
    this.outbox = new Outbox(this, items);
  }

  /** The files that people handed over. */
  public Files files() {
    return files;
  }

  /** The reports that were signed, compressed. */
  public Files reports() {
    return reports;
  }

  /** The probe runners inside customers' networks, and what they are asked. */
  public Probes probes() {
    return probes;
  }

  /** What Wake has to look at. */
  public Signals signals() {
    return signals;
  }

  /** What waits for people. */
  public OpenWork openWork() {
    return openWork;
  }

  /** What is to happen once in a time. */
  public Keys keys() {
    return keys;
  }

  /** What was handed to a colleague. */
  public Delegations delegations() {
    return delegations;
  }

  /** Tasks that are still to be asked to look again. */
  public Outbox outbox() {
    return outbox;
  }

  /** The time by the ledger's clock. */
  public Instant now() {
    return items.now();
  }

  // --- onboardings

  /** An onboarding by its id. */
  public Optional<Onboarding> onboarding(String id) {
    return items.get(partition(id), META, Onboarding.class);
  }

  /**
   * An onboarding with what decides who is told of what waits in it.
   *
   * @param wanted any other onboarding counts as not there
   */
  public Optional<Overview> overview(String id, Predicate<Onboarding> wanted) {
    return Overview.read(items, id, wanted);
  }

  /**
   * Creates an onboarding once for each request key: the same key answers the same onboarding.
   *
   * @param fingerprint of the request; another request under the same key is refused
   * @throws IllegalArgumentException if the key was used for another request
   */
  public Onboarding create(
      String requestKey,
      String fingerprint,
      String name,
      String checklist,
      String checklistVersion,
      Actor actor) {
    String keyPartition = "KEY#" + requestKey;
    Instant now = now();
    for (int attempt = 0; attempt < 5; attempt++) {
      Optional<RequestKey> earlier = items.get(keyPartition, "KEY", RequestKey.class);
      if (earlier.isPresent()) {
        if (!earlier.get().fingerprint().equals(fingerprint)) {
          throw new IllegalArgumentException(
              "Idempotency-Key: was used before for another request");
        }
        return onboarding(earlier.get().onboarding()).orElseThrow();
      }
      Onboarding created =
          new Onboarding(
              newId(name),
              0,
              name,
              checklist,
              checklistVersion,
              Onboarding.State.INTAKE,
              0,
              false,
              null,
              null,
              now,
              actor.name(),
              null,
              null,
              null,
              null);
      try {
        items.write(
            List.of(
                Write.put(
                        keyPartition,
                        "KEY",
                        0,
                        Json.tree(new RequestKey(created.id(), fingerprint)))
                    .expiring(now.plus(Duration.ofDays(7))),
                write(created, 0),
                event(created.id(), actor, "onboarding.created", null, name, null)));
        return onboarding(created.id()).orElseThrow();
      } catch (LostRaceException e) {
        // The same request at the same moment, or (once in a great while) the same id: look again.
      }
    }
    throw new LostRaceException(keyPartition);
  }

  record RequestKey(String onboarding, String fingerprint) {}

  /** The ids of the onboardings in a state, oldest first. */
  public List<String> onboardingsIn(Onboarding.State state) {
    return items.keys("onboardings", "onboardingState", state.name(), "createdAt", "9").stream()
        .map(key -> onboardingOf(key.partition()))
        .toList();
  }

  /**
   * One page of the onboardings in a state, oldest first.
   *
   * @param after the last one of the page before; null for the first page
   */
  public List<Place> onboardingsIn(Onboarding.State state, Place after, int limit) {
    return items
        .keysAfter(
            "onboardings",
            "onboardingState",
            state.name(),
            "createdAt",
            after == null
                ? null
                : new Items.IndexKey(partition(after.onboarding()), META, after.createdAt()),
            limit)
        .stream()
        .map(key -> new Place(onboardingOf(key.partition()), key.range()))
        .toList();
  }

  /** Where an onboarding stands in the list of its state. */
  public record Place(String onboarding, String createdAt) {}

  /** Writes an onboarding that was read before. */
  public void save(Onboarding before, Onboarding after, Actor actor, String what, String why) {
    items.write(
        List.of(
            write(after, before.version()),
            event(after.id(), actor, what, null, "run " + after.run(), why)));
  }

  // --- the sign-off

  /**
   * Signs an onboarding off: all or nothing, and only if nothing of what the report rests on has
   * changed since {@code before} was read, which moves with whatever a task finally comes to
   * ({@link Change}). So {@code before} has to be read first, and then the outbox and the tasks.
   *
   * @param people who stands behind the aliases that the report tells
   * @throws LostRaceException if the onboarding moved meanwhile
   */
  public void signOff(
      Onboarding before, Onboarding after, SignedReport report, People people, Actor actor) {
    List<Write> writes = new ArrayList<>();
    writes.add(write(after, before.version()));
    writes.add(
        Write.put(partition(after.id()), PEOPLE, people.version(), Json.tree(people.kept())));
    writes.add(Write.put(partition(after.id()), "SIGNOFF", 0, Json.tree(report)));
    writes.add(
        event(
            after.id(),
            actor,
            "onboarding.signed-off",
            null,
            "report SHA-256 " + report.sha256(),
            report.reason()));
    items.write(writes);
  }

  /** The report that was signed; empty before the sign-off. */
  public Optional<SignedReport> signedReport(String onboarding) {
    return items.get(partition(onboarding), "SIGNOFF", SignedReport.class);
  }

  // --- the end

  /** Who stands behind the onboarding's aliases; nobody before the end, and after the erasure. */
  public People people(String onboarding) {
    return items.get(partition(onboarding), PEOPLE, People.class).orElseGet(People::none);
  }

  /**
   * Keeps who stands behind the aliases, over the version that was read.
   *
   * @throws LostRaceException if somebody else did meanwhile
   */
  public void save(String onboarding, People people) {
    items.write(
        List.of(
            Write.put(partition(onboarding), PEOPLE, people.version(), Json.tree(people.kept()))));
  }

  /** All of an onboarding, to erase of it what has to go. */
  public Contents contents(String onboarding) {
    return new Contents(items, partition(onboarding));
  }

  /**
   * Ends the erasure: from now on nobody knows who stands behind the aliases.
   *
   * @throws LostRaceException if the onboarding was changed meanwhile
   */
  public void erased(Onboarding before, Onboarding after, Actor actor, String detail) {
    List<Write> writes = new ArrayList<>();
    writes.add(write(after, before.version()));
    People people = people(after.id());
    if (people.version() > 0) {
      writes.add(Write.removal(partition(after.id()), PEOPLE, people.version()));
    }
    writes.add(event(after.id(), actor, "onboarding.erased", null, detail, null));
    items.write(writes);
  }

  // --- elements and credentials

  /** All elements given so far. */
  public List<ElementRecord> elements(String onboarding) {
    return items.list(partition(onboarding), "ELEMENT#", ElementRecord.class);
  }

  /** One element. */
  public Optional<ElementRecord> element(String onboarding, String id) {
    return items.get(partition(onboarding), "ELEMENT#" + id, ElementRecord.class);
  }

  /**
   * Saves an element over the version that the editor saw.
   *
   * @throws LostRaceException if somebody else saved it meanwhile
   */
  public void save(String onboarding, ElementRecord element, long seenVersion, Actor actor) {
    items.write(
        List.of(
            Write.put(
                partition(onboarding), "ELEMENT#" + element.id(), seenVersion, Json.tree(element)),
            event(onboarding, actor, "element.saved", element.id(), null, null)));
  }

  /**
   * Saves an element over the version that the editor saw, and with it asks for another look at
   * what depends on it: all or nothing, so that no task goes on resting on the old value. Of very
   * many the outbox asks the rest.
   *
   * @param dependents asked to look again if they were reached
   * @return those that were asked
   * @throws LostRaceException if somebody else saved the element meanwhile
   */
  public List<TaskKey> save(
      String onboarding,
      ElementRecord element,
      long seenVersion,
      Dependents dependents,
      Actor actor) {
    return save(onboarding, element, seenVersion, meta -> true, dependents, actor);
  }

  /**
   * As above.
   *
   * @param still what has to hold of the onboarding that the element is saved over
   * @throws LostRaceException if it does not hold
   */
  public List<TaskKey> save(
      String onboarding,
      ElementRecord element,
      long seenVersion,
      Predicate<Onboarding> still,
      Dependents dependents,
      Actor actor) {
    return saveAndRequest(
        onboarding,
        Write.put(
            partition(onboarding), "ELEMENT#" + element.id(), seenVersion, Json.tree(element)),
        still,
        dependents,
        asked -> event(onboarding, actor, "element.saved", element.id(), lookAgain(asked), null));
  }

  /** Records a credential's test in the same way. */
  public List<TaskKey> save(
      String onboarding,
      CredentialRecord credential,
      long seenVersion,
      Dependents dependents,
      Actor actor) {
    return saveAndRequest(
        onboarding,
        Write.put(
            partition(onboarding),
            "CREDENTIAL#" + credential.system(),
            seenVersion,
            Json.tree(credential)),
        meta -> true,
        dependents,
        asked ->
            event(
                onboarding,
                actor,
                "credential.graded",
                credential.system(),
                asked.isEmpty()
                    ? credential.grade().name()
                    : credential.grade().name() + "; " + lookAgain(asked),
                null));
  }

  /**
   * What rests on something that was given.
   *
   * @param gates of sections: one that let its section pass is left alone
   * @param tasks that read it: one that is final already is looked at again
   */
  public record Dependents(List<TaskKey> gates, List<TaskKey> tasks) {
    public Dependents {
      gates = List.copyOf(gates);
      tasks = List.copyOf(tasks);
    }

    /** Nothing rests on it. */
    public static Dependents none() {
      return new Dependents(List.of(), List.of());
    }

    private List<Outbox.Look> looks() {
      return Stream.concat(
              gates.stream().map(key -> new Outbox.Look(key, Outbox.Look.Kind.GATE)),
              tasks.stream().map(key -> new Outbox.Look(key, Outbox.Look.Kind.TASK)))
          .toList();
    }
  }

  private static String lookAgain(List<TaskKey> asked) {
    return asked.isEmpty() ? null : "looked at again: " + named(asked);
  }

  private static String named(List<TaskKey> tasks) {
    String first =
        tasks.stream().limit(MOST_NAMED).map(TaskKey::toString).collect(Collectors.joining(", "));
    return tasks.size() <= MOST_NAMED
        ? first
        : first + " and " + (tasks.size() - MOST_NAMED) + " more";
  }

  private List<TaskKey> saveAndRequest(
      String onboarding,
      Write change,
      Predicate<Onboarding> still,
      Dependents dependents,
      Function<List<TaskKey>, Write> note) {
    for (int attempt = 0; ; attempt++) {
      Change writes = new Change(onboarding).moving(change);
      Onboarding meta = open(onboarding);
      if (!still.test(meta)) {
        throw new LostRaceException(META);
      }
      List<TaskKey> asked = outbox.ask(writes, meta, dependents.looks());
      writes.with(note.apply(asked)).over(write(meta, meta.version()));
      try {
        items.write(writes.writes());
        return asked;
      } catch (LostRaceException e) {
        if (e.getMessage().startsWith(change.sort()) || attempt >= 20) {
          throw e;
        }
        // A task or the onboarding moved on: look again.
      }
    }
  }

  /** All credentials known of. */
  public List<CredentialRecord> credentials(String onboarding) {
    return items.list(partition(onboarding), "CREDENTIAL#", CredentialRecord.class);
  }

  /** What is known of one system's credential. */
  public Optional<CredentialRecord> credential(String onboarding, String system) {
    return items.get(partition(onboarding), "CREDENTIAL#" + system, CredentialRecord.class);
  }

  /** Records a credential's test. */
  public void save(String onboarding, CredentialRecord credential, long seenVersion, Actor actor) {
    items.write(
        List.of(
            Write.put(
                partition(onboarding),
                "CREDENTIAL#" + credential.system(),
                seenVersion,
                Json.tree(credential)),
            event(
                onboarding,
                actor,
                "credential.graded",
                credential.system(),
                credential.grade().name(),
                null)));
  }

  // --- tasks

  /** A task; untouched if nobody has touched it. */
  public TaskRecord task(String onboarding, TaskKey key) {
    return items
        .get(partition(onboarding), "TASK#" + key, TaskRecord.class)
        .orElseGet(() -> TaskRecord.untouched(key));
  }

  /** These tasks, untouched ones included. */
  public Map<TaskKey, TaskRecord> tasks(String onboarding, List<TaskKey> keys) {
    Map<TaskKey, TaskRecord> tasks = new LinkedHashMap<>();
    keys.forEach(key -> tasks.put(key, TaskRecord.untouched(key)));
    List<String> sorts = tasks.keySet().stream().map(key -> "TASK#" + key).toList();
    items
        .get(partition(onboarding), sorts, TaskRecord.class)
        .forEach(task -> tasks.put(task.key(), task));
    return tasks;
  }

  /** All tasks that were touched. */
  public List<TaskRecord> tasks(String onboarding) {
    return items.list(partition(onboarding), "TASK#", TaskRecord.class);
  }

  /** Writes a task without a line in the audit trail: for claims and for Wake's own notes. */
  public void save(String onboarding, TaskRecord before, TaskRecord after) {
    items.write(new Change(onboarding).task(before, after).writes());
  }

  /**
   * Commits an attempt's outcome: the task, the attempt, the answers it judged and the audit event,
   * all or nothing.
   *
   * @throws LostRaceException if the task or an answer was changed meanwhile, or the onboarding was
   *     signed off and would not rest on this outcome
   */
  public void commit(
      String onboarding,
      TaskRecord before,
      TaskRecord after,
      Optional<Attempt> attempt,
      List<Answer> judged,
      Actor actor) {
    Change change = new Change(onboarding).task(before, after);
    attempt.ifPresent(made -> change.with(attempt(onboarding, made)));
    for (Answer answer : judged) {
      change.with(
          Write.put(
              partition(onboarding),
              answerKey(answer.key(), answer.step()),
              answer.version() - 1,
              Json.tree(answer)));
    }
    change.with(
        event(
            onboarding,
            actor,
            "task.committed",
            after.key().toString(),
            after.state(),
            after.outcome() instanceof Outcome.Failed failed ? failed.problem().message() : null));
    items.write(change.writes());
  }

  /** The attempts at a task, first one first. */
  public List<Attempt> attempts(String onboarding, TaskKey key) {
    return items.list(partition(onboarding), "ATTEMPT#" + key + "#", Attempt.class);
  }

  /** The attempts at all tasks. */
  public List<Attempt> attempts(String onboarding) {
    return items.list(partition(onboarding), "ATTEMPT#", Attempt.class);
  }

  /** As below, whatever stands there. */
  public void request(
      String onboarding,
      TaskKey key,
      boolean again,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    request(onboarding, key, again, (meta, task) -> true, answer, decision, actor, what, why);
  }

  /** As below, with no other task looked at. */
  public void request(
      String onboarding,
      TaskKey key,
      boolean again,
      Check still,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    request(onboarding, key, List.of(), again, still, answer, decision, actor, what, why);
  }

  /**
   * Asks for a task to be looked at again, and with it writes what asks for it. If the current run
   * has left the task behind, the run is marked stale, so that Wake starts the next one.
   *
   * @param others looked at because of it in the same transaction, such as the gates that wait for
   *     what only this task uses
   * @param again whether the task shall be performed even if nothing changed
   * @param still what has to hold of that which is written over; without it, nothing is written
   * @param answer what a person said; empty without
   * @param decision what a person decided; empty without
   * @throws LostRaceException if the answer or decision was changed by somebody else meanwhile
   */
  public void request(
      String onboarding,
      TaskKey key,
      List<TaskKey> others,
      boolean again,
      Check still,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    String changedByPerson = answer.map(a -> answerKey(a.key(), a.step())).orElse(null);
    for (int attempt = 0; ; attempt++) {
      Optional<Change> asked = requested(onboarding, key, again, still);
      if (asked.isEmpty()) {
        return;
      }
      Change change = asked.get();
      for (TaskKey other : others) {
        TaskRecord waiting = task(onboarding, other);
        if (waiting.isOpen()) {
          change.task(waiting, waiting.request(false, now()));
        }
      }
      answer.ifPresent(
          a ->
              change.with(
                  Write.put(
                      partition(onboarding),
                      answerKey(a.key(), a.step()),
                      a.version(),
                      Json.tree(a))));
      decision.ifPresent(d -> change.with(write(onboarding, d)));
      change.with(event(onboarding, actor, what, key.toString(), null, why));
      try {
        items.write(change.writes());
        return;
      } catch (LostRaceException e) {
        boolean byPerson =
            e.getMessage().startsWith("DECISION#")
                || (changedByPerson != null && e.getMessage().startsWith(changedByPerson));
        if (byPerson || attempt >= 20) {
          throw e;
        }
      }
    }
  }

  /**
   * Decides whether a section is stopped or goes on, and has Wake look. The section's {@code
   * resume} is asked again only where it waits: what it was left with before is over, and no reason
   * to replace the run.
   *
   * @param decision about the section's {@code resume}
   * @param again whether it shall go on whatever the section ended with
   * @throws LostRaceException if somebody else decided meanwhile
   */
  public void decideSection(
      String onboarding, Decision decision, boolean again, Actor actor, String what) {
    for (int attempt = 0; ; attempt++) {
      Onboarding meta = onboarding(onboarding).orElseThrow();
      if (meta.hasEnded()) {
        throw new LostRaceException(META);
      }
      TaskRecord before = task(onboarding, decision.key());
      TaskRecord after = before.isOpen() ? before.request(again, now()) : before.due(now());
      try {
        items.write(
            new Change(onboarding)
                .over(write(meta, meta.version()))
                .task(before, after)
                .with(
                    Write.put(
                        partition(onboarding),
                        "DECISION#" + decision.key(),
                        decision.version(),
                        Json.tree(decision)))
                .with(
                    event(
                        onboarding,
                        actor,
                        what,
                        decision.key().toString(),
                        null,
                        decision.reason()))
                .writes());
        return;
      } catch (LostRaceException e) {
        if (e.getMessage().startsWith("DECISION#") || attempt >= 20) {
          throw e;
        }
      }
    }
  }

  /**
   * Asks to look whether tasks that are done still hold: all at once, so that the run that looks
   * comes past each of them. Of very many the outbox asks the rest, and only then another run takes
   * over.
   *
   * @param why as the audit trail tells it
   */
  public void requestVerification(String onboarding, List<TaskKey> tasks, Actor actor, String why) {
    List<Outbox.Look> looks =
        tasks.stream().map(key -> new Outbox.Look(key, Outbox.Look.Kind.VERIFICATION)).toList();
    for (int attempt = 0; ; attempt++) {
      Change change = new Change(onboarding);
      outbox.ask(change, notSignedOff(onboarding), looks);
      change.with(
          event(onboarding, actor, "tasks.verification-requested", null, named(tasks), why));
      try {
        items.write(change.writes());
        return;
      } catch (LostRaceException e) {
        if (attempt >= 20) {
          throw e;
        }
        // A task or the onboarding moved on: look again.
      }
    }
  }

  /**
   * What is looked at before a request is written, as often as it is tried: the very versions that
   * it is written over, so that nothing that was checked can change before the write.
   */
  @FunctionalInterface
  public interface Check {
    /** Whether the request is still to be written; may throw what tells a person why not. */
    boolean holds(Onboarding onboarding, TaskRecord task);

    /** Whether the onboarding must not change between the check and the write. */
    default boolean isOverOnboarding() {
      return false;
    }

    /**
     * That the task is still as somebody read and checked it, and that the onboarding goes on.
     *
     * @throws LostRaceException if not: read again, check again, decide anew
     */
    static Check unchanged(TaskRecord seen) {
      return new Check() {
        @Override
        public boolean holds(Onboarding onboarding, TaskRecord task) {
          if (task.version() != seen.version()) {
            throw new LostRaceException("TASK#" + seen.key());
          }
          return true;
        }

        @Override
        public boolean isOverOnboarding() {
          return true;
        }
      };
    }
  }

  /** Nothing if the check does not hold. */
  Optional<Change> requested(String onboarding, TaskKey key, boolean again, Check still) {
    Onboarding meta = still.isOverOnboarding() ? open(onboarding) : notSignedOff(onboarding);
    TaskRecord before = task(onboarding, key);
    if (!still.holds(meta, before)) {
      return Optional.empty();
    }
    Change change = new Change(onboarding).task(before, before.request(again, now()));
    if (before.isLeftBehind(meta.run()) && !meta.stale()) {
      change.meta(write(meta.outrun(), meta.version()));
    } else if (still.isOverOnboarding() && meta.isToBeStarted()) {
      // Whoever starts it meanwhile has seen a plan that does not know of this.
      change.meta(write(meta, meta.version()));
    } else if (still.isOverOnboarding()) {
      change.over(write(meta, meta.version()));
    }
    return Optional.of(change);
  }

  /** Of what has ended nothing is asked any more, whatever the asker had read before. */
  private Onboarding open(String id) {
    Onboarding onboarding = onboarding(id).orElseThrow();
    if (onboarding.hasEnded()) {
      throw new LostRaceException(META);
    }
    return onboarding;
  }

  private Onboarding notSignedOff(String id) {
    Onboarding onboarding = onboarding(id).orElseThrow();
    if (onboarding.state() == Onboarding.State.SIGNED_OFF) {
      throw new LostRaceException(META);
    }
    return onboarding;
  }

  /** Writes nothing, and only if the task is still as it was read. */
  static Write asSeen(String onboarding, TaskRecord task) {
    return Write.check(partition(onboarding), "TASK#" + task.key(), task.version());
  }

  // --- rows that were added

  /** The rows that were added, in their order. */
  public List<AddedRow> rows(String onboarding) {
    return AddedRow.inOrder(items.list(partition(onboarding), "ROW#", AddedRow.class));
  }

  /**
   * Adds a row, which waits for its party from now on. The onboarding is written as well, so that
   * it cannot be signed off over a row that its report does not tell.
   *
   * @param meta the onboarding as it was read
   * @param first what the row waits for
   * @param dependents looked at again if they were reached: they wait for the row now
   * @throws LostRaceException if the onboarding changed or another row was added meanwhile
   */
  public void add(
      Onboarding meta, AddedRow row, Outcome first, List<TaskKey> dependents, Actor actor) {
    String id = meta.id();
    TaskRecord untouched = TaskRecord.untouched(row.key());
    TaskRecord waiting = untouched.stated(first, now());
    Change change = new Change(id).task(untouched, waiting);
    outbox.ask(
        change,
        meta,
        dependents.stream().map(key -> new Outbox.Look(key, Outbox.Look.Kind.TASK)).toList());
    if (!change.writesMeta()) {
      change.meta(write(meta, meta.version()));
    }
    change.with(Write.put(partition(id), "ROW#" + row.task(), 0, Json.tree(row)));
    change.with(attempt(id, stated(meta, waiting)));
    change.with(event(id, actor, "row.added", row.task(), row.title(), row.reason()));
    items.write(change.writes());
  }

  /**
   * Writes what people said of an added row, and the outcome that comes of it: all or nothing.
   *
   * @param meta the onboarding as it was read and checked
   * @param before the row as it was read and checked
   * @throws LostRaceException if either changed meanwhile, or somebody else said something of it
   */
  public void state(
      Onboarding meta,
      TaskRecord before,
      Optional<Outcome> outcome,
      Optional<Answer> answer,
      Optional<Decision> decision,
      Actor actor,
      String what,
      String why) {
    String id = meta.id();
    Change change = new Change(id).over(write(meta, meta.version()));
    outcome.ifPresentOrElse(
        result -> {
          TaskRecord after = before.stated(result, now());
          change.task(before, after);
          change.with(attempt(id, stated(meta, after)));
        },
        () -> change.with(asSeen(id, before)));
    answer.ifPresent(
        a ->
            change.with(
                Write.put(partition(id), answerKey(a.key(), a.step()), a.version(), Json.tree(a))));
    decision.ifPresent(d -> change.with(write(id, d)));
    change.with(
        event(
            id,
            actor,
            what,
            before.key().toString(),
            outcome.map(Outcome::state).orElse(null),
            why));
    items.write(change.writes());
  }

  private Attempt stated(Onboarding meta, TaskRecord after) {
    return new Attempt(after.key(), after.attempts(), meta.run(), now(), now(), after.outcome());
  }

  private static Write attempt(String onboarding, Attempt made) {
    return Write.put(
        partition(onboarding),
        String.format(Locale.ROOT, "ATTEMPT#%s#%06d", made.key(), made.number()),
        0,
        Json.tree(made));
  }

  // --- what people say

  /** What was said of a step. */
  public Optional<Answer> answer(String onboarding, TaskKey key, String step) {
    return items.get(partition(onboarding), answerKey(key, step), Answer.class);
  }

  /** All that was said. */
  public List<Answer> answers(String onboarding) {
    return items.list(partition(onboarding), "ANSWER#", Answer.class);
  }

  /** What was decided about a task. */
  public Optional<Decision> decision(String onboarding, TaskKey key) {
    return items.get(partition(onboarding), "DECISION#" + key, Decision.class);
  }

  /** All that was decided. */
  public List<Decision> decisions(String onboarding) {
    return items.list(partition(onboarding), "DECISION#", Decision.class);
  }

  // --- what was planned

  /** Keeps the outline of a plan, so that a later one can be compared with it. */
  public void keepPlan(String onboarding, String hash, JsonNode outline) {
    try {
      items.write(List.of(Write.put(partition(onboarding), "PLAN#" + hash, 0, outline)));
    } catch (LostRaceException e) {
      // Addressed by content: what is there already is the same.
      return;
    }
  }

  /** The outline of a plan that was kept. */
  public Optional<JsonNode> plan(String onboarding, String hash) {
    return items.get(partition(onboarding), "PLAN#" + hash, JsonNode.class);
  }

  // --- what tasks remember

  /** Remembers the value under its name, unless one is remembered already: answers the one kept. */
  public Note remember(String onboarding, Note note) {
    String sort = noteKey(note.key(), note.kind(), note.name());
    for (; ; ) {
      Optional<Note> earlier = items.get(partition(onboarding), sort, Note.class);
      if (earlier.isPresent()) {
        return earlier.get();
      }
      try {
        items.write(List.of(Write.put(partition(onboarding), sort, 0, Json.tree(note))));
        return note;
      } catch (LostRaceException e) {
        // Another attempt remembered first: its value counts.
      }
    }
  }

  /** What is remembered under a name. */
  public Optional<Note> note(String onboarding, TaskKey key, Note.Kind kind, String name) {
    return items.get(partition(onboarding), noteKey(key, kind, name), Note.class);
  }

  /** All that a task remembers. */
  public List<Note> notes(String onboarding, TaskKey key) {
    return items.list(partition(onboarding), "NOTE#" + key + "#", Note.class);
  }

  // --- the audit trail

  /** Events in their order, at most {@code limit}, from after the event {@code after} (or null). */
  public List<Event> events(String onboarding, String after, int limit) {
    return items.page(
        partition(onboarding),
        "EVENT#",
        after == null ? null : "EVENT#" + after,
        limit,
        Event.class);
  }

  /** Adds a line to the audit trail by itself. */
  public void record(
      String onboarding, Actor actor, String what, String subject, String detail, String why) {
    items.write(List.of(event(onboarding, actor, what, subject, detail, why)));
  }

  Write event(
      String onboarding, Actor actor, String what, String subject, String detail, String why) {
    Instant now = now();
    Event event =
        new Event(ulids.next(now), now, actor.name(), actor.role(), what, subject, detail, why);
    return Write.put(partition(onboarding), "EVENT#" + event.id(), 0, Json.tree(event));
  }

  Write write(Onboarding onboarding, long expectedVersion) {
    Map<String, String> state =
        Map.of(
            "onboardingState", onboarding.state().name(),
            "createdAt", SortableTime.of(onboarding.createdAt()));
    Map<String, String> index = new HashMap<>(state);
    if (onboarding.isSignalDue()) {
      index.putAll(Signals.index(now()));
    }
    if (onboarding.isToBeErased() && onboarding.eraseAt() != null) {
      index.putAll(OpenWork.erasureIndex(onboarding.eraseAt()));
    }
    return Write.put(partition(onboarding.id()), META, expectedVersion, Json.tree(onboarding))
        .indexed(index);
  }

  private static Write write(String onboarding, Decision decision) {
    Write write =
        Write.put(
            partition(onboarding),
            "DECISION#" + decision.key(),
            decision.version(),
            Json.tree(decision));
    return decision.isOpen() ? write.indexed(OpenWork.waiverIndex(decision.due())) : write;
  }

  /** An identifier that sorts by time. */
  String newUlid() {
    return ulids.next(now());
  }

  private String newId(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String tail = ulids.next(now()).substring(18).toLowerCase(Locale.ROOT);
    return (slug.isEmpty() ? "onboarding" : slug.substring(0, Math.min(slug.length(), 32)))
        .concat("-" + tail);
  }

  static String partition(String onboarding) {
    return ONBOARDING + onboarding;
  }

  /** Of whose partition that is; the inverse of {@link #partition}. */
  static String onboardingOf(String partition) {
    return partition.substring(ONBOARDING.length());
  }

  private static String answerKey(TaskKey key, String step) {
    return "ANSWER#" + key + "#" + step;
  }

  private static String noteKey(TaskKey key, Note.Kind kind, String name) {
    return "NOTE#" + key + "#" + kind + "#" + name;
  }
}

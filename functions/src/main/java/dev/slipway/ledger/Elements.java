package dev.slipway.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Elements: the values and the credentials' grades that people gave; {@code SK =
 * ELEMENT#<id>[@<instance>] | CREDENTIAL#<system>[@<instance>]}. A credential itself is in Secrets
 * Manager, never here.
 *
 * <p>The caller that saves an element names the tasks that depend on it; the same transaction asks
 * them to look again:
 *
 * <pre>{@code
 * List<TaskKey> asked = elements.save(id, element, seenVersion, dependents, actor);
 * }</pre>
 */
public final class Elements {
  /** Before the elements, so that one request reads both. */
  static final String CHECKED = "CHECKED#";

  private final Items items;
  private final AuditTrail auditTrail;
  private final Onboardings onboardings;
  private final Outbox outbox;

  /** In the table. */
  public Elements(Items items) {
    this.items = items;
    this.auditTrail = new AuditTrail(items);
    this.onboardings = new Onboardings(items);
    this.outbox = new Outbox(items);
  }

  /** All elements, credentials and decisions so far. */
  public IntakeRecord intake(String onboarding) {
    return IntakeRecord.read(items, onboarding);
  }

  /** All elements given so far. */
  public List<ElementRecord> of(String onboarding) {
    return items.list(Partition.of(onboarding), "ELEMENT#", ElementRecord.class);
  }

  /** All values given so far, element id to value; of one with instances, instance to value. */
  public ObjectNode values(String onboarding) {
    return values(of(onboarding));
  }

  /** The values of these. */
  public static ObjectNode values(Collection<ElementRecord> elements) {
    ObjectNode values = Json.MAPPER.createObjectNode();
    elements.forEach(each -> ElementRecord.put(values, each.id(), each.instance(), each.value()));
    return values;
  }

  /** One element, by its {@link ElementRecord#name}. */
  public Optional<ElementRecord> find(String onboarding, String name) {
    return items.get(Partition.of(onboarding), "ELEMENT#" + name, ElementRecord.class);
  }

  /**
   * Saves an element over the version that the editor saw.
   *
   * @throws LostRaceException if another person saved the element meanwhile
   */
  public void save(String onboarding, ElementRecord element, long seenVersion, Actor actor) {
    items.write(
        List.of(
            write(onboarding, element, seenVersion),
            auditTrail.line(onboarding, actor, "element.saved", element.name(), null, null)));
  }

  /**
   * Saves an element over the version that the editor saw, and with it asks for another look at
   * what depends on it: all or nothing, so that no task goes on resting on the old value. Of very
   * many the outbox asks the rest.
   *
   * @param dependents asked to look again if they were reached
   * @return those that were asked
   * @throws LostRaceException if another person saved the element meanwhile
   */
  public List<TaskKey> save(
      String onboarding,
      ElementRecord element,
      long seenVersion,
      Dependents dependents,
      Actor actor) {
    return save(onboarding, Optional.empty(), element, seenVersion, dependents, actor);
  }

  /**
   * As above, only if the onboarding is still as it was read.
   *
   * @throws LostRaceException if it changed meanwhile
   */
  public List<TaskKey> save(
      Onboarding onboarding,
      ElementRecord element,
      long seenVersion,
      Dependents dependents,
      Actor actor) {
    return save(onboarding.id(), Optional.of(onboarding), element, seenVersion, dependents, actor);
  }

  private List<TaskKey> save(
      String onboarding,
      Optional<Onboarding> asRead,
      ElementRecord element,
      long seenVersion,
      Dependents dependents,
      Actor actor) {
    return saveAndRequest(
        onboarding,
        asRead,
        write(onboarding, element, seenVersion),
        dependents,
        asked ->
            auditTrail.line(
                onboarding, actor, "element.saved", element.name(), lookAgain(asked), null));
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
        Optional.empty(),
        write(onboarding, credential, seenVersion),
        dependents,
        asked ->
            auditTrail.line(
                onboarding,
                actor,
                "credential.graded",
                credential.name(),
                asked.isEmpty()
                    ? credential.grade().name()
                    : credential.grade().name() + "; " + lookAgain(asked),
                null));
  }

  /** Writes what a gate found about a row, in the same way, over the version that it read. */
  public List<TaskKey> save(
      String onboarding, Verification verification, Dependents dependents, Actor actor) {
    return saveAndRequest(
        onboarding,
        Optional.empty(),
        Write.put(
            Partition.of(onboarding),
            CHECKED + verification.row(),
            verification.version(),
            Json.tree(verification)),
        dependents,
        asked ->
            auditTrail.line(
                onboarding,
                actor,
                verification.isInvalid() ? "element.invalid" : "element.verified",
                verification.row().toString(),
                null,
                null));
  }

  /**
   * The gates and tasks that rest on a value.
   *
   * @param gates of sections: one that let its section pass is left alone
   * @param tasks that read it: one that is final already is looked at again
   * @param resting tasks that rest on those: one that waits for others is left alone, too
   * @param fansOutAnew whether tasks have other instances with it, so that the run that is under
   *     way has to be replaced by one that comes past them
   */
  public record Dependents(
      List<TaskKey> gates, List<TaskKey> tasks, List<TaskKey> resting, boolean fansOutAnew) {
    public Dependents {
      gates = List.copyOf(gates);
      tasks = List.copyOf(tasks);
      resting = List.copyOf(resting);
    }

    /** With the same instances as before, and nothing that rests on the tasks. */
    public Dependents(List<TaskKey> gates, List<TaskKey> tasks) {
      this(gates, tasks, List.of(), false);
    }

    /** Nothing rests on it. */
    public static Dependents none() {
      return new Dependents(List.of(), List.of());
    }

    private List<Outbox.Look> looks() {
      return Stream.of(
              looks(gates, Outbox.Look.Kind.GATE),
              looks(tasks, Outbox.Look.Kind.TASK),
              looks(resting, Outbox.Look.Kind.RESTING))
          .flatMap(each -> each)
          .toList();
    }

    private static Stream<Outbox.Look> looks(List<TaskKey> keys, Outbox.Look.Kind kind) {
      return keys.stream().map(key -> new Outbox.Look(key, kind));
    }
  }

  private static String lookAgain(List<TaskKey> asked) {
    return asked.isEmpty() ? null : "looked at again: " + AuditTrail.named(asked);
  }

  private List<TaskKey> saveAndRequest(
      String onboarding,
      Optional<Onboarding> asRead,
      Write change,
      Dependents dependents,
      Function<List<TaskKey>, Write> note) {
    for (int attempt = 0; ; attempt++) {
      Transaction writes = new Transaction(onboarding).moving(change);
      Onboarding meta = asRead.orElseGet(() -> onboardings.open(onboarding));
      List<TaskKey> asked = outbox.ask(writes, meta, dependents.looks(), dependents.fansOutAnew());
      writes.with(note.apply(asked)).over(onboardings.write(meta, meta.version()));
      try {
        items.write(writes.writes());
        return asked;
      } catch (LostRaceException e) {
        boolean isFinal =
            e.getMessage().startsWith(change.sort())
                || (asRead.isPresent() && e.getMessage().startsWith(Partition.META));
        if (isFinal || attempt >= 20) {
          throw e;
        }
        // A task or the onboarding moved on: look again.
      }
    }
  }

  /** All credentials known of. */
  public List<CredentialRecord> credentials(String onboarding) {
    return items.list(Partition.of(onboarding), "CREDENTIAL#", CredentialRecord.class);
  }

  /** The record of one credential, by its {@link CredentialRecord#name}. */
  public Optional<CredentialRecord> credential(String onboarding, String name) {
    return items.get(Partition.of(onboarding), "CREDENTIAL#" + name, CredentialRecord.class);
  }

  /** Records a credential's test. */
  public void save(String onboarding, CredentialRecord credential, long seenVersion, Actor actor) {
    items.write(
        List.of(
            write(onboarding, credential, seenVersion),
            auditTrail.line(
                onboarding,
                actor,
                "credential.graded",
                credential.name(),
                credential.grade().name(),
                null)));
  }

  private static Write write(String onboarding, ElementRecord element, long seenVersion) {
    return Write.put(
        Partition.of(onboarding), "ELEMENT#" + element.name(), seenVersion, Json.tree(element));
  }

  private static Write write(String onboarding, CredentialRecord credential, long seenVersion) {
    return Write.put(
        Partition.of(onboarding),
        "CREDENTIAL#" + credential.name(),
        seenVersion,
        Json.tree(credential));
  }
}

package dev.slipway.element;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Task;
import dev.slipway.json.Json;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.Decision;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Evidence;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.TaskKey;
import dev.slipway.ledger.Verification;
import dev.slipway.systems.net.Bytes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The states of the element rows of one onboarding, from the ledger's items. All code that shows,
 * awaits or signs off an element row asks here.
 *
 * <p>A verification counts only for the fingerprint that it was made of: of the value, of the other
 * values that its checks read, and of the credentials' versions. So a row whose value changed is
 * GIVEN again at once, for every reader and before any write.
 */
public final class ElementRows {
  private final Checklist checklist;
  private final Instances instances;
  private final Map<String, ElementRecord> values;
  private final Map<String, CredentialRecord> credentials;
  private final Map<TaskKey, Decision> decisions;
  private final Map<TaskKey, Verification> verifications;
  private final Map<TaskKey, String> fingerprints = new HashMap<>();

  /** By what was read at one moment. */
  public ElementRows(Checklist checklist, IntakeRecord intake) {
    this(new Instances(checklist, intake.values()), intake);
  }

  /**
   * By what was read at one moment.
   *
   * @param instances over the values of the same intake
   */
  public ElementRows(Instances instances, IntakeRecord intake) {
    this.checklist = instances.checklist();
    this.instances = instances;
    this.values = by(intake.elements(), ElementRecord::name);
    this.credentials = by(intake.credentials(), CredentialRecord::name);
    this.decisions = by(intake.decisions(), Decision::key);
    this.verifications = by(intake.verifications(), Verification::row);
  }

  /** The same, and of a checklist without such rows without reading anything. */
  public static ElementRows of(Checklist checklist, Supplier<IntakeRecord> intake) {
    boolean hasRows = checklist.elements().anyMatch(element -> element.row() != null);
    return new ElementRows(checklist, hasRows ? intake.get() : IntakeRecord.none());
  }

  private static <K, V> Map<K, V> by(List<V> all, Function<V, K> key) {
    return all.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  /** The rows of all sections, instance by instance, in the checklist's order. */
  public Stream<ElementRow> all() {
    return checklist.sections().stream().flatMap(this::of);
  }

  /** The lines of a report: of a row with instances also one for the whole, before them. */
  public Stream<ElementRow> lines() {
    return checklist.sections().stream()
        .flatMap(
            section ->
                section.elements().stream()
                    .filter(element -> element.row() != null)
                    .flatMap(element -> lines(section, element)));
  }

  private Stream<ElementRow> lines(Checklist.Section section, Element element) {
    List<ElementRow> rows = of(section, element).toList();
    boolean hasInstances = rows.stream().anyMatch(row -> !row.key().instance().isEmpty());
    return hasInstances
        ? Stream.concat(Stream.of(whole(section, element, rows)), rows.stream())
        : rows.stream();
  }

  /** DONE when all of its instances are final. */
  private static ElementRow whole(
      Checklist.Section section, Element element, List<ElementRow> rows) {
    List<ElementRow> open = rows.stream().filter(row -> !row.state().isFinal()).toList();
    return open(
        section,
        element,
        "",
        open.isEmpty() ? ElementRow.State.DONE : open.getFirst().state(),
        rows.size() - open.size() + " of " + rows.size() + " are final",
        null);
  }

  /** The same with what its pure checks find beforehand; nothing is written. */
  public ElementRow foreseen(
      ElementRow row, ElementChecks checks, Function<String, Optional<Bytes>> files, Instant now) {
    boolean isToBeVerified = row.state() == ElementRow.State.GIVEN && row.asked() == null;
    Optional<CheckSubject> subject = isToBeVerified ? subject(row, files, now) : Optional.empty();
    return subject.map(each -> row.foreseen(checks.check(each))).orElse(row);
  }

  /** The rows of a section, instance by instance. */
  public Stream<ElementRow> of(Checklist.Section section) {
    return section.elements().stream()
        .filter(element -> element.row() != null)
        .flatMap(element -> of(section, element));
  }

  /** An element's row, instance by instance; of one that has none yet, the row as a whole. */
  private Stream<ElementRow> of(Checklist.Section section, Element element) {
    List<String> keys = instances.of(element);
    return keys.isEmpty()
        ? Stream.of(withoutInstance(section, element))
        : keys.stream().map(instance -> row(section, element, instance));
  }

  /** One row, by its key; empty if the checklist has none of that name. */
  public Optional<ElementRow> of(TaskKey key) {
    return all().filter(row -> row.key().equals(key)).findFirst();
  }

  /**
   * The first row that holds up a task's instance and no gate: one of several instances, or one
   * that is asked for when it is reached. A task that reads just one instance asks for a missing
   * one itself.
   */
  public Optional<ElementRow> holding(Task task, TaskKey key) {
    return checklist.sections().stream()
        .flatMap(
            section ->
                section.elements().stream()
                    .filter(element -> element.row() != null && !element.isAwaitedByGate())
                    .filter(task::reads)
                    .flatMap(
                        element ->
                            instances.of(element, key).stream()
                                .map(instance -> row(section, element, instance))
                                .filter(ElementRow::isOpen)
                                .filter(
                                    row ->
                                        row.state() != ElementRow.State.MISSING
                                            || !instances.isOne(element, key))))
        .findFirst();
  }

  private ElementRow withoutInstance(Checklist.Section section, Element element) {
    List<String> awaited = instances.awaited(element);
    return awaited.isEmpty()
        ? open(section, element, "", ElementRow.State.NOT_APPLICABLE, instances.none(element), null)
        : open(section, element, "", ElementRow.State.MISSING, dependsOn(awaited), null);
  }

  private ElementRow row(Checklist.Section section, Element element, String instance) {
    Map<String, String> at = instances.at(element, instance);
    Condition.Answer asked = instances.rules().evaluate(element.condition(), at);
    Decision decision = decisions.get(section.row(element, instance));
    if (asked == Condition.Answer.DOES_NOT_HOLD) {
      return open(
          section,
          element,
          instance,
          ElementRow.State.NOT_APPLICABLE,
          instances.rules().neededIf(element.condition()),
          decision);
    }
    if (decision != null && decision.isToDoWithout() && decision.counts()) {
      return decided(section, element, instance, decision);
    }
    if (asked == Condition.Answer.UNDECIDED) {
      return open(
          section,
          element,
          instance,
          ElementRow.State.MISSING,
          dependsOn(instances.rules().awaited(element.condition())),
          decision);
    }
    return given(section, element, instance, decision);
  }

  private static String dependsOn(List<String> awaited) {
    return "Whether it is asked for depends on `" + String.join("`, `", awaited) + "`.";
  }

  private static ElementRow open(
      Checklist.Section section,
      Element element,
      String instance,
      ElementRow.State state,
      String reason,
      Decision decision) {
    return new ElementRow(
        element,
        section.row(element, instance),
        state,
        reason,
        List.of(),
        List.of(),
        null,
        decision,
        null,
        null,
        null);
  }

  private static ElementRow decided(
      Checklist.Section section, Element element, String instance, Decision decision) {
    boolean skipped = decision.kind() == Decision.Kind.SKIP;
    return new ElementRow(
        element,
        section.row(element, instance),
        skipped ? ElementRow.State.SKIPPED : ElementRow.State.WAIVED,
        (skipped ? decision.by() : decision.by() + " and " + decision.secondBy())
            + ": "
            + decision.reason(),
        List.of(),
        List.of(),
        null,
        decision,
        null,
        null,
        decision.at());
  }

  private ElementRow given(
      Checklist.Section section, Element element, String instance, Decision decision) {
    TaskKey key = section.row(element, instance);
    Optional<Evidence> given = givenBy(element, instance);
    if (given.isEmpty()) {
      return open(section, element, instance, ElementRow.State.MISSING, null, decision);
    }
    Optional<Verification> verification = verification(key, element, instance);
    List<ElementFinding> findings =
        Stream.of(
                graded(element, instance).stream(),
                sameAsTwin(element, instance).stream(),
                verification.stream().flatMap(each -> each.findings().stream()))
            .flatMap(Function.identity())
            .toList();
    ElementRow.State state =
        state(element, isThere(element, instance), findings, verification.orElse(null));
    return new ElementRow(
        element,
        key,
        state,
        state == ElementRow.State.GIVEN
            ? verification
                .map(Verification::asked)
                .map(Verification.Asked::instructions)
                .orElse("will be verified")
            : null,
        findings,
        Stream.concat(
                given.stream(), verification.stream().flatMap(each -> each.evidence().stream()))
            .toList(),
        verification.map(Verification::asked).orElse(null),
        decision,
        given.get().by(),
        given.get().at(),
        state == ElementRow.State.DONE
            ? verification.map(Verification::at).orElse(given.get().at())
            : null);
  }

  private static ElementRow.State state(
      Element element, boolean isThere, List<ElementFinding> findings, Verification verification) {
    if (!isThere || findings.stream().anyMatch(ElementFinding::isError)) {
      return ElementRow.State.INVALID;
    }
    boolean verified =
        !element.isVerified() || (verification != null && verification.asked() == null);
    return verified ? ElementRow.State.DONE : ElementRow.State.GIVEN;
  }

  /** The verification of the present value; empty if it was of another value, or there is none. */
  public Optional<Verification> verification(ElementRow row) {
    return verification(row.key(), row.element(), row.key().instance());
  }

  private Optional<Verification> verification(TaskKey key, Element element, String instance) {
    return Optional.ofNullable(verifications.get(key))
        .filter(each -> each.of().equals(fingerprint(key, element, instance)));
  }

  /** How many times the row's verification was written. */
  public long writes(ElementRow row) {
    return Optional.ofNullable(verifications.get(row.key())).map(Verification::version).orElse(0L);
  }

  /**
   * The fingerprint that a verification is of: another value, or another input of the checks, has
   * another one.
   */
  public String fingerprint(ElementRow row) {
    return fingerprint(row.key(), row.element(), row.key().instance());
  }

  private String fingerprint(TaskKey key, Element element, String instance) {
    return fingerprints.computeIfAbsent(key, each -> fingerprint(element, instance));
  }

  private String fingerprint(Element element, String instance) {
    ObjectNode basis = Json.MAPPER.createObjectNode();
    JsonNode value = value(element, instance);
    basis.set("value", value.isMissingNode() ? null : value);
    basis.set("elements", inputs(element, instance));
    ObjectNode versions = basis.putObject("credentials");
    credentials(element, instance)
        .forEach((name, credential) -> versions.put(name, credential.validVersionId()));
    return Json.hash(basis);
  }

  /** The subject of a row's checks; empty if it was not given. */
  public Optional<CheckSubject> subject(
      ElementRow row, Function<String, Optional<Bytes>> files, Instant now) {
    return subject(row.element(), row.key().instance(), files, now);
  }

  /** The subject of an element's checks; empty if it was not given. */
  public Optional<CheckSubject> subject(
      Element element, String instance, Function<String, Optional<Bytes>> files, Instant now) {
    return isThere(element, instance)
        ? Optional.of(
            new CheckSubject(
                element,
                instances.at(element, instance),
                value(element, instance),
                inputs(element, instance),
                credentials(element, instance),
                files,
                now))
        : Optional.empty();
  }

  private boolean isThere(Element element, String instance) {
    String name = ElementRecord.name(element.id(), instance);
    return element.kind() == Element.Kind.CREDENTIAL
        ? credentials.containsKey(name) && credentials.get(name).validVersionId() != null
        : values.containsKey(name);
  }

  private JsonNode value(Element element, String instance) {
    ElementRecord given = values.get(ElementRecord.name(element.id(), instance));
    return given == null || element.kind() == Element.Kind.CREDENTIAL
        ? MissingNode.getInstance()
        : given.value();
  }

  private ObjectNode inputs(Element element, String instance) {
    Map<String, String> at = instances.at(element, instance);
    ObjectNode inputs = Json.MAPPER.createObjectNode();
    for (String id : element.inputs()) {
      JsonNode value = instances.input(id, at);
      if (!value.isMissingNode()) {
        inputs.set(id, value);
      }
    }
    return inputs;
  }

  /** Those that the checks read; of a credential's row, itself. */
  private Map<String, CredentialRecord> credentials(Element element, String instance) {
    Map<String, String> at = instances.at(element, instance);
    Stream<Element> systems =
        Stream.concat(
            element.kind() == Element.Kind.CREDENTIAL ? Stream.of(element) : Stream.empty(),
            element.credentials().stream()
                .flatMap(system -> checklist.credential(system).stream()));
    return systems
        .distinct()
        .flatMap(
            system ->
                instances.of(system, at).stream()
                    .map(each -> ElementRecord.name(system.id(), each)))
        .filter(credentials::containsKey)
        .collect(Collectors.toMap(Function.identity(), credentials::get));
  }

  /** The evidence that it was given: personal values are counted, never quoted. */
  private Optional<Evidence> givenBy(Element element, String instance) {
    String name = ElementRecord.name(element.id(), instance);
    if (element.kind() == Element.Kind.CREDENTIAL) {
      return Optional.ofNullable(credentials.get(name))
          .map(
              credential ->
                  given(
                      "credential.tested",
                      name,
                      credential.grade() + ": " + credential.message(),
                      credential.by(),
                      credential.at()));
    }
    return Optional.ofNullable(values.get(name))
        .map(
            record ->
                given(
                    "element.given",
                    name,
                    "version " + record.version() + ", " + told(element, record.value()),
                    record.by(),
                    record.at()));
  }

  private static String told(Element element, JsonNode value) {
    return element.personal()
        ? value.size() + (value.size() == 1 ? " entry" : " entries")
        : "fingerprint " + Json.hash(value).substring(0, 12);
  }

  private static Evidence given(String probe, String name, String answer, String by, Instant at) {
    return new Evidence(probe, Evidence.Place.PERSON, at, name, answer, by, false);
  }

  private Optional<ElementFinding> sameAsTwin(Element element, String instance) {
    return element.kind() == Element.Kind.CREDENTIAL
        ? sameAsTwin(
            instances,
            element,
            credentials.get(ElementRecord.name(element.id(), instance)),
            credentials::get)
        : Optional.empty();
  }

  /**
   * A warning that a credential and that of the other environment are of the same app, say, though
   * each environment has to have one of its own.
   *
   * @param known what is known of the credentials, by name; null for one that was not given
   */
  public static Optional<ElementFinding> sameAsTwin(
      Instances instances,
      Element element,
      CredentialRecord credential,
      Function<String, CredentialRecord> known) {
    if (credential == null || credential.apart() == null) {
      return Optional.empty();
    }
    return instances
        .twin(element, credential.instance())
        .map(twin -> known.apply(ElementRecord.name(element.id(), twin)))
        .filter(twin -> credential.apart().equals(twin.apart()))
        .map(
            twin ->
                ElementFinding.warning(
                    "credential.same-in-both",
                    "",
                    "`credential:%s` and `credential:%s` have the same %s."
                        .formatted(
                            credential.name(), twin.name(), String.join(" and ", element.apart())),
                    "Make one for each environment in the provider's portal, and store the other's"
                        + " keys; else a mistake in UAT reaches users."));
  }

  /** The grade of a credential's newest value as a finding, unless it is VALID. */
  private Optional<ElementFinding> graded(Element element, String instance) {
    CredentialRecord known =
        element.kind() == Element.Kind.CREDENTIAL
            ? credentials.get(ElementRecord.name(element.id(), instance))
            : null;
    if (known == null || known.latestVersionId().equals(known.validVersionId())) {
      return Optional.empty();
    }
    String code = "credential." + known.grade().name().toLowerCase(Locale.ROOT);
    return Optional.of(
        known.validVersionId() == null
            ? ElementFinding.error(code, "", known.message(), "Store another value.")
            : ElementFinding.warning(
                code,
                "",
                known.message() + " An earlier value is in use.",
                "Store another value."));
  }
}

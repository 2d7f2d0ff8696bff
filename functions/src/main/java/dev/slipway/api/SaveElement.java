package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementChecks;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Elements;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.TaskKey;
import dev.slipway.plan.AffectedTasks;
import dev.slipway.plan.ChangeEffect;
import java.util.List;
import java.util.Optional;

/**
 * {@code PUT /onboardings/{onboarding}/elements/{element}[@{instance}]}: saves one element, whose
 * form the checklist's JSON Schema decides, over the version that the editor saw. Each task that
 * was reached already and rests on it is looked at again; where a final outcome of a started
 * onboarding would change, that is done only for an editor who names the effect that was seen
 * ({@link PreviewElement}).
 */
public final class SaveElement extends ApiFunction {
  /** Names the effect that was seen. */
  private static final String EFFECT = "Effect-Hash";

  private final ElementForm form = new ElementForm();
  private final ElementChecks checks;

  /** For Lambda. */
  public SaveElement() {
    this(FunctionContext.lambda());
  }

  public SaveElement(FunctionContext context) {
    this(context, ElementChecks.all(context));
  }

  /** With other checks. */
  SaveElement(FunctionContext context, ElementChecks checks) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
    this.checks = checks;
  }

  /**
   * The answer.
   *
   * @param rechecked the tasks and gates that are looked at again because of it
   * @param findings what was found about the value and does not keep it from being saved
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Saved(
      String element,
      long version,
      List<String> rechecked,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ElementFinding> findings) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    GivenElement given = GivenElement.of(call, form);
    long seen = Precondition.seenVersion(call.event());
    Optional<ElementRecord> known = given.known();
    if (known.map(ElementRecord::version).orElse(0L) != seen) {
      return savedBefore(call, given, known, seen);
    }
    given.requireOwnGroups(call.caller(), known);
    if (known.isPresent() && Values.areSame(known.get().value(), given.value())) {
      return saved(given, seen, List.of(), List.of());
    }
    List<ElementFinding> findings = given.check(call, checks);
    Optional<String> hash = call.event().header("effect-hash");
    if (hash.isPresent() || given.isStarted()) {
      ChangeEffect effect = given.effect(call.context(), seen);
      if (hash.isPresent() || given.mustBeSeen(effect)) {
        requireSeen(hash, effect);
      }
    }
    ElementRecord record =
        new ElementRecord(
            given.element().id(),
            given.instance(),
            seen + 1,
            given.value(),
            call.actor().name(),
            call.now());
    List<TaskKey> rechecked;
    try {
      rechecked = save(call, given, record, seen);
    } catch (LostRaceException e) {
      if (!e.getMessage().startsWith("ELEMENT#")) {
        throw e;
      }
      return savedBefore(
          call, given, call.context().elements().find(given.onboarding().id(), given.name()), seen);
    }
    Plans.keepChanged(call, given.onboarding(), given.intake().with(record));
    return saved(given, seen + 1, rechecked, findings);
  }

  /** The answer if the caller saved just this and sends it again, for the answer was lost. */
  private static ApiAnswer savedBefore(
      ApiCall call, GivenElement given, Optional<ElementRecord> known, long seen) {
    return known
        .filter(now -> now.version() == seen + 1)
        .filter(now -> now.by().equals(call.actor().name()))
        .filter(now -> Values.areSame(now.value(), given.value()))
        .map(now -> saved(given, now.version(), List.of(), List.of()))
        .orElseThrow(() -> changedMeanwhile(known));
  }

  private static void requireSeen(Optional<String> hash, ChangeEffect effect) {
    if (hash.isEmpty()) {
      throw Refusal.of(
              428,
              "effect.not-seen",
              "The value would change what is final: look at what it would do, then save it with"
                  + " the hash of that effect.")
          .at(EFFECT)
          .with("currentHash", effect.hash())
          .with("effect", effect.tasks())
          .with("missing", effect.missing());
    }
    if (!hash.get().equals(effect.hash())) {
      throw Refusal.of(
              409,
              "effect.stale",
              "Something else would happen than was seen, or it was seen for another value: look"
                  + " at the difference, then save with the current hash.")
          .at(EFFECT)
          .with("currentHash", effect.hash())
          .with("difference", effect.since(hash.get()));
    }
  }

  private static ApiAnswer saved(
      GivenElement given, long version, List<TaskKey> rechecked, List<ElementFinding> findings) {
    return ApiAnswer.of(
            200,
            new Saved(
                given.name(),
                version,
                rechecked.stream().map(TaskKey::toString).toList(),
                findings))
        .header("ETag", Precondition.tag(version));
  }

  /**
   * Over the very onboarding that was read: the effect was worked out for it, and its version moves
   * with every value and every final outcome.
   */
  private static List<TaskKey> save(
      ApiCall call, GivenElement given, ElementRecord record, long seen) {
    Elements.Dependents dependents =
        new AffectedTasks(given.checklist(), given.intake().values())
            .ofElement(given.element().id(), given.instance(), given.value());
    return call.context()
        .elements()
        .save(given.onboarding(), record, seen, dependents, call.actor());
  }

  private static Refusal changedMeanwhile(Optional<ElementRecord> known) {
    Refusal refusal =
        Refusal.of(
                412,
                "element.changed",
                known
                    .map(
                        record ->
                            record.by()
                                + " saved version "
                                + record.version()
                                + " at "
                                + record.at()
                                + ": look at it, then save over that version.")
                    .orElse("There is no such version: nobody has given this element yet."))
            .at("If-Match");
    return known
        .map(
            record ->
                refusal
                    .with("currentVersion", record.version())
                    .header("ETag", Precondition.tag(record.version())))
        .orElse(refusal);
  }
}

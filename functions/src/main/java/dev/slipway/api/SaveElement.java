package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LostRaceException;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.TaskKey;
import dev.slipway.plan.Affected;
import dev.slipway.plan.PlanInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code PUT /onboardings/{onboarding}/elements/{element}}: saves one element, whose form the
 * checklist's JSON Schema decides, over the version that the editor saw. Whatever was reached
 * already and rests on it is looked at again.
 */
public final class SaveElement extends ApiFunction {
  private static final int LARGEST = 64 * 1024;

  private final SchemaCheck schemas = new SchemaCheck();

  /** For Lambda. */
  public SaveElement() {
    this(FunctionContext.lambda());
  }

  public SaveElement(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * The answer.
   *
   * @param rechecked the tasks and gates that are looked at again because of it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Saved(String element, long version, List<String> rechecked) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    Checklist checklist = call.checklist(onboarding);
    Element element = element(checklist, call.event().path("element"));
    if (call.caller().roles().equals(Set.of(Role.CUSTOMER))
        && !call.caller().speaksFor(element.party())) {
      throw Refusal.of(403, "caller.party", "The vendor's side gives this element.").at("element");
    }
    long seen = Precondition.seenVersion(call.event());
    JsonNode value = call.json(LARGEST);
    requireForm(element, value);
    Ledger ledger = call.ledger();
    Optional<ElementRecord> known = ledger.element(onboarding.id(), element.id());
    if (known.map(ElementRecord::version).orElse(0L) != seen) {
      throw changedMeanwhile(known);
    }
    if (known.isPresent() && Values.areSame(known.get().value(), value)) {
      return saved(element, seen, List.of());
    }
    List<TaskKey> rechecked = save(call, onboarding, checklist, element, value, seen);
    Plans.keepChanged(call, onboarding);
    return saved(element, seen + 1, rechecked);
  }

  private static ApiAnswer saved(Element element, long version, List<TaskKey> rechecked) {
    return ApiAnswer.of(
            200,
            new Saved(element.id(), version, rechecked.stream().map(TaskKey::toString).toList()))
        .header("ETag", Precondition.tag(version));
  }

  private static List<TaskKey> save(
      ApiCall call,
      Onboarding onboarding,
      Checklist checklist,
      Element element,
      JsonNode value,
      long seen) {
    Ledger ledger = call.ledger();
    Affected affected = new Affected(checklist);
    ElementRecord record =
        new ElementRecord(element.id(), seen + 1, value, call.actor().name(), ledger.now());
    try {
      return ledger.save(
          onboarding.id(),
          record,
          seen,
          new Ledger.Dependents(
              affected.gatesOfElement(element.id()),
              affected.tasksOfElement(
                  element.id(), PlanInput.of(ledger, onboarding.id()).elements(), value)),
          call.actor());
    } catch (LostRaceException e) {
      if (!e.getMessage().startsWith("ELEMENT#")) {
        throw e;
      }
      throw changedMeanwhile(ledger.element(onboarding.id(), element.id()));
    }
  }

  private static Element element(Checklist checklist, String id) {
    Asked asked = new Asked(checklist);
    return asked
        .element(id)
        .orElseThrow(
            () ->
                asked.credential(id).isPresent()
                    ? Refusal.of(
                            422,
                            "element.is-credential",
                            "This is a credential, and must not be saved as an element: PUT it to"
                                + " credentials/"
                                + id
                                + ".")
                        .at("element")
                    : Refusal.notFound(
                        "element.unknown", "element", "The checklist asks for no such element."));
  }

  private void requireForm(Element element, JsonNode value) {
    List<FieldError> errors =
        value.isNull()
            ? List.of(new FieldError("", "schema.type", "must not be null"))
            : schemas.errors(element.schema(), value);
    if (!errors.isEmpty()) {
      FieldError first = errors.getFirst();
      throw Refusal.of(
              422,
              "element.schema",
              element.title()
                  + ": "
                  + (first.field().isEmpty() ? "the value" : "`" + first.field() + "`")
                  + " "
                  + first.message()
                  + ".")
          .at(element.id())
          .errors(errors);
    }
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

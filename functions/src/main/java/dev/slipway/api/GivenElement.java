package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementChecks;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.NoticeData;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import dev.slipway.plan.ChangeEffect;
import dev.slipway.plan.PlanInput;
import java.util.List;
import java.util.Optional;

/**
 * A value that a person gives for an element, in the form that the checklist asks for: shared by
 * the request for its effect and the one that saves it.
 */
record GivenElement(
    Onboarding onboarding,
    Checklist checklist,
    IntakeRecord intake,
    Element element,
    String instance,
    JsonNode value) {
  private static final int LARGEST = 64 * 1024;

  /** Of the contacts: who is told what waits for the vendor, and who decides. */
  private static final List<String> VENDORS_GROUPS = List.of("vendor", "manager", "escalation");

  /**
   * Reads the request.
   *
   * @throws Refusal if there is no such element, if it is not the caller's, or if the value is not
   *     as it must be
   */
  static GivenElement of(ApiCall call, ElementForm form) {
    Onboarding onboarding = call.openOnboarding();
    Checklist checklist = call.checklist(onboarding);
    ElementPath path = ElementPath.of(call.event().path("element"));
    Element element = element(checklist, path.id());
    IntakeRecord intake = call.context().elements().intake(onboarding.id());
    path.requireInstance(new Instances(checklist, intake.values()), element);
    if (!call.caller().mayGive(element)) {
      throw Refusal.of(403, "caller.party", "The vendor's side gives this element.").at("element");
    }
    JsonNode value = call.json(LARGEST);
    requireForm(form, element, value);
    GivenElement given =
        new GivenElement(onboarding, checklist, intake, element, path.instance(), value);
    given.requireInstances();
    return given;
  }

  /**
   * The findings of the pure checks about the value, with the other elements as they stand.
   *
   * @return the findings that do not keep it from being saved
   * @throws Refusal 422 if the value cannot stay as it is
   */
  List<ElementFinding> check(ApiCall call, ElementChecks checks) {
    if (element.checks().isEmpty()) {
      return List.of();
    }
    ElementRecord record =
        new ElementRecord(element.id(), instance, 0, value, call.actor().name(), call.now());
    CheckSubject subject =
        new ElementRows(checklist, intake.with(record))
            .subject(element, instance, call.context().filesOf(onboarding.id()), call.now())
            .orElseThrow();
    List<ElementFinding> findings = checks.check(subject);
    List<ElementFinding> errors = findings.stream().filter(ElementFinding::isError).toList();
    if (!errors.isEmpty()) {
      ElementFinding first = errors.getFirst();
      throw Refusal.of(
              422,
              "element.check",
              element.title() + ": " + first.message() + " " + first.nextStep())
          .at(name())
          .errors(
              errors.stream()
                  .map(
                      each ->
                          new FieldError(
                              each.field(), each.code(), each.message() + " " + each.nextStep()))
                  .toList());
    }
    return findings;
  }

  /** Whether the onboarding was started: before that no value changes an outcome. */
  boolean isStarted() {
    return onboarding.startedAt() != null;
  }

  /** Whether the effect has to be seen first: a final outcome of a started onboarding changes. */
  boolean mustBeSeen(ChangeEffect effect) {
    return isStarted() && effect.changesWhatIsFinal();
  }

  /**
   * Requires of a customer to leave those groups of the contacts as they stand that are the
   * vendor's.
   *
   * @param known the value that would be replaced
   * @throws Refusal 403 otherwise
   */
  void requireOwnGroups(Caller caller, Optional<ElementRecord> known) {
    if (!element.id().equals(NoticeData.CONTACTS) || caller.speaksFor(Party.VENDOR)) {
      return;
    }
    JsonNode before = known.map(ElementRecord::value).orElse(MissingNode.getInstance());
    for (String group : VENDORS_GROUPS) {
      if (!Values.areSame(before.path(group), value.path(group))) {
        throw Refusal.of(
                403,
                "contacts.vendors-group",
                "Only a manager or an engineer changes who is told of the vendor's side: "
                    + (before.has(group)
                        ? "give `" + group + "` as it stands, and change `customer` only."
                        : "leave `" + group + "` out, and give `customer` only."))
            .at(element.id())
            .errors(
                List.of(
                    new FieldError(
                        "/" + group, "contacts.vendors-group", "is the vendor's to change")));
      }
    }
  }

  /** {@code tenants}, or {@code tenant-look@acme}. */
  String name() {
    return ElementRecord.name(element.id(), instance);
  }

  /**
   * Requires that tasks' and elements' instances follow from the value.
   *
   * @throws Refusal 422 if a name in it cannot name an instance, or stands twice
   */
  private void requireInstances() {
    ObjectNode elements = intake.values();
    ElementRecord.put(elements, element.id(), instance, value);
    Instances instances = new Instances(checklist, elements);
    try {
      checklist.dimensions().keySet().forEach(instances::keys);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(422, "element.instances", element.title() + ": " + e.getMessage() + ".")
          .at(name());
    }
  }

  /** The element's record, if it was given before. */
  Optional<ElementRecord> known() {
    return intake.elements().stream().filter(each -> each.name().equals(name())).findFirst();
  }

  /** The effect of saving it over a version. */
  ChangeEffect effect(FunctionContext context, long version) {
    return ChangeEffect.of(
        checklist,
        element.id(),
        instance,
        version,
        value,
        PlanInput.of(intake),
        context.tasks().of(onboarding.id()));
  }

  private static Element element(Checklist checklist, String id) {
    ChecklistElements asked = new ChecklistElements(checklist);
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

  private static void requireForm(ElementForm form, Element element, JsonNode value) {
    List<FieldError> errors = form.errors(element, value);
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
}

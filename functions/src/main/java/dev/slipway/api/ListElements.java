package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Condition;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.checklist.Requirement;
import dev.slipway.context.FunctionContext;
import dev.slipway.credentials.Grade;
import dev.slipway.element.ElementRows;
import dev.slipway.ledger.CredentialRecord;
import dev.slipway.ledger.ElementRecord;
import dev.slipway.ledger.IntakeRecord;
import dev.slipway.ledger.Onboarding;
import dev.slipway.ledger.Party;
import dev.slipway.report.ElementLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code GET /onboardings/{onboarding}/elements}: what is asked for, and what was given. Of
 * credentials only their grades.
 */
public final class ListElements extends ApiFunction {
  /** For Lambda. */
  public ListElements() {
    this(FunctionContext.lambda());
  }

  public ListElements(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /** The answer. */
  record ElementList(List<ElementView> elements, List<CredentialView> credentials) {}

  /**
   * An element; one that is given for each of several has a view for each.
   *
   * @param element its name: {@code tenants}, or {@code tenant-look@acme}
   * @param applies whether it is asked for as things stand; an element that does not apply is
   *     listed only if it was given
   * @param yours whether the caller may give it now
   * @param version to save over; 0: not given yet
   * @param row where it stands as a row of the guide, with its evidence; null if it is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ElementView(
      String element,
      String section,
      String title,
      Requirement requirement,
      Party party,
      String guidance,
      JsonNode schema,
      boolean applies,
      boolean yours,
      long version,
      JsonNode value,
      String by,
      Instant at,
      ElementLine row) {}

  /**
   * A credential, as an element.
   *
   * @param system its name: {@code smtp}, or {@code mnohub-tenant@uat.acme}
   * @param yours whether the caller may give it now
   * @param grade of the newest value; null: not given yet
   * @param usable whether a valid value is there, the newest or an earlier one
   * @param row where it stands as a row of the guide, with its evidence; null if it is none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CredentialView(
      String system,
      String section,
      String title,
      Requirement requirement,
      Party party,
      String guidance,
      JsonNode schema,
      boolean applies,
      boolean yours,
      boolean usable,
      Grade grade,
      String message,
      Instant retryAt,
      String by,
      Instant at,
      ElementLine row) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    return ApiAnswer.of(200, of(call, call.onboarding()));
  }

  /** The elements that are asked for, as the caller sees them. */
  static ElementList of(ApiCall call, Onboarding onboarding) {
    return new Listing(
            call.caller(),
            TaskRules.isPermitted(() -> ApiCall.requireOpen(onboarding)),
            call.checklist(onboarding),
            call.context().elements().intake(onboarding.id()))
        .elements();
  }

  private static final class Listing {
    private final Caller caller;
    private final boolean isOpen;
    private final Checklist checklist;
    private final Map<String, ElementRecord> elements;
    private final Map<String, CredentialRecord> credentials;
    private final Instances instances;
    private final Map<String, ElementLine> rows;

    Listing(Caller caller, boolean isOpen, Checklist checklist, IntakeRecord intake) {
      this.caller = caller;
      this.isOpen = isOpen;
      this.checklist = checklist;
      this.elements =
          intake.elements().stream()
              .collect(Collectors.toMap(ElementRecord::name, Function.identity()));
      this.credentials =
          intake.credentials().stream()
              .collect(Collectors.toMap(CredentialRecord::name, Function.identity()));
      this.instances = new Instances(checklist, intake.values());
      this.rows =
          new ElementRows(checklist, intake)
              .all()
              .map(ElementLine::of)
              .collect(Collectors.toMap(ElementLine::element, Function.identity()));
    }

    ElementList elements() {
      return new ElementList(
          each(Element.Kind.VALUE, this::element)
              .filter(view -> view.applies() || view.version() > 0)
              .toList(),
          each(Element.Kind.CREDENTIAL, this::credential)
              .filter(view -> view.applies() || view.grade() != null)
              .toList());
    }

    private <T> Stream<T> each(Element.Kind kind, View<T> view) {
      return checklist.sections().stream()
          .flatMap(
              section ->
                  section.elements().stream()
                      .filter(element -> element.kind() == kind)
                      .flatMap(
                          element ->
                              instances.of(element).stream()
                                  .map(instance -> view.of(section.id(), element, instance))));
    }

    private interface View<T> {
      T of(String section, Element element, String instance);
    }

    private boolean applies(Element element, String instance) {
      return instances.rules().evaluate(element.condition(), instances.at(element, instance))
          == Condition.Answer.HOLDS;
    }

    private boolean isYours(Element element) {
      return isOpen && caller.mayGive(element);
    }

    private ElementView element(String section, Element element, String instance) {
      String name = ElementRecord.name(element.id(), instance);
      ElementRecord given = elements.get(name);
      return new ElementView(
          name,
          section,
          element.title(),
          element.requirement(),
          element.party(),
          element.guidance(),
          element.schema(),
          applies(element, instance),
          isYours(element),
          given == null ? 0 : given.version(),
          given == null ? null : given.value(),
          given == null ? null : given.by(),
          given == null ? null : given.at(),
          rows.get(name));
    }

    private CredentialView credential(String section, Element element, String instance) {
      String name = ElementRecord.name(element.id(), instance);
      CredentialRecord given = credentials.get(name);
      return new CredentialView(
          name,
          section,
          element.title(),
          element.requirement(),
          element.party(),
          element.guidance(),
          element.schema(),
          applies(element, instance),
          isYours(element),
          given != null && given.validVersionId() != null,
          given == null ? null : given.grade(),
          given == null ? null : given.message(),
          given == null ? null : given.retryAt(),
          given == null ? null : given.by(),
          given == null ? null : given.at(),
          rows.get("credential:" + name));
    }
  }
}

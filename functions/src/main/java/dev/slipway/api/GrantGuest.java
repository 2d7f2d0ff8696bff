package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Element;
import dev.slipway.checklist.Instances;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Grant;
import dev.slipway.ledger.NoticeData;
import dev.slipway.ledger.Onboarding;
import java.util.Optional;

/**
 * {@code POST /onboardings/{onboarding}/people/guests}: lets a person without an account give one
 * element, or hand in one credential. A step of a task is handed on by {@link DelegateTask}.
 */
public final class GrantGuest extends ApiFunction {
  /** For Lambda. */
  public GrantGuest() {
    this(FunctionContext.lambda());
  }

  public GrantGuest(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.openOnboarding();
    Fields fields = call.fields();
    Addressee guest = Addressee.of(fields);
    Optional<String> value = fields.optionalText("element", 200);
    Optional<String> credential = fields.optionalText("credential", 200);
    fields.complete();
    guest.requireAddress("email");
    if (value.isPresent() == credential.isPresent()) {
      throw Refusal.of(422, "body.invalid", "Name one `element`, or one `credential`.")
          .at("element");
    }
    Element element = element(call, onboarding, value, credential);
    GuestAccess access = new GuestAccess(call);
    access.requirePossible(onboarding);
    return ApiAnswer.of(
        201,
        access.grant(
            onboarding,
            guest.name(),
            guest.email(),
            value
                .map(Grant.About::element)
                .orElseGet(() -> Grant.About.credential(credential.orElseThrow())),
            element.party(),
            element.title()));
  }

  /** Only what the caller may give can be handed on, and never who is told of what. */
  private static Element element(
      ApiCall call, Onboarding onboarding, Optional<String> value, Optional<String> credential) {
    Checklist checklist = call.checklist(onboarding);
    ChecklistElements asked = new ChecklistElements(checklist);
    ElementPath path = ElementPath.of(value.or(() -> credential).orElseThrow());
    Element element =
        (value.isPresent() ? asked.element(path.id()) : asked.credential(path.id()))
            .filter(each -> !each.id().equals(NoticeData.CONTACTS))
            .orElseThrow(
                () ->
                    Refusal.notFound(
                        "element.unknown", "element", "No guest can be asked for such a thing."));
    path.requireInstance(
        new Instances(checklist, call.context().elements().values(onboarding.id())), element);
    if (!call.caller().mayGive(element)) {
      throw Refusal.of(403, "caller.party", "The other side gives this: it hands it on.")
          .at("element")
          .with("party", element.party());
    }
    return element;
  }
}

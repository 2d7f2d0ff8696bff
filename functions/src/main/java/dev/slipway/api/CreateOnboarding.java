package dev.slipway.api;

import dev.slipway.checklist.Checklist;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import dev.slipway.ledger.Onboarding;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code POST /onboardings}: begins an onboarding on the newest version of a checklist. The same
 * {@code Idempotency-Key} of the same person answers the same onboarding for a week; with {@code
 * sharedKey}, whoever sends it.
 */
public final class CreateOnboarding extends ApiFunction {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,128}");
  private static final int LONGEST_NAME = 100;

  /** For Lambda. */
  public CreateOnboarding() {
    this(FunctionContext.lambda());
  }

  public CreateOnboarding(FunctionContext context) {
    super(context, Role.MANAGER);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    String key =
        call.event()
            .header("idempotency-key")
            .filter(text -> KEY.matcher(text).matches())
            .orElseThrow(
                () ->
                    Refusal.of(
                            400,
                            "idempotency.missing",
                            "Send an Idempotency-Key of 8 to 128 visible characters, the same one"
                                + " when you repeat the request.")
                        .at("Idempotency-Key"));
    Fields fields = call.fields();
    String name = fields.text("name", LONGEST_NAME).replaceAll("\\s+", " ");
    String checklistName = fields.text("checklist", LONGEST_NAME);
    boolean shared = fields.flag("sharedKey");
    fields.complete();
    Checklist checklist = newest(call, checklistName);
    Onboarding onboarding;
    try {
      onboarding =
          call.context()
              .onboardings()
              .create(
                  // No subject is empty, so no person's key is taken for one of all.
                  (shared ? "" : call.caller().subject()) + "/" + key,
                  Json.hash(Json.tree(Map.of("checklist", checklistName, "name", name))),
                  name,
                  checklist.name(),
                  checklist.version(),
                  call.actor());
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
              422,
              "idempotency.reused",
              "You used this Idempotency-Key before for another request: send a new one.")
          .at("Idempotency-Key");
    }
    Plans.keepChanged(call, onboarding);
    return ApiAnswer.of(201, OnboardingView.Answer.of(onboarding))
        .header("Location", "/onboardings/" + onboarding.id());
  }

  private static Checklist newest(ApiCall call, String name) {
    try {
      return call.context().checklists().newest(name);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(
              422,
              "checklist.unknown",
              "There is no checklist of this name; there are: "
                  + String.join(", ", call.context().checklists().names())
                  + ".")
          .at("checklist");
    }
  }
}

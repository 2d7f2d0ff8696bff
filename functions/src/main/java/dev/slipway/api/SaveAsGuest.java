package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.ElementChecks;
import java.util.Map;

/**
 * {@code PUT /guests/{onboarding}/{grant}/value}: a guest gives the element. What that changes of
 * other rows is not for a guest to see: whoever granted it accepted that.
 */
public final class SaveAsGuest extends ApiFunction {
  private final SaveElement route;

  /** For Lambda. */
  public SaveAsGuest() {
    this(FunctionContext.lambda());
  }

  public SaveAsGuest(FunctionContext context) {
    this(context, ElementChecks.all(context));
  }

  SaveAsGuest(FunctionContext context, ElementChecks checks) {
    super(context, Admission.ofGuests());
    this.route = new SaveElement(context, checks);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate.Guest guest = new GuestGate(call).admit();
    Map<String, String> path =
        Map.of("element", GuestGate.Guest.only(guest.grant().about().element()));
    try {
      save(guest, path);
    } catch (Refusal refusal) {
      // By whom is not for a guest to know.
      throw refusal.code().equals("element.changed")
          ? Refusal.of(
                  412,
                  "element.changed",
                  "Another person gave it meanwhile: load the page again to see the value.")
              .at("If-Match")
          : refusal;
    }
    return ApiAnswer.of(200, new GuestThanks(call.now()));
  }

  private void save(GuestGate.Guest guest, Map<String, String> path) {
    try {
      route.answer(guest.as(path));
    } catch (Refusal refusal) {
      JsonNode seen = refusal.member("currentHash");
      if (!refusal.code().equals("effect.not-seen") || seen == null) {
        throw refusal;
      }
      route.answer(guest.as(path, "effect-hash", seen.asText()));
    }
  }
}

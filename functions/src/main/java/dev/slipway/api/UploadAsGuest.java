package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import java.util.Map;

/**
 * {@code POST /guests/{onboarding}/{grant}/files}: a guest hands over a file for what they give.
 */
public final class UploadAsGuest extends ApiFunction {
  private final UploadFile route;

  /** For Lambda. */
  public UploadAsGuest() {
    this(FunctionContext.lambda());
  }

  public UploadAsGuest(FunctionContext context) {
    super(context, Admission.ofGuests());
    this.route = new UploadFile(context);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate.Guest guest = new GuestGate(call).admit();
    if (guest.grant().about().credential() != null) {
      throw Refusal.of(403, "guest.scope", "Access data take no file.");
    }
    return route.answer(guest.as(Map.of()));
  }
}

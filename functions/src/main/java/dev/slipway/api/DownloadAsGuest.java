package dev.slipway.api;

import dev.slipway.context.FunctionContext;
import java.util.Map;

/**
 * {@code GET /guests/{onboarding}/{grant}/files/{sha256}}: a file that is named in what the guest
 * is asked for, such as a logo to be put in place; no other.
 */
public final class DownloadAsGuest extends ApiFunction {
  private final DownloadFile route;

  /** For Lambda. */
  public DownloadAsGuest() {
    this(FunctionContext.lambda());
  }

  public DownloadAsGuest(FunctionContext context) {
    super(context, Admission.ofGuests());
    this.route = new DownloadFile(context);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate.Guest guest = new GuestGate(call).admit();
    String sha256 = call.event().path("sha256");
    if (GetGuestAsk.asked(call, guest).files().stream()
        .noneMatch(file -> file.sha256().equals(sha256))) {
      throw Refusal.of(403, "guest.scope", "What you are asked for names no such file.");
    }
    return route.answer(guest.as(Map.of("sha256", sha256)));
  }
}

package dev.slipway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.json.Json;
import java.util.Map;

/**
 * {@code PUT /guests/{onboarding}/{grant}/credential}: a guest hands in the access data, which are
 * tested and never shown.
 */
public final class StoreAsGuest extends ApiFunction {
  private final StoreCredential route;

  /** For Lambda. */
  public StoreAsGuest() {
    this(FunctionContext.lambda());
  }

  public StoreAsGuest(FunctionContext context) {
    this(context, CredentialTests.all(context));
  }

  StoreAsGuest(FunctionContext context, CredentialTests tests) {
    super(context, Admission.ofGuests());
    this.route = new StoreCredential(context, tests);
  }

  @Override
  ApiAnswer answer(ApiCall call) {
    GuestGate.Guest guest = new GuestGate(call).admit();
    ApiAnswer answer =
        route.answer(
            guest.as(Map.of("system", GuestGate.Guest.only(guest.grant().about().credential()))));
    return ApiAnswer.of(200, graded(answer));
  }

  /** Without the rows that rest on it. */
  private static ObjectNode graded(ApiAnswer answer) {
    try {
      return ((ObjectNode) Json.MAPPER.readTree(answer.body()))
          .retain("system", "grade", "message", "retryAt", "usable");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

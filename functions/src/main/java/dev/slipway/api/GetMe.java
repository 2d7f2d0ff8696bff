package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Onboarding;
import java.time.Instant;
import java.util.List;

/** {@code GET /me}: who calls, as what, and which onboarding is the caller's own. */
public final class GetMe extends ApiFunction {
  /** For Lambda. */
  public GetMe() {
    this(FunctionContext.lambda());
  }

  public GetMe(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * The caller.
   *
   * @param name null if the token has none
   * @param onboardings those that a caller is bound to; empty of one who sees all of them
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Me(String subject, String name, List<String> roles, List<Own> onboardings, Instant now) {}

  /** An onboarding by its name. */
  record Own(String id, String name, Onboarding.State state) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Caller caller = call.caller();
    List<Own> own =
        call.own().map(found -> new Own(found.id(), found.name(), found.state())).toList();
    List<String> roles = caller.roles().stream().sorted().map(Role::claim).toList();
    return ApiAnswer.of(200, new Me(caller.subject(), caller.name(), roles, own, call.now()));
  }
}

package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.context.FunctionContext;
import dev.slipway.ledger.Event;
import dev.slipway.ledger.Onboarding;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code GET /onboardings/{onboarding}/events}: the audit trail, oldest first. {@code ?after=} an
 * event's id, {@code ?limit=}.
 */
public final class ListEvents extends ApiFunction {
  private static final Pattern ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

  /** For Lambda. */
  public ListEvents() {
    this(FunctionContext.lambda());
  }

  public ListEvents(FunctionContext context) {
    super(context, Role.MANAGER, Role.ENGINEER, Role.CUSTOMER);
  }

  /**
   * A page.
   *
   * @param next the {@code after} of the next page; null when this is the last one for now
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<Event> events, String next) {}

  @Override
  ApiAnswer answer(ApiCall call) {
    Onboarding onboarding = call.onboarding();
    int limit = Paging.limit(call.event(), 100, 200);
    String after =
        call.event()
            .query("after")
            .map(
                id -> {
                  if (!ID.matcher(id).matches()) {
                    throw Refusal.of(400, "query.after", "`after` must be the id of an event.")
                        .at("after");
                  }
                  return id;
                })
            .orElse(null);
    List<Event> events = call.context().auditTrail().events(onboarding.id(), after, limit);
    return ApiAnswer.of(
        200, new Page(events, events.size() < limit ? null : events.getLast().id()));
  }
}

package dev.slipway.enterprise.infrastructure;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.Party;

/**
 * M03 on premise: the customer makes the users of the management tool, whatever tool that is, and
 * states it. On AWS and Azure M06 makes them.
 */
public final class UsersInTool implements ElementLook {
  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    if (!subject.elements().path("infrastructure").path("provider").asText().equals("on-premise")) {
      return new LookResult.Seen("the element", "M06 makes the users");
    }
    String tool = subject.elements().path("infrastructure").path("managementTool").asText();
    return place
        .said()
        .<LookResult>map(said -> new LookResult.Seen(tool, "attested: the users are there"))
        .orElseGet(
            () ->
                new LookResult.Awaited(
                    Party.CUSTOMER,
                    "Create the users of the element `infrastructure-users` in "
                        + tool
                        + ": administrators with the right to change the infrastructure, simple"
                        + " users with the right to look at it. Have each sign in once, and state"
                        + " for each that it worked.",
                    "Your statement is recorded as evidence."));
  }
}

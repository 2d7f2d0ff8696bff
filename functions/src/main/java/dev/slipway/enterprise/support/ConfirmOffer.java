package dev.slipway.enterprise.support;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Party;
import java.util.Optional;

/** The vendor confirms the support offer (M51). */
public final class ConfirmOffer implements ElementLook {
  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    Optional<Answer> said = place.said();
    if (said.isEmpty()) {
      return new LookResult.Awaited(
          Party.VENDOR,
          "See that the customer's contract has the support offer of the element `support-offer`,"
              + " and confirm it. If it has another, have the customer correct it.",
          "Your statement is recorded as evidence.");
    }
    return new LookResult.Seen("the contract", "confirmed by " + said.get().by());
  }
}

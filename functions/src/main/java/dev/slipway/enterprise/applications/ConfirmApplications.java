package dev.slipway.enterprise.applications;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Party;
import java.util.Optional;

/** The vendor has found each application in its catalogue (M20). */
public final class ConfirmApplications implements ElementLook {
  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    Optional<Answer> said = place.said();
    if (subject.value().path("items").isEmpty()) {
      return new LookResult.Seen("the element", "no application");
    }
    if (said.isEmpty()) {
      return new LookResult.Awaited(
          Party.VENDOR,
          "Look each application of the element `applications` up in the catalogue, and say that"
              + " all are there under these ids. If one is not, have the customer correct it.",
          "Your statement is recorded as evidence.");
    }
    return new LookResult.Seen("the catalogue", "confirmed by " + said.get().by());
  }
}

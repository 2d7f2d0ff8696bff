package dev.slipway.enterprise.transactionalemail;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.ElementFinding;
import java.util.List;

/**
 * There is a mail tool; to do without takes a waiver (M45). It is a look and no check, so that the
 * value can be saved and then waived.
 */
public final class ToolOrWaiver implements ElementLook {
  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    String tool = subject.value().path("tool").asText();
    return new LookResult.Seen(
        "the element",
        tool,
        tool.equals("none")
            ? List.of(
                ElementFinding.error(
                    "mail-tool.none",
                    "/tool",
                    "Without a tool the platform sends no e-mail: no invitation, no new password.",
                    "Choose a tool, or have two people waive this row."))
            : List.of());
  }
}

package dev.slipway.enterprise.transactionalemail;

import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.List;

/** Mails are not sent through port 25 (M45). */
public final class MailToolUsable implements ElementCheck {
  private static final int RELAY = 25;

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    return subject.value().path("port").asInt() == RELAY
        ? List.of(
            ElementFinding.error(
                "mail-tool.port-25",
                "/port",
                "Port 25 is for mail servers among each other, and clouds block it.",
                "Give the port for sending by login, 587 or 465."))
        : List.of();
  }
}

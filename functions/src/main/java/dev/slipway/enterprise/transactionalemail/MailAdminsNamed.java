package dev.slipway.enterprise.transactionalemail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.List;

/**
 * The mail tool has an administrator; the customer's own mail server, or a platform without a tool,
 * needs none (M46).
 */
public final class MailAdminsNamed implements ElementCheck {
  private static final String FIELD = "/people";

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode people = subject.value().path("people");
    String tool = subject.elements().path("mail-tool").path("tool").asText();
    boolean hasReason = subject.value().has("reason");
    if (people.isEmpty() && !tool.equals("none") && !(tool.equals("smtp") && hasReason)) {
      return List.of(
          ElementFinding.error(
              "mail-admins.missing",
              FIELD,
              "Nobody administers the mail tool.",
              tool.equals("smtp")
                  ? "Name somebody, or give the `reason` why not."
                  : "Name at least one person."));
    }
    return people.size() == 1
        ? List.of(
            ElementFinding.warning(
                "mail-admins.one",
                FIELD,
                "Only one person administers the mail tool.",
                "Name a second one, who can stand in."))
        : List.of();
  }
}

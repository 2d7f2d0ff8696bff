package dev.slipway.enterprise.applications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A provider that approves apps before Production uses them has been asked to (M25, M28). */
public final class PartnerApproved implements ElementCheck {
  /** Xero and Intuit look at an app before customers of others may connect. */
  private static final Set<String> APPROVING = Set.of("xero", "quickbooks");

  private static final String FIELD = "/partnerApproval";

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    String nid = subject.at().getOrDefault("application", "");
    String approval = subject.value().path("partnerApproval").asText();
    List<ElementFinding> findings = new ArrayList<>();
    if (approval.equals("applied") && !subject.value().has("appliedOn")) {
      findings.add(
          ElementFinding.error(
              "approval.no-day",
              "/appliedOn",
              "The approval was applied for, and it is not said when.",
              "Give the day."));
    }
    if (isForProduction(subject.elements().path("applications"))) {
      if (APPROVING.contains(nid) && approval.equals("not-needed")) {
        findings.add(
            ElementFinding.warning(
                "approval.needed",
                FIELD,
                "This provider approves apps before Production uses them, which takes weeks.",
                "Apply for the approval, unless the app has it already."));
      } else if (approval.equals("applied")) {
        findings.add(
            ElementFinding.warning(
                "approval.open",
                FIELD,
                "The provider has not approved the app yet; Production waits for it.",
                "Say `granted` once it is."));
      }
    }
    return findings;
  }

  private static boolean isForProduction(JsonNode application) {
    return application
        .path("environments")
        .valueStream()
        .anyMatch(environment -> environment.asText().equals("production"));
  }
}

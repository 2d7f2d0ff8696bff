package dev.slipway.enterprise.applications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.enterprise.products.TenantNames;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Each application stands there once, for tenants that there are; a third party's has its provider
 * (M20).
 */
public final class ApplicationsNamed implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    TenantNames tenants = TenantNames.of(subject.elements().path("tenants"));
    JsonNode facts = subject.elements().path("application-facts");
    JsonNode items = subject.value().path("items");
    Set<String> seen = new HashSet<>();
    List<ElementFinding> findings = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      String nid = item.path("nid").asText();
      String at = "/items/" + i + "/";
      if (!seen.add(nid)) {
        findings.add(
            ElementFinding.error(
                "applications.twice",
                at + "nid",
                "The application stands there already.",
                "Name it once, with all its tenants and environments."));
      }
      for (int tenant = 0; tenant < item.path("tenants").size(); tenant++) {
        tenants
            .unknown(item.path("tenants").get(tenant).asText(), at + "tenants/" + tenant)
            .ifPresent(findings::add);
      }
      boolean isThirdParty =
          facts.path(nid).path("integration").asText().equals("third-party-cloud");
      if (isThirdParty && !item.has("provider")) {
        findings.add(
            ElementFinding.error(
                "applications.no-provider",
                at + "provider",
                "The application is a third party's, who may have to migrate it.",
                "Give name and e-mail address of its provider."));
      }
    }
    return findings;
  }
}

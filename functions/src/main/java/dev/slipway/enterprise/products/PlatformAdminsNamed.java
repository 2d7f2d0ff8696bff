package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.enterprise.People;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;

/** Platform administrators: each once, better two, and of the customer's own (M10). */
public final class PlatformAdminsNamed implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    People people = new People(subject.value(), "");
    List<ElementFinding> findings = new ArrayList<>(people.twice());
    findings.addAll(people.supportAccount());
    if (subject.value().size() < 2) {
      findings.add(
          ElementFinding.warning(
              "platform-admins.one",
              "",
              "Only one person administers the platform.",
              "Name a second one, who can stand in."));
    }
    JsonNode zones = subject.elements().path("infrastructure").path("dns").path("zones");
    for (int i = 0; i < subject.value().size(); i++) {
      String email = people.email(i);
      String domain = email.substring(email.lastIndexOf('@') + 1);
      if (!zones.isEmpty() && zones.valueStream().noneMatch(zone -> isOf(zone, domain))) {
        findings.add(
            ElementFinding.warning(
                "platform-admins.other-domain",
                people.field(i),
                "This address is in none of your domains.",
                "See whether the person belongs to you: administrators see all users."));
      }
    }
    return findings;
  }

  private static boolean isOf(JsonNode zone, String domain) {
    String name = zone.path("name").asText();
    return name.equals(domain) || name.endsWith("." + domain) || domain.endsWith("." + name);
  }
}

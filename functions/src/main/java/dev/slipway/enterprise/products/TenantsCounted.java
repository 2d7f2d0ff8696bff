package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.enterprise.Environments;
import dev.slipway.enterprise.infrastructure.NamedHosts;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * There are as many tenants as were counted, each with a name and a host of its own; one of
 * Production has its twin in UAT (M11).
 */
public final class TenantsCounted implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    JsonNode value = subject.value();
    List<ElementFinding> findings = new ArrayList<>();
    for (String environment : Environments.ALL) {
      JsonNode of = value.path(environment);
      int count = of.path("count").asInt();
      if (count != of.path("list").size()) {
        findings.add(
            ElementFinding.error(
                "tenants.count",
                "/" + environment + "/count",
                "The list has %d, not %d.".formatted(of.path("list").size(), count),
                "Complete the list, or correct the number."));
      }
      names(environment, of.path("list"), value, findings);
    }
    NamedHosts hosts = NamedHosts.ofTenants(value);
    findings.addAll(
        hosts.twice(
            NamedHosts.ofComponents(subject.elements().path("component-hosts")),
            "component-hosts"));
    findings.addAll(hosts.outside(subject.elements().path("infrastructure")));
    return findings;
  }

  private static void names(
      String environment, JsonNode list, JsonNode value, List<ElementFinding> findings) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String name = list.get(i).path("name").asText();
      String field = "/%s/list/%d/name".formatted(environment, i);
      if (!seen.add(name)) {
        findings.add(
            ElementFinding.error(
                "tenants.twice",
                field,
                "The environment has a tenant of this name already.",
                "Give each tenant a name of its own."));
      }
      boolean isTried =
          environment.equals("uat")
              || value
                  .path("uat")
                  .path("list")
                  .valueStream()
                  .anyMatch(other -> other.path("name").asText().equals(name));
      if (!isTried) {
        findings.add(
            ElementFinding.warning(
                "tenants.no-twin",
                field,
                "UAT has no tenant of this name, so nothing of it is tried before Production.",
                "Name it in UAT as well, unless that is meant."));
      }
    }
  }
}

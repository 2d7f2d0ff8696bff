package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.List;

/**
 * Each component has a host of its own in each environment, inside a zone (M04); and the name for
 * applications on Nex! is there where one will run.
 */
public final class HostsApart implements ElementCheck {
  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    NamedHosts hosts = NamedHosts.ofComponents(subject.value());
    List<ElementFinding> findings =
        new ArrayList<>(
            hosts.twice(NamedHosts.ofTenants(subject.elements().path("tenants")), "tenants"));
    findings.addAll(hosts.outside(subject.elements().path("infrastructure")));
    if (runsOnNex(subject.elements())) {
      for (String environment : Environments.ALL) {
        if (!subject.value().path(environment).has("nexApps")) {
          findings.add(
              ElementFinding.warning(
                  "host.nex-apps-missing",
                  "/" + environment + "/nexApps",
                  "An application runs on Nex!, and there is no name below which it gets its host.",
                  "Give `nexApps`, such as *.apps.customer.example."));
        }
      }
    }
    return findings;
  }

  private static boolean runsOnNex(JsonNode elements) {
    return elements
            .path("application-facts")
            .valueStream()
            .anyMatch(facts -> facts.path("integration").asText().equals("hosted"))
        || elements
            .path("connector-hosting")
            .path("connectors")
            .valueStream()
            .anyMatch(hosting -> hosting.asText().equals("on-premise"));
  }
}

package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementCheck;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Each host of an environment is covered by one certificate: those of the components, the wildcard
 * of applications on Nex! where it is given, the tenants', and those of connectors on premise. A
 * provided certificate is for all names that it is said to cover.
 */
final class CertificatesCoverHosts implements ElementCheck {
  private static final List<String> COMPONENTS =
      List.of("mnohub", "connec", "impac", "nex", "nexApps");

  @Override
  public List<ElementFinding> check(CheckSubject subject) {
    List<GivenCertificate> all = GivenCertificate.of(subject);
    List<ElementFinding> findings = new ArrayList<>();
    for (String environment : Environments.ALL) {
      List<GivenCertificate> own =
          all.stream().filter(each -> each.environment().equals(environment)).toList();
      for (String host : hosts(subject.elements(), environment)) {
        List<String> covering =
            own.stream()
                .filter(each -> each.wanted().isFor(host))
                .map(each -> each.wanted().name())
                .toList();
        if (covering.isEmpty()) {
          findings.add(
              ElementFinding.error(
                  "certificate.not-covered",
                  "/" + environment,
                  "No certificate of the environment covers " + host + ".",
                  "Add it to the names of one; a wildcard covers one label."));
        } else if (covering.size() > 1) {
          findings.add(
              ElementFinding.error(
                  "certificate.covered-twice",
                  "/" + environment,
                  host + " is covered by `" + String.join("` and `", covering) + "`.",
                  "Leave it to one, so that it is sure with which it is served."));
        }
      }
    }
    for (GivenCertificate given : GivenCertificate.readable(subject)) {
      given.check().orElseThrow().coverage(given.wanted().covers()).stream()
          .map(given::told)
          .forEach(findings::add);
    }
    return findings;
  }

  /** The hosts of an environment, as far as they are given yet. */
  private static Set<String> hosts(JsonNode elements, String environment) {
    Set<String> hosts = new LinkedHashSet<>();
    JsonNode components = elements.path("component-hosts").path(environment);
    COMPONENTS.forEach(component -> add(hosts, components.path(component)));
    elements
        .path("tenants")
        .path(environment)
        .path("list")
        .forEach(tenant -> add(hosts, tenant.path("host")));
    elements
        .path("connector-hosting")
        .path("hosts")
        .forEach(connector -> add(hosts, connector.path(environment)));
    return hosts;
  }

  private static void add(Set<String> hosts, JsonNode host) {
    if (host.isTextual()) {
      hosts.add(host.asText());
    }
  }
}

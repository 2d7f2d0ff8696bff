package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.TaskKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts that an element names, each with its environment and the field that names it.
 *
 * @param hosts in their order
 */
public record NamedHosts(List<Named> hosts) {
  /** One host; a wildcard with its asterisk. */
  public record Named(String environment, String field, String host) {}

  /** Those of {@code component-hosts}, without what they point to. */
  public static NamedHosts ofComponents(JsonNode components) {
    List<Named> hosts = new ArrayList<>();
    for (String environment : Environments.ALL) {
      for (String name : List.of("mnohub", "connec", "impac", "nex", "nexApps")) {
        JsonNode host = components.path(environment).path(name);
        if (host.isTextual()) {
          hosts.add(new Named(environment, "/" + environment + "/" + name, host.asText()));
        }
      }
    }
    return new NamedHosts(hosts);
  }

  /** Those of {@code tenants}. */
  public static NamedHosts ofTenants(JsonNode tenants) {
    List<Named> hosts = new ArrayList<>();
    for (String environment : Environments.ALL) {
      JsonNode list = tenants.path(environment).path("list");
      for (int i = 0; i < list.size(); i++) {
        String field = "/%s/list/%d/host".formatted(environment, i);
        hosts.add(new Named(environment, field, list.get(i).path("host").asText()));
      }
    }
    return new NamedHosts(hosts);
  }

  /** Those that stand there twice, or among others that were given. */
  public List<ElementFinding> twice(NamedHosts others, String element) {
    List<ElementFinding> findings = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      Named host = hosts.get(i);
      hosts.subList(0, i).stream()
          .filter(other -> other.host().equals(host.host()))
          .findFirst()
          .ifPresent(
              other ->
                  findings.add(
                      twice(host, "`" + other.field().substring(1).replace('/', '.') + "`")));
      others.hosts().stream()
          .filter(other -> other.host().equals(host.host()))
          .findFirst()
          .ifPresent(other -> findings.add(twice(host, "`" + element + "`")));
    }
    return findings;
  }

  private static ElementFinding twice(Named host, String where) {
    return ElementFinding.error(
        "host.twice",
        host.field(),
        "%s is the host of %s, too.".formatted(host.host(), where),
        "Give each component, tenant and environment a host of its own.");
  }

  /**
   * Those that lie in none of the zones of {@code infrastructure}, or in the other environment's.
   */
  public List<ElementFinding> outside(JsonNode infrastructure) {
    JsonNode zones = infrastructure.path("dns").path("zones");
    return zones.isEmpty()
        ? List.of()
        : hosts.stream()
            .filter(host -> zones.valueStream().noneMatch(zone -> holds(zone, host)))
            .map(
                host ->
                    ElementFinding.error(
                        "host.outside-zones",
                        host.field(),
                        "%s lies in no zone of %s."
                            .formatted(host.host(), TaskKey.place(host.environment())),
                        "Give a host below a zone of `infrastructure.dns.zones`, or add its zone"
                            + " there."))
            .toList();
  }

  private static boolean holds(JsonNode zone, Named host) {
    String name = zone.path("name").asText();
    return (host.host().equals(name) || host.host().endsWith("." + name))
        && (!zone.has("environment")
            || zone.path("environment").asText().equals(host.environment()));
  }
}

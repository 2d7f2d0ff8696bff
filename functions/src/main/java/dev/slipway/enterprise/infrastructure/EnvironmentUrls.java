package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.Environments;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The hosts of the environment that a task's instance is for: their zones and their targets. */
final class EnvironmentUrls {
  private final Work work;
  private final JsonNode stated;

  EnvironmentUrls(Work work, StatedTargets targets) {
    this.work = work;
    this.stated = targets.of(work.onboarding(), work.at("environment"));
  }

  String environment() {
    return work.at("environment");
  }

  /** The other environment. */
  String other() {
    return Environments.ALL.stream().filter(each -> !each.equals(environment())).findFirst().get();
  }

  List<EnvironmentHost> hosts() {
    work.element("component-hosts");
    work.element("tenants");
    return EnvironmentHost.all(work.elements(), environment());
  }

  /** The hosts of the other environment. */
  List<EnvironmentHost> others() {
    return EnvironmentHost.all(work.elements(), other());
  }

  /** The zones that hosts of this environment are in. */
  List<JsonNode> zones() {
    return hosts().stream().map(host -> zone(host.name())).distinct().toList();
  }

  /** The zone that a host is in: of several, the one nearest to it. */
  JsonNode zone(String host) {
    return nearest(work, host)
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "dns.no-zone",
                    "dns",
                    "infrastructure.dns.zones",
                    host + " is in none of the zones that are given.",
                    "Add its zone, or correct the host; then retry."));
  }

  /** The given zone that a host is in, if there is one. */
  static Optional<JsonNode> nearest(Work work, String host) {
    JsonNode zones = work.element("infrastructure").path("dns").path("zones");
    return StreamSupport.stream(zones.spliterator(), false)
        .filter(zone -> isWithin(host, zone.path("name").asText()))
        .max(Comparator.comparingInt(zone -> zone.path("name").asText().length()));
  }

  private static boolean isWithin(String host, String zone) {
    return host.equals(zone) || host.endsWith("." + zone);
  }

  /** To what a host leads: as the customer says, or as the vendor stated after the base set-up. */
  String target(EnvironmentHost host) {
    String given = given().path(host.component()).asText();
    String target = given.isEmpty() ? stated.path(host.component()).asText() : given;
    if (target.isEmpty()) {
      throw new UnmetRequirement(
          "dns.target-missing",
          "dns",
          "component-hosts." + environment() + ".targets",
          "To what "
              + host.name()
              + " is to lead is not known: no target of `"
              + host.component()
              + "` was given, and none was stated after the base set-up.",
          "Give `"
              + host.component()
              + "` in the targets of the element, or have the vendor state it; then retry.");
    }
    return target.toLowerCase(Locale.ROOT);
  }

  private JsonNode given() {
    return work.element("component-hosts").path(environment()).path("targets");
  }

  /** What was stated after the base set-up, for statements that rest on it. */
  JsonNode stated() {
    return stated;
  }

  /** Whether a record that is there and says otherwise may be replaced. */
  boolean mayReplace() {
    return work.element("component-hosts").path(environment()).path("replace").asBoolean();
  }

  /** Whether only the customer's own network finds the hosts. */
  boolean isPrivate() {
    return work.element("infrastructure").path("reach").asText().equals("private");
  }

  boolean sharesAccount() {
    return work.element("infrastructure").path("sharedAccount").asBoolean();
  }
}

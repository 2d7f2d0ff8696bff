package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.dns.HostedDns.Zone;
import dev.slipway.systems.dns.ZoneDelegation;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.NameServers;
import dev.slipway.systems.rest.JsonApi;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The zones of an environment's hosts: they are there, and their parents lead to them. */
final class ZoneSetUp {
  private static final String RETRY = "; then retry.";

  private final Work work;
  private final EnvironmentUrls urls;
  private final Optional<HostedDns> dns;
  private final ZoneDelegation delegation;

  /**
   * @param dns the customer's DNS by its API; empty where the customer runs it
   */
  ZoneSetUp(Work work, EnvironmentUrls urls, Optional<HostedDns> dns, Egress egress) {
    this.work = work;
    this.urls = urls;
    this.dns = dns;
    this.delegation = new ZoneDelegation(egress.names(), new NameServers(egress));
  }

  /** Makes those that are missing, if the customer wants that, and looks at all. */
  Finding ensure() {
    List<String> seen = new ArrayList<>();
    for (JsonNode given : urls.zones()) {
      String name = given.path("name").asText();
      if (mayCreate()) {
        dns.ifPresent(service -> ensure(service, name));
      }
      seen.add(look(given));
    }
    return found(seen);
  }

  /** The other environment, which shares the zone, may be making it just now: it is adopted. */
  private void ensure(HostedDns service, String name) {
    JsonApi.ensure(
        () -> service.zones(name).stream().findFirst(),
        () -> {
          work.remember(Note.Kind.INTENT, "zone:" + name, Json.tree(work.now()));
          return service.createZone(name, "slipway-" + work.onboarding() + "-" + name);
        });
  }

  private boolean mayCreate() {
    return work.element("infrastructure").path("dns").path("createZone").asBoolean();
  }

  /** Looks at all of them. */
  Finding look() {
    return found(urls.zones().stream().map(this::look).toList());
  }

  private Finding found(List<String> seen) {
    return new Finding(
        "NS at the parent, SOA of the zone",
        dns.map(HostedDns::against).orElse("DNS"),
        String.join("; ", seen));
  }

  private String look(JsonNode given) {
    String name = given.path("name").asText();
    Optional<Zone> zone = dns.map(service -> zone(service, given));
    if (urls.isPrivate()) {
      return name + ": only your network finds it";
    }
    ZoneDelegation.Found found = delegation.look(name);
    Set<String> own = zone.map(Zone::nameServers).orElse(found.atParent());
    if (found.atParent().isEmpty() || !found.leadsTo(own)) {
      throw notDelegated(name, found, own);
    }
    if (found.answering().isEmpty()) {
      throw new UnmetRequirement(
          "dns.not-delegated",
          "dns",
          "component-hosts",
          "The name servers of "
              + name
              + " do not answer for it ("
              + String.join("; ", found.silent())
              + ").",
          "Have them serve the zone, or set the right NS records at the parent" + RETRY);
    }
    return name
        + ": "
        + String.join(", ", new TreeSet<>(own))
        + (found.signed() ? " (signed, DNSSEC)" : "");
  }

  private static UnmetRequirement notDelegated(
      String name, ZoneDelegation.Found found, Set<String> own) {
    boolean isNamed = found.atParent().isEmpty();
    return new UnmetRequirement(
        "dns.not-delegated",
        "dns",
        "component-hosts",
        isNamed
            ? "The zone above " + name + " has no NS records for it, so nobody finds its hosts."
            : "The zone above "
                + name
                + " leads to "
                + String.join(", ", new TreeSet<>(found.atParent()))
                + ", and not to the zone's own name servers.",
        own.isEmpty()
            ? "Set the NS records of " + name + " at the parent" + RETRY
            : "Set these NS records at the parent: "
                + String.join(", ", new TreeSet<>(own))
                + RETRY);
  }

  /** The zone that holds a host's records. */
  static Zone zone(HostedDns service, JsonNode given) {
    String name = given.path("name").asText();
    Optional<String> id = Optional.ofNullable(given.path("zoneId").asText(null));
    List<Zone> zones = service.zones(name);
    if (zones.size() > 1 && id.isEmpty()) {
      throw new UnmetRequirement(
          "dns.zone-ambiguous",
          "dns",
          "infrastructure.dns.zones",
          service.service() + " has " + zones.size() + " zones " + name + ".",
          "Name the right one by its id, `zoneId`" + RETRY);
    }
    return service
        .zone(name, id)
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "dns.zone-missing",
                    "dns",
                    "infrastructure.dns.zones",
                    service.service()
                        + " has no zone "
                        + name
                        + id.map(i -> " " + i).orElse("")
                        + ".",
                    "Make it, or say with `createZone` that Slipway may" + RETRY));
  }

  /** Deletes those that this task made and that are empty; answers what was done. */
  List<String> remove() {
    List<String> done = new ArrayList<>();
    HostedDns service = dns.orElseThrow();
    for (JsonNode given : urls.zones()) {
      String name = given.path("name").asText();
      boolean isOurs = work.remembered(Note.Kind.INTENT, "zone:" + name).isPresent();
      for (Zone zone : isOurs ? service.zones(name) : List.<Zone>of()) {
        done.add(
            service.deleteIfEmpty(zone)
                ? "the zone " + name + " was empty, and is deleted"
                : "the zone " + name + " is left over, since it holds other records");
      }
    }
    return done;
  }
}

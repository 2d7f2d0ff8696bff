package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.dns.DnsRecord;
import dev.slipway.systems.dns.HostPaths;
import dev.slipway.systems.dns.HostPaths.View;
import dev.slipway.systems.dns.HostedDns;
import dev.slipway.systems.dns.HostedDns.Zone;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.NameServers;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The records by which an environment's hosts lead to their targets. */
final class HostRecords {
  private final Work work;
  private final EnvironmentUrls urls;
  private final HostPaths paths;

  HostRecords(Work work, EnvironmentUrls urls, Egress egress) {
    this.work = work;
    this.urls = urls;
    this.paths = new HostPaths(egress.names(), new NameServers(egress));
  }

  /** The lines that a person enters. */
  String lines() {
    return "Enter these records:\n"
        + urls.hosts().stream()
            .map(host -> line(host))
            .distinct()
            .collect(Collectors.joining("\n"));
  }

  private String line(EnvironmentHost host) {
    String target = urls.target(host);
    boolean isApex = urls.zone(host.name()).path("name").asText().equals(host.name());
    return DnsRecord.isAddress(target)
        ? DnsRecord.address(host.name(), target).line()
        : isApex
            ? host.name() + ".: an alias (ALIAS or ANAME, not CNAME) to " + target
            : DnsRecord.alias(host.name(), target).line();
  }

  /** Enters them by the service's API; none is replaced unasked. */
  Finding enter(HostedDns dns) {
    Map<JsonNode, List<DnsRecord>> wanted = new LinkedHashMap<>();
    Map<String, EnvironmentHost> hosts = new LinkedHashMap<>();
    List<String> byHand = new ArrayList<>();
    for (EnvironmentHost host : urls.hosts()) {
      JsonNode given = urls.zone(host.name());
      Zone zone = ZoneSetUp.zone(dns, given);
      Optional<DnsRecord> record = dns.leading(zone, host.name(), urls.target(host));
      record.ifPresentOrElse(
          each -> wanted.computeIfAbsent(given, any -> new ArrayList<>()).add(each),
          () -> byHand.add(host.name()));
      hosts.put(host.name(), host);
    }
    List<String> entered = new ArrayList<>();
    wanted.forEach(
        (given, records) ->
            new RecordChanges(work, dns)
                .enter(
                    ZoneSetUp.zone(dns, given),
                    records,
                    (record, present) -> mayReplace(hosts.get(record.name()), present))
                .forEach(record -> entered.add(record.line())));
    requireByHand(dns, byHand);
    return new Finding(
        "records",
        dns.against(),
        entered.isEmpty() ? "all were there" : "entered: " + String.join("; ", entered));
  }

  private boolean mayReplace(EnvironmentHost host, List<DnsRecord> present) {
    if (!urls.mayReplace()) {
      throw taken(host, String.join(", ", present.stream().map(DnsRecord::line).toList()));
    }
    return true;
  }

  private UnmetRequirement taken(EnvironmentHost host, String present) {
    return new UnmetRequirement(
        "dns.record-taken",
        "dns",
        host.field(),
        host.name() + " has another record already: " + present,
        "Remove it, or set `replace` in the element `component-hosts`, if nothing else needs it;"
            + " then retry.");
  }

  /** At a zone's apex no CNAME may stand; where the service has no alias either, a person helps. */
  private void requireByHand(HostedDns dns, List<String> hosts) {
    for (EnvironmentHost host : urls.hosts()) {
      if (hosts.contains(host.name()) && !leads(host).leads()) {
        throw new SystemTrouble(
            "dns",
            SystemTrouble.Kind.NOT_PERMITTED,
            "No machine can enter the alias of "
                + host.name()
                + ", which is a zone's apex, in "
                + dns.service()
                + ".",
            "records",
            dns.against(),
            "");
      }
    }
  }

  /** Finds them where the customer entered them. */
  Finding entered() {
    List<String> seen = new ArrayList<>();
    for (EnvironmentHost host : urls.hosts()) {
      View view = leads(host);
      if (!view.leads()) {
        throw new SystemTrouble(
            "dns",
            SystemTrouble.Kind.NOT_FOUND,
            host.name() + " does not lead to its target yet: " + view.seen() + ".",
            "record of " + host.name(),
            host.name(),
            view.seen());
      }
      seen.add(host.name() + " → " + view.seen());
    }
    return new Finding("look-up", "DNS", String.join("; ", seen));
  }

  /** The same after a person said to have entered them. */
  Finding look() {
    List<String> seen = new ArrayList<>();
    for (EnvironmentHost host : urls.hosts()) {
      View view = leads(host);
      if (!view.leads()) {
        throw new UnmetRequirement(
            "dns.record-missing",
            "dns",
            host.field(),
            host.name() + " does not lead to " + urls.target(host) + ": " + view.seen() + ".",
            "Enter " + line(host) + "; remove what else stands there. Then say so.");
      }
      seen.add(host.name() + " → " + view.seen());
    }
    return new Finding("look-up", "DNS", String.join("; ", seen));
  }

  /** In a private zone nobody sees from outside whether the records are there. */
  private View leads(EnvironmentHost host) {
    return urls.isPrivate()
        ? new View("outside", false, true, "only your network sees it", true, OptionalLong.empty())
        : paths.byOurResolver(host.name(), urls.target(host));
  }
}

package dev.slipway.enterprise.infrastructure;

import dev.slipway.enterprise.NextLook;
import dev.slipway.probe.Probe;
import dev.slipway.probe.ProbeResult;
import dev.slipway.probe.SeenNames;
import dev.slipway.systems.dns.HostPaths;
import dev.slipway.systems.dns.HostPaths.View;
import dev.slipway.systems.net.Egress;
import dev.slipway.systems.net.NameServers;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where an environment's hosts lead, seen from several places; changes nothing. */
final class HostLook {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f]*:[0-9a-f:]*");

  private final Work work;
  private final EnvironmentUrls urls;
  private final HostPaths paths;

  HostLook(Work work, EnvironmentUrls urls, Egress egress) {
    this.work = work;
    this.urls = urls;
    this.paths = new HostPaths(egress.names(), new NameServers(egress));
  }

  /** What a person in the customer's network looks up. */
  String lines() {
    return "Look up from within your network:\n"
        + urls.hosts().stream()
            .map(host -> host.name() + " → " + urls.target(host))
            .collect(Collectors.joining("\n"));
  }

  /** The look-up from within the customer's network, of the hosts and of what they lead to. */
  Probe fromInside() {
    return new Probe.DnsLookup(
        Stream.concat(
                urls.hosts().stream().map(host -> HostPaths.asked(host.name())),
                urls.hosts().stream().map(urls::target).filter(target -> !isAddress(target)))
            .distinct()
            .toList());
  }

  /** Each host leads to its target, as a probe runner in the customer's network sees it. */
  List<Finding> fromInside(ProbeResult result) {
    SeenNames seen = SeenNames.of(result);
    List<Finding> findings = new ArrayList<>();
    for (EnvironmentHost host : urls.hosts()) {
      String asked = HostPaths.asked(host.name());
      String target = urls.target(host);
      if (!seen.leads(asked, target)) {
        throw new UnmetRequirement(
            "dns.not-resolved",
            "dns",
            host.field(),
            "%s does not lead to %s as your network sees it: %s."
                .formatted(host.name(), target, seen.seen(asked)),
            "Correct the record in your own DNS; then retry, and let the probe runner look again.");
      }
      findings.add(new Finding("look-up from inside", host.name(), seen.seen(asked)));
    }
    return findings;
  }

  private static boolean isAddress(String target) {
    return ADDRESS.matcher(target).matches();
  }

  /** One host leads to its target from everywhere. */
  Finding resolve(EnvironmentHost host) {
    String target = urls.target(host);
    String zone = urls.zone(host.name()).path("name").asText();
    List<View> views = paths.views(host.name(), zone, target);
    views.stream()
        .filter(view -> view.isAnswer() && !view.leads())
        .findFirst()
        .ifPresent(
            view -> {
              throw notResolved(host, target, view);
            });
    long own = views.stream().filter(view -> view.isOfZone() && view.isAnswer()).count();
    if (own == 0 || !views.getFirst().isAnswer()) {
      throw new SystemTrouble(
          "dns",
          SystemTrouble.Kind.TIMED_OUT,
          "Neither our resolver nor the zone's own name servers must be silent about "
              + host.name()
              + ".",
          "A " + host.name(),
          zone,
          seen(views));
    }
    return new Finding("look-up from " + views.size() + " places", host.name(), seen(views));
  }

  private static String seen(List<View> views) {
    return views.stream()
        .map(view -> view.from() + ": " + view.seen())
        .collect(Collectors.joining("; "));
  }

  private UnmetRequirement notResolved(EnvironmentHost host, String target, View view) {
    Instant again = NextLook.of(work, "resolve:" + host.name() + "→" + urls.target(host));
    OptionalLong kept = view.negativeTtl();
    return new UnmetRequirement(
            "dns.not-resolved",
            "dns",
            host.field(),
            host.name()
                + " does not lead to "
                + target
                + " as "
                + view.from()
                + " sees it: "
                + view.seen()
                + ".",
            "Correct the record there, unless it is only new: it is looked up again at "
                + again
                + (kept.isPresent()
                    ? ". That there is nothing may be kept for "
                        + kept.getAsLong()
                        + " s, says the zone's SOA."
                    : "."))
        .lookedAtAgain(again);
  }

  /** No host of one environment leads to where one of the other does. */
  Finding separate() {
    Set<String> others = new TreeSet<>();
    urls.others().forEach(host -> others.addAll(paths.ends(host.name())));
    List<String> mixed =
        urls.hosts().stream()
            .filter(
                host ->
                    others.contains(urls.target(host))
                        || paths.ends(host.name()).stream().anyMatch(others::contains))
            .map(EnvironmentHost::name)
            .toList();
    if (!mixed.isEmpty() && !urls.sharesAccount()) {
      throw new UnmetRequirement(
          "dns.environments-mixed",
          "dns",
          "component-hosts",
          "UAT and Production lead to the same place: "
              + String.join(", ", mixed)
              + " share it with a host of "
              + urls.other()
              + ".",
          "Give each environment targets of its own; then retry.");
    }
    return new Finding(
        "targets of both environments",
        "DNS",
        mixed.isEmpty()
            ? others.isEmpty() ? urls.other() + " leads nowhere yet" : "apart"
            : "warning: they share an account, and " + String.join(", ", mixed) + " share targets");
  }
}

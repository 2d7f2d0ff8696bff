package dev.slipway.enterprise.performancemonitoring;

import dev.slipway.systems.newrelic.MonitoredAccount;
import dev.slipway.systems.newrelic.NerdGraph;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The response time that satisfies users, of each application with an agent. */
final class ApdexTargets {
  private final EnvironmentAccount account;
  private final AlertRules rules;

  ApdexTargets(EnvironmentAccount account, AlertRules rules) {
    this.account = account;
    this.rules = rules;
  }

  Finding ensure() {
    MonitoredAccount watched = account.account();
    Map<String, String> guids = watched.applications();
    wanted()
        .forEach(
            (name, seconds) -> {
              String guid = guid(guids, name);
              String present = String.valueOf(watched.apdex(guid));
              if (account.vendor().isToChange(note(name), present, String.valueOf(seconds))) {
                watched.setApdex(guid, seconds);
              }
            });
    return look();
  }

  /** Each is as it should. */
  Finding look() {
    MonitoredAccount watched = account.account();
    Map<String, String> guids = watched.applications();
    List<String> seen = new ArrayList<>();
    wanted()
        .forEach(
            (name, seconds) -> {
              double present = watched.apdex(guid(guids, name));
              if (present != seconds) {
                throw new UnmetRequirement(
                    "new-relic.apdex",
                    NerdGraph.SYSTEM,
                    AlertRules.ELEMENT + ".apdex",
                    "%s has the apdex target %s, and not %s.".formatted(name, present, seconds),
                    "See whether a file of the agent or another person sets it; then retry.");
              }
              seen.add(name + " " + seconds + " s");
            });
    return new Finding("NerdGraph: apmSettings", account.against(), String.join(", ", seen));
  }

  List<String> putBack() {
    MonitoredAccount watched = account.account();
    Map<String, String> guids = watched.applications();
    List<String> done = new ArrayList<>();
    for (String name : wanted().keySet()) {
      Optional<String> before = account.vendor().before(note(name));
      if (before.isPresent() && guids.containsKey(name)) {
        watched.setApdex(guids.get(name), Double.parseDouble(before.get()));
        done.add(name + " has its old apdex target");
      }
    }
    return done;
  }

  private Map<String, Double> wanted() {
    Map<String, Double> wanted = new LinkedHashMap<>();
    account
        .applications()
        .forEach(
            (component, names) -> names.forEach(name -> wanted.put(name, rules.apdex(component))));
    return wanted;
  }

  private static String guid(Map<String, String> guids, String name) {
    return Optional.ofNullable(guids.get(name))
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "new-relic.not-reporting",
                    NerdGraph.SYSTEM,
                    EnvironmentAccount.ELEMENT,
                    "Nothing reports to New Relic as " + name + " any more.",
                    "Look at the agent's log there; then retry."));
  }

  private static String note(String name) {
    return "apdex:" + name;
  }
}

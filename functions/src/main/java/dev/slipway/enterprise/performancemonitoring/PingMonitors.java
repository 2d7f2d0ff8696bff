package dev.slipway.enterprise.performancemonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.newrelic.MonitoredAccount;
import dev.slipway.systems.newrelic.NerdGraph;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Monitors of New Relic's that call the ping of each component and each frontend. The GUID of one
 * that was made is noted: the index by which monitors are found lags behind.
 */
final class PingMonitors {
  /** After so long the index knows a monitor whose making was begun. */
  private static final Duration LAG = Duration.ofMinutes(5);

  /** After so long each monitor has run. */
  private static final Duration FIRST_RUNS = Duration.ofMinutes(30);

  private final Work work;
  private final EnvironmentAccount account;
  private final PingAddresses addresses;

  PingMonitors(Work work, EnvironmentAccount account) {
    this.work = work;
    this.account = account;
    this.addresses = new PingAddresses(work);
  }

  /** Names and addresses, for a person who makes them where only the inside reaches the hosts. */
  String material() {
    return monitors().entrySet().stream()
        .map(monitor -> monitor.getKey() + ": " + monitor.getValue())
        .collect(Collectors.joining("\n", "Monitors:\n", ""));
  }

  /** Makes those that are missing. */
  Finding ensure() {
    MonitoredAccount watching = account.account();
    monitors().forEach((name, uri) -> ensure(watching, name, uri));
    return look();
  }

  private void ensure(MonitoredAccount watching, String name, String uri) {
    if (made(name).isPresent()) {
      return;
    }
    Optional<JsonNode> begun = work.remembered(Note.Kind.INTENT, note(name));
    Optional<String> present = watching.monitor(name);
    if (present.isPresent() && begun.isEmpty()) {
      return;
    }
    if (present.isEmpty() && begun.isPresent()) {
      work.waitUntil(
          Instant.parse(begun.get().asText()).plus(LAG),
          "Whether the monitor " + name + " was made is known when New Relic has indexed it.");
    }
    work.remember(Note.Kind.INTENT, note(name), Json.tree(work.now()));
    String guid = present.orElseGet(() -> watching.createMonitor(name, uri, "ok"));
    work.remember(Note.Kind.RESOURCE, note(name), Json.tree(guid));
  }

  /** The last run of each has succeeded. */
  Finding look() {
    Map<String, String> results = account.account().checks();
    List<String> silent =
        monitors().keySet().stream().filter(name -> !results.containsKey(name)).toList();
    List<String> failed =
        monitors().keySet().stream()
            .filter(results::containsKey)
            .filter(name -> !results.get(name).equals("SUCCESS"))
            .toList();
    if (!silent.isEmpty()) {
      if (work.now().isBefore(work.since("monitors").plus(FIRST_RUNS))) {
        work.waitUntil(
            work.now().plus(LAG), "These have not run yet: " + String.join(", ", silent) + ".");
      }
      throw unmet("new-relic.check-missing", "have not run in half an hour", silent);
    }
    if (!failed.isEmpty()) {
      throw unmet("new-relic.check-failed", "have failed in their last run", failed);
    }
    return new Finding(
        "NRQL: SyntheticCheck",
        account.against(),
        results.size() + " monitor(s), the last run of each a SUCCESS");
  }

  private UnmetRequirement unmet(String code, String what, List<String> names) {
    return new UnmetRequirement(
            code,
            NerdGraph.SYSTEM,
            "component-hosts",
            "These monitors " + what + ": " + String.join(", ", names) + ".",
            "Look at them in New Relic: the host has to answer its ping from the internet. It is"
                + " looked at again by itself.")
        .lookedAtAgain(work.now().plus(LAG));
  }

  /** Deletes those of this task. */
  List<String> putBack() {
    MonitoredAccount watching = account.account();
    List<String> done = new ArrayList<>();
    for (String name : monitors().keySet()) {
      Optional<String> made = made(name);
      if (made.isPresent() && watching.monitor(name).filter(made.get()::equals).isPresent()) {
        watching.deleteMonitor(made.get());
        done.add("the monitor " + name + " is deleted");
      }
    }
    return done;
  }

  private Optional<String> made(String name) {
    return work.remembered(Note.Kind.RESOURCE, note(name)).map(JsonNode::asText);
  }

  private static String note(String name) {
    return "monitor:" + name;
  }

  /** Address by name, which holds environment and host. */
  private Map<String, String> monitors() {
    return addresses.all().entrySet().stream()
        .collect(
            Collectors.toMap(
                host -> work.at("environment") + " " + host.getKey(),
                host -> "https://" + host.getKey() + host.getValue(),
                (one, other) -> one,
                java.util.TreeMap::new));
  }
}

package dev.slipway.enterprise.performancemonitoring;

import dev.slipway.ledger.Answer;
import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.newrelic.NerdGraph;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The applications and machines of an environment report to New Relic. */
final class Reports {
  static final String HOSTS = "hosts";

  /** An agent that was installed a moment ago has not reported yet, which is no failure. */
  private static final Duration FIRST_REPORT = Duration.ofMinutes(10);

  private final Work work;
  private final EnvironmentAccount account;

  Reports(Work work, EnvironmentAccount account) {
    this.work = work;
    this.account = account;
  }

  /** What agents have to be configured with, for the vendor. */
  String configuration() {
    return "Account: %s%nnewrelic_app_name: %s%nnewrelic_license_key: the account's licence key"
        .formatted(account.id(), String.join(", ", names()));
  }

  /** Which machines it is about, once the vendor has named them. */
  String machines() {
    return work.element(HOSTS).size() + " machine(s) of " + TaskKey.place(work.at("environment"));
  }

  Finding applicationsSince(Answer statement) {
    waitForFirst(statement, missingApplications());
    return applications();
  }

  /** Each application reports. */
  Finding applications() {
    require("new-relic.not-reporting", EnvironmentAccount.ELEMENT, missingApplications());
    return new Finding(
        "NerdGraph: entitySearch APM",
        account.against(),
        "reporting: " + String.join(", ", names()));
  }

  Finding hostsSince(Answer statement) {
    waitForFirst(statement, missingHosts());
    return hosts();
  }

  /** Each machine has sent a sample within half an hour. */
  Finding hosts() {
    require("new-relic.host-missing", HOSTS, missingHosts());
    return new Finding(
        "NRQL: SystemSample",
        account.against(),
        work.element(HOSTS).size() + " machine(s) report, each by its name");
  }

  private void waitForFirst(Answer statement, Collection<String> missing) {
    if (!missing.isEmpty()) {
      Instant last = statement.at().plus(FIRST_REPORT);
      work.waitUntil(last, "New Relic has not heard yet of " + String.join(", ", missing) + ".");
    }
  }

  private static void require(String code, String field, Collection<String> missing) {
    if (!missing.isEmpty()) {
      throw new UnmetRequirement(
          code,
          NerdGraph.SYSTEM,
          field,
          "Nothing reports to New Relic as " + String.join(", ", missing) + ".",
          "Look at the agent's log there: key and name have to be those of this account.");
    }
  }

  private List<String> names() {
    return account.applications().values().stream().flatMap(List::stream).toList();
  }

  private List<String> missingApplications() {
    Collection<String> reporting = account.account().applications().keySet();
    return names().stream().filter(name -> !reporting.contains(name)).toList();
  }

  private List<String> missingHosts() {
    TreeSet<String> reporting = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    reporting.addAll(account.account().hosts());
    return work.element(HOSTS)
        .valueStream()
        .map(host -> host.path("name").asText())
        .filter(name -> !reporting.contains(name))
        .toList();
  }
}

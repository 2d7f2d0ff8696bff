package dev.slipway.enterprise.performancemonitoring;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.enterprise.VendorAccount;
import dev.slipway.enterprise.performancemonitoring.AlertRules.Target;
import dev.slipway.json.Json;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.Note;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.newrelic.Alerts;
import dev.slipway.systems.newrelic.Alerts.Condition;
import dev.slipway.systems.newrelic.Alerts.Rule;
import dev.slipway.systems.newrelic.NerdGraph;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The alert policy of an environment: its conditions, whom it tells of incidents, and a test alert
 * that goes the same way as a real one.
 */
final class AlertPolicy {
  /** The inputs of notifications are unverified: what New Relic refuses is left to a person. */
  static final Set<Kind> LEFT_TO_PERSON =
      Set.of(Kind.NOT_PERMITTED, Kind.REJECTED, Kind.NOT_FOUND, Kind.NOT_UNDERSTOOD);

  private static final Rule ALWAYS =
      new Rule("SELECT uniqueCount(hostname) FROM SystemSample", Rule.FROM, 1, 60, 0);

  /** A condition's first minutes are those of its signal: window, delay and duration. */
  private static final Duration FIRST_INCIDENT = Duration.ofMinutes(15);

  private final Work work;
  private final EnvironmentAccount account;
  private final VendorAccount vendor;
  private final AlertRules rules;

  AlertPolicy(Work work, EnvironmentAccount account, AlertRules rules) {
    this.work = work;
    this.account = account;
    this.vendor = account.vendor();
    this.rules = rules;
  }

  private Alerts alerts() {
    return account.alerts();
  }

  String name() {
    return "Slipway %s %s".formatted(work.onboarding(), work.at("environment"));
  }

  Finding ensure() {
    String id =
        vendor.ensure("policy", () -> alerts().policy(name()), () -> alerts().createPolicy(name()));
    return new Finding("NerdGraph: policiesSearch", account.against(), name() + ", policy " + id);
  }

  private String id() {
    return alerts()
        .policy(name())
        .orElseThrow(
            () ->
                new UnmetRequirement(
                    "new-relic.policy-missing",
                    NerdGraph.SYSTEM,
                    AlertRules.ELEMENT,
                    "There is no policy " + name() + " any more.",
                    "Retry the task, and it is made anew."));
  }

  // --- thresholds

  Finding ensureConditions() {
    String policy = id();
    Map<String, Condition> present = alerts().conditions(policy);
    List<Target> targets = rules.targets();
    targets.forEach(
        target -> ensure(policy, target, Optional.ofNullable(present.get(target.name()))));
    if (vendor.made("policy").isPresent()) {
      Set<String> wanted = new HashSet<>(targets.stream().map(Target::name).toList());
      wanted.add(testName());
      present.forEach(
          (name, condition) -> {
            if (!wanted.contains(name)) {
              alerts().deleteCondition(condition.id());
            }
          });
    }
    return conditions();
  }

  private void ensure(String policy, Target target, Optional<Condition> present) {
    try {
      String id =
          vendor.ensure(
              "condition:" + target.name(),
              () ->
                  present
                      .or(() -> Optional.ofNullable(alerts().conditions(policy).get(target.name())))
                      .map(Condition::id),
              () -> alerts().createCondition(policy, target.name(), target.rule()));
      if (present.isPresent() && !present.get().rule().equals(target.rule())) {
        if (vendor.made("condition:" + target.name()).isEmpty()) {
          work.remember(
              Note.Kind.PREVIOUS, "condition:" + target.name(), present.get().rule().toJson());
        }
        alerts().updateCondition(id, target.name(), target.rule());
      }
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.REJECTED) {
        throw trouble;
      }
      throw new UnmetRequirement(
          "new-relic.bad-query",
          NerdGraph.SYSTEM,
          target.field(),
          "New Relic refuses the threshold %s: %s".formatted(target.name(), trouble.getMessage()),
          "Try its query in New Relic's query builder, and correct it.");
    }
  }

  /** Each condition is there as wanted. */
  Finding conditions() {
    Map<String, Condition> present = alerts().conditions(id());
    List<String> differing =
        rules.targets().stream()
            .filter(
                target ->
                    Optional.ofNullable(present.get(target.name()))
                        .filter(condition -> condition.rule().equals(target.rule()))
                        .isEmpty())
            .map(Target::name)
            .toList();
    if (!differing.isEmpty()) {
      throw new UnmetRequirement(
          "new-relic.threshold-differs",
          NerdGraph.SYSTEM,
          AlertRules.ELEMENT,
          "These thresholds are missing in New Relic, or are others: "
              + String.join(", ", differing)
              + ".",
          "Retry the task, or correct the element if New Relic is right.");
    }
    return new Finding(
        "NerdGraph: nrqlConditionsSearch",
        account.against(),
        rules.targets().size() + " condition(s) as wanted");
  }

  // --- recipients

  Finding ensureRecipients() {
    String policy = id();
    Map<String, String> present = alerts().workflows(policy);
    Set<String> wanted = new HashSet<>();
    rules
        .recipients()
        .forEach(
            (emails, conditions) -> {
              List<String> told = new ArrayList<>(conditions);
              told.add(testName());
              String name = name() + " " + hash(List.of(emails, told));
              wanted.add(name);
              if (!present.containsKey(name) || vendor.made("workflow:" + name).isEmpty()) {
                tell(policy, name, emails, told);
              }
            });
    present.forEach(
        (name, id) -> {
          if (name.startsWith(name()) && !wanted.contains(name)) {
            delete(name, id);
          }
        });
    return recipients();
  }

  private void tell(String policy, String name, List<String> emails, List<String> conditions) {
    String destination =
        vendor.ensure(
            "destination:" + name,
            () -> alerts().destination(name),
            () -> alerts().createDestination(name, emails));
    String channel =
        vendor.ensure(
            "channel:" + name,
            () -> alerts().channel(name),
            () -> alerts().createChannel(name, destination));
    vendor.ensure(
        "workflow:" + name,
        () -> Optional.ofNullable(alerts().workflows(policy).get(name)),
        () -> alerts().createWorkflow(name, policy, conditions, channel));
  }

  private void delete(String workflow, String id) {
    alerts().deleteWorkflow(id);
    alerts().destination(workflow).ifPresent(alerts()::deleteDestination);
  }

  /** At least one workflow tells of the policy's incidents. */
  private Finding recipients() {
    Map<String, String> workflows = alerts().workflows(id());
    if (workflows.isEmpty()) {
      throw new UnmetRequirement(
          "new-relic.no-workflow",
          NerdGraph.SYSTEM,
          AlertRules.ELEMENT,
          "No workflow of New Relic tells anybody of the policy " + name() + ".",
          "Make one with this policy in its filter, and turn it on.");
    }
    return new Finding(
        "NerdGraph: aiWorkflows", account.against(), workflows.size() + " workflow(s) tell of it");
  }

  /** The same; where New Relic does not tell, the statement counts. */
  Finding statedRecipients(Answer statement) {
    try {
      return recipients();
    } catch (SystemTrouble trouble) {
      if (!LEFT_TO_PERSON.contains(trouble.kind())) {
        throw trouble;
      }
      return new Finding(trouble.asked(), trouble.against(), statement.statement())
          .saidIn(statement);
    }
  }

  /** For a person who enters them by hand. */
  String material() {
    StringBuilder text = new StringBuilder("Policy: " + name());
    rules
        .recipients()
        .forEach(
            (emails, conditions) ->
                text.append("\n%s: %s".formatted(String.join(", ", emails), conditions)));
    return text.toString();
  }

  // --- the test alert

  /** Opens an incident by a condition that always holds, until it is seen. */
  Finding fire() {
    String test = testName();
    Optional<JsonNode> before = work.remembered(Note.Kind.RESOURCE, "incident:" + test);
    if (before.isPresent()) {
      return new Finding(
          "NRQL: NrAiIncident",
          account.against(),
          "incident " + before.get().asText(),
          work.rememberedAt(Note.Kind.RESOURCE, "incident:" + test).orElseThrow());
    }
    Instant since = work.since("fires:" + test);
    String policy = id();
    if (!alerts().conditions(policy).containsKey(test)) {
      String made = alerts().createCondition(policy, test, ALWAYS);
      work.remember(Note.Kind.RESOURCE, "condition:" + test, Json.tree(made));
    }
    Optional<String> incident = account.account().incident(name(), test);
    if (incident.isEmpty()) {
      work.waitUntil(
          since.plus(FIRST_INCIDENT),
          "New Relic has not opened the incident of the test alert yet.");
      throw new UnmetRequirement(
              "new-relic.no-incident",
              NerdGraph.SYSTEM,
              AlertRules.ELEMENT,
              "New Relic has opened no incident by the condition " + test + ", which always holds.",
              "See in New Relic whether the machines report and the policy is on.")
          .lookedAtAgain(work.now().plus(FIRST_INCIDENT));
    }
    work.remember(Note.Kind.RESOURCE, "incident:" + test, Json.tree(incident.get()));
    return new Finding("NRQL: NrAiIncident", account.against(), "incident " + incident.get());
  }

  /** The recipients state that the alert arrived; then its condition is deleted. */
  Finding received(Answer statement) {
    if (statement.denies("received")) {
      throw new UnmetRequirement(
          "monitoring.alert-not-received",
          NerdGraph.SYSTEM,
          AlertRules.ELEMENT,
          "The test alert did not arrive.",
          "Look at the workflow's log in New Relic and at the mail server; the condition "
              + testName()
              + " holds until it is said to have arrived.");
    }
    Optional.ofNullable(alerts().conditions(id()).get(testName()))
        .ifPresent(condition -> alerts().deleteCondition(condition.id()));
    return new Finding("receipt of the test alert", account.against(), statement.statement())
        .saidIn(statement);
  }

  /** Of another name when somebody else is told, or of other thresholds. */
  private String testName() {
    return "Slipway test " + hash(rules.recipients().entrySet());
  }

  private static String hash(Object value) {
    return Json.hash(Json.tree(value)).substring(0, 8);
  }

  // --- back

  List<String> putBack() {
    List<String> done = new ArrayList<>();
    Optional<String> policy = alerts().policy(name());
    if (policy.isEmpty()) {
      return List.of("there is no policy any more");
    }
    alerts()
        .workflows(policy.get())
        .forEach(
            (name, id) -> {
              if (vendor.made("workflow:" + name).isPresent()) {
                delete(name, id);
                done.add("a workflow with its channel and destination is deleted");
              }
            });
    if (vendor.made("policy").isPresent()) {
      alerts().deletePolicy(policy.get());
      done.add("the policy is deleted with its conditions");
      return done;
    }
    alerts()
        .conditions(policy.get())
        .forEach(
            (name, condition) -> {
              if (vendor.made("condition:" + name).isPresent()) {
                alerts().deleteCondition(condition.id());
                done.add("the condition " + name + " is deleted");
              }
              work.remembered(Note.Kind.PREVIOUS, "condition:" + name)
                  .ifPresent(
                      before -> {
                        alerts().updateCondition(condition.id(), name, Rule.fromJson(before));
                        done.add("the condition " + name + " is as before");
                      });
            });
    return done;
  }
}

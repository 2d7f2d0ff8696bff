package dev.slipway.enterprise.infrastructure;

import static dev.slipway.enterprise.infrastructure.ProvisionAccount.INFRASTRUCTURE;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Answer;
import dev.slipway.ledger.TaskKey;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * The base set-up of an account, which the vendor runs and states the load balancers of: {@code
 * {"targets": {"mnohub": "lb-1.eu-central-1.elb.amazonaws.com", …}}}. The records of the components
 * will point there (M07), so each has to be known to DNS.
 */
final class BaseSetUp {
  static final String STEP = "baseline";

  private static final List<String> COMPONENTS =
      List.of("mnohub", "connec", "impac", "nex", "frontend");

  private final Work work;
  private final NameResolver names;

  BaseSetUp(Work work, NameResolver names) {
    this.work = work;
    this.names = names;
  }

  /** Has the vendor state it, and looks the targets up. */
  void stated() {
    work.step(STEP)
        .about(INFRASTRUCTURE + ".provider", INFRASTRUCTURE + "." + work.at("environment"))
        .field(INFRASTRUCTURE)
        .person(this::resolved);
  }

  /** The targets of a statement, by component. */
  static JsonNode targets(Answer statement) {
    return statement.value("targets");
  }

  private Finding resolved(Answer statement) {
    JsonNode targets = targets(statement);
    List<String> missing =
        COMPONENTS.stream().filter(each -> targets.path(each).asText().isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw unknown(
          missing.getFirst(),
          "No target is stated for "
              + missing.stream().map(TaskKey::place).collect(joining(", "))
              + ".");
    }
    List<String> found = new ArrayList<>();
    for (String component : COMPONENTS) {
      String host = targets.path(component).asText();
      NameResolver.HostAnswer answer = names.host(host);
      if (answer.addresses().isEmpty()) {
        throw unknown(
            component,
            "The target of "
                + TaskKey.place(component)
                + ", "
                + host
                + ", does not resolve"
                + (answer.failure().isEmpty() ? "." : " (" + answer.failure() + ")."));
      }
      found.add(component + " " + host);
    }
    return new Finding("DNS of the targets", "DNS", String.join(", ", found));
  }

  private static UnmetRequirement unknown(String component, String message) {
    return new UnmetRequirement(
        "infrastructure.target-unknown",
        "dns",
        "targets." + component,
        message,
        "State the load balancers' names, as the base set-up tells them.");
  }
}

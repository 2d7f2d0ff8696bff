package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.enterprise.Environments;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.ledger.Party;
import java.util.ArrayList;
import java.util.List;

/**
 * M04 on premise: the vendor runs the base set-up with the customer's team, and states it; where
 * the hosts are public, their targets are looked up. On AWS and Azure that is M06's last step.
 */
public final class BaseSetUpStands implements ElementLook {
  private final FunctionContext context;

  /** With the resolver of this context. */
  public BaseSetUpStands(FunctionContext context) {
    this.context = context;
  }

  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    JsonNode infrastructure = subject.elements().path("infrastructure");
    if (!infrastructure.path("provider").asText().equals("on-premise")) {
      return new LookResult.Seen("the element", "M06 has the base set-up run");
    }
    if (place.said().isEmpty()) {
      return new LookResult.Awaited(
          Party.VENDOR,
          "Run the base set-up on the customer's premises, together with their team: network,"
              + " databases, storage, load balancers, hosts. See that the `targets` of the element"
              + " `component-hosts` are those load balancers, and state that both environments"
              + " stand.",
          "Public targets are looked up; your statement is recorded as evidence.");
    }
    return new LookResult.Seen(
        "the customer's premises",
        "attested: the base set-up stands",
        infrastructure.path("reach").asText().equals("public")
            ? unknown(subject.value())
            : List.of());
  }

  private List<ElementFinding> unknown(JsonNode hosts) {
    List<ElementFinding> findings = new ArrayList<>();
    for (String environment : Environments.ALL) {
      hosts
          .path(environment)
          .path("targets")
          .properties()
          .forEach(
              target -> {
                String host = target.getValue().asText();
                if (context.egress().names().host(host).addresses().isEmpty()) {
                  findings.add(
                      ElementFinding.error(
                          "infrastructure.target-unknown",
                          "/%s/targets/%s".formatted(environment, target.getKey()),
                          host + " does not resolve.",
                          "Give the load balancer's name or address as the base set-up tells it."));
                }
              });
    }
    return findings;
  }
}

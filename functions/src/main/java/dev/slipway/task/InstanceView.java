package dev.slipway.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.checklist.Element;
import dev.slipway.ledger.Party;
import java.util.List;
import java.util.Map;

/**
 * An attempt's view of the onboarding, as its task's instance sees it.
 *
 * @param at axis to value, such as {@code environment} to {@code uat}; empty without instances
 * @param elements those given so far, as the instance reads them
 * @param awaited step to the tasks that must be final before it and are not
 * @param givers of the task's inputs, by the id of an element or {@code credential:} and a system;
 *     what is not there is given by the customer, under its own name
 */
record InstanceView(
    Map<String, String> at,
    JsonNode elements,
    Map<String, List<String>> awaited,
    Map<String, Giver> givers) {
  InstanceView {
    at = Map.copyOf(at);
    awaited = Map.copyOf(awaited);
    givers = Map.copyOf(givers);
  }

  /**
   * The party that gives an element or a credential.
   *
   * @param name as it is given for the task's instance, such as {@code tenant-look@acme}
   * @param element what is given; null of one that is not in the checklist
   */
  record Giver(Party party, String name, Element element) {}

  Giver giver(String id) {
    return givers.getOrDefault(id, new Giver(Party.CUSTOMER, id, null));
  }

  /**
   * Of one that a task reads for several instances, by its name: {@code mnohub-tenant@uat.acme}.
   */
  Giver giverOfCredential(String name) {
    int at = name.indexOf('@');
    Giver giver =
        givers.getOrDefault(
            "credential:" + (at < 0 ? name : name.substring(0, at)),
            new Giver(Party.CUSTOMER, name, null));
    return at < 0 ? giver : new Giver(giver.party(), name, giver.element());
  }
}

package dev.slipway.enterprise.infrastructure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.context.FunctionContext;
import dev.slipway.element.CheckSubject;
import dev.slipway.element.ElementLook;
import dev.slipway.element.LookContext;
import dev.slipway.element.LookResult;
import dev.slipway.ledger.ElementFinding;
import dev.slipway.systems.net.NameAnswer;
import dev.slipway.systems.net.NameResolver;
import dev.slipway.systems.net.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * The zones of the hosts are there, and which hosts lead somewhere already is noted (M04). A zone
 * that is not there yet is only told: M07 may create it.
 */
public final class HostsLookedUp implements ElementLook {
  private final FunctionContext context;

  /** With the resolver of this context. */
  public HostsLookedUp(FunctionContext context) {
    this.context = context;
  }

  @Override
  public LookResult look(CheckSubject subject, LookContext place) {
    NameResolver names = context.egress().names();
    List<ElementFinding> findings = new ArrayList<>();
    JsonNode zones = subject.elements().path("infrastructure").path("dns").path("zones");
    for (JsonNode zone : zones) {
      String name = zone.path("name").asText();
      NameAnswer answer = names.lookup(name, RecordType.NS);
      if (answer.values().isEmpty()) {
        findings.add(
            ElementFinding.warning(
                "zone.not-found",
                "",
                "The zone %s is not found in the DNS.".formatted(name),
                "Have it delegated, or say with `infrastructure.dns.createZone` that it is to be"
                    + " created."));
      }
    }
    List<String> leading =
        NamedHosts.ofComponents(subject.value()).hosts().stream()
            .map(NamedHosts.Named::host)
            .filter(host -> !host.startsWith("*") && !names.host(host).addresses().isEmpty())
            .toList();
    return new LookResult.Seen(
        "the DNS",
        leading.isEmpty()
            ? "no host leads anywhere yet"
            : "lead somewhere already: " + String.join(", ", leading),
        findings);
  }
}

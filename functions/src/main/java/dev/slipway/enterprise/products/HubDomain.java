package dev.slipway.enterprise.products;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.Optional;

/**
 * The host of a tenant's frontend, as the hub has it. The frontend's own endpoint for its domain
 * does nothing unless Nex! runs it (mno-enterprise 4.0, local_adapter.rb), so only the hub is
 * asked.
 */
final class HubDomain {
  private static final String DOMAIN = "domain";

  private final Work work;
  private final ExpressSite site;

  HubDomain(Work work, ExpressSite site) {
    this.work = work;
    this.site = site;
  }

  /** Enters the host, unless it is there. */
  Finding ensure() {
    MnoHub hub = site.hub();
    Resource tenant = hub.tenant();
    if (tenant.text(DOMAIN).equals(site.host())) {
      return finding(hub, "was " + site.host());
    }
    work.remember(Note.Kind.PREVIOUS, DOMAIN, Json.tree(tenant.text(DOMAIN)));
    write(hub, tenant, site.host());
    return finding(hub, "changed to " + site.host());
  }

  /** A person entered it. */
  Finding look() {
    MnoHub hub = site.hub();
    String domain = hub.tenant().text(DOMAIN);
    if (!domain.equals(site.host())) {
      throw new UnmetRequirement(
          "mnohub.domain-refused",
          MnoHub.SYSTEM,
          "tenants",
          "The hub has the domain " + (domain.isEmpty() ? "of none" : domain) + " for the tenant.",
          "Enter " + site.host() + " in the hub's console, and say so.");
    }
    return finding(hub, "is " + domain);
  }

  /** Puts the domain from before back; empty if nothing was changed. */
  Optional<String> putBack() {
    Optional<JsonNode> before = work.remembered(Note.Kind.PREVIOUS, DOMAIN);
    before.ifPresent(
        domain -> {
          MnoHub hub = site.hub();
          write(hub, hub.tenant(), domain.asText());
        });
    return before.map(
        domain ->
            "the hub has the domain "
                + (domain.asText().isEmpty() ? "of none" : domain.asText())
                + " again");
  }

  private static void write(MnoHub hub, Resource tenant, String domain) {
    ObjectNode attributes = Json.MAPPER.createObjectNode();
    attributes.put(DOMAIN, domain.isEmpty() ? null : domain);
    hub.changeTenant(tenant, attributes);
    String after = hub.tenant().text(DOMAIN);
    if (!after.equals(domain)) {
      throw new SystemTrouble(
          MnoHub.SYSTEM,
          Kind.NOT_PERMITTED,
          hub.against() + " took the change, and shows the old domain still.",
          "PATCH tenant",
          hub.against(),
          "domain " + after);
    }
  }

  private static Finding finding(MnoHub hub, String answer) {
    return new Finding("hub tenant domain", hub.against(), answer);
  }
}

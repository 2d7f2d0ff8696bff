package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.maestrano.MnoHub;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The organisations that move, in the source's hub: frozen while their data is read, and after. */
final class SourceOrganizations {
  private static final String CREDENTIAL = "source-tenant";

  private final Work work;
  private final MnoHub hub;

  SourceOrganizations(Work work, HttpPort http) {
    this.work = work;
    JsonNode keys = work.secret(CREDENTIAL, "host");
    this.hub = MnoHub.of(http, keys.path("host").asText(), keys);
  }

  /** Those in scope; all that were named must be there. */
  private List<Resource> inScope() {
    JsonNode wanted = work.element(DataMove.FIELD).path("organisations");
    List<Resource> all = hub.organizations();
    if (!wanted.isArray()) {
      return all;
    }
    Set<String> missing = new HashSet<>();
    wanted.forEach(uid -> missing.add(uid.asText()));
    List<Resource> found = all.stream().filter(each -> missing.remove(each.text("uid"))).toList();
    if (!missing.isEmpty()) {
      throw new UnmetRequirement(
          "migration.organisations-missing",
          CREDENTIAL,
          "migration.organisations",
          "The source's hub does not have the organisations " + missing + ".",
          "Correct them in the element `migration`.");
    }
    return found;
  }

  private static boolean isFrozen(Resource organization) {
    return organization.attributes().path("account_frozen").asBoolean();
  }

  /** Freezes what is not frozen yet, and notes what it was before. */
  Finding freeze() {
    for (Resource each : inScope()) {
      if (!isFrozen(each)) {
        work.remember(Note.Kind.PREVIOUS, "frozen:" + each.text("uid"), Json.tree(false));
        hub.freeze(each, true);
      }
    }
    return look();
  }

  /** That all are frozen; changes nothing. */
  Finding look() {
    List<Resource> all = inScope();
    List<String> open =
        all.stream().filter(each -> !isFrozen(each)).map(each -> each.text("uid")).toList();
    if (!open.isEmpty()) {
      throw new UnmetRequirement(
          "migration.not-frozen",
          CREDENTIAL,
          DataMove.FIELD,
          "Not frozen in the source: " + String.join(", ", open) + ".",
          "Freeze them in the source's hub, or retry the task.");
    }
    return new Finding(
        "GET /organizations", hub.against(), all.size() + " organisations are frozen");
  }

  /** Unfreezes what was frozen by {@link #freeze}. */
  Finding unfreeze() {
    int unfrozen = 0;
    for (Resource each : inScope()) {
      boolean byUs = work.remembered(Note.Kind.PREVIOUS, "frozen:" + each.text("uid")).isPresent();
      if (byUs && isFrozen(each)) {
        hub.freeze(each, false);
        unfrozen++;
      }
    }
    return new Finding("PATCH unfreeze", hub.against(), unfrozen + " organisations are unfrozen");
  }
}

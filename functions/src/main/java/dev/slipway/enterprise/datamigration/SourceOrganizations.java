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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The organisations that move, in the source's hub: frozen while their data is read, and after.
 * Whether one is frozen only hubs from 4.0 on tell; of an older one a person states it.
 */
final class SourceOrganizations {
  /** The credential's name. */
  static final String CREDENTIAL = "source-tenant";

  private static final String FROZEN = "account_frozen";

  private final Work work;
  private final MnoHub hub;

  SourceOrganizations(Work work, HttpPort http) {
    this.work = work;
    JsonNode keys = work.secret(CREDENTIAL, "host");
    this.hub = MnoHub.of(http, keys.path("host").asText(), keys);
  }

  MnoHub hub() {
    return hub;
  }

  private Set<String> named() {
    return work.element(DataMove.FIELD)
        .path("organisations")
        .valueStream()
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Those in scope that are there: all of the tenant, or those that were named. */
  List<Resource> present() {
    Set<String> named = named();
    return hub.organizations().stream()
        .filter(each -> named.isEmpty() || named.contains(each.text("uid")))
        .toList();
  }

  /** Those in scope; all that were named must be there. */
  List<Resource> inScope() {
    List<Resource> found = present();
    Set<String> missing = new TreeSet<>(named());
    found.forEach(each -> missing.remove(each.text("uid")));
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

  /** The app instances of organisations that are not ended. */
  List<Resource> instances(List<Resource> organizations) {
    Set<String> owners = organizations.stream().map(Resource::id).collect(Collectors.toSet());
    return hub.instances().stream()
        .filter(each -> each.text("owner_type").equals("Organization"))
        .filter(each -> owners.contains(each.text("owner_id")))
        .filter(each -> !each.text("status").equals("terminated"))
        .toList();
  }

  /** The uids by which business data and connectors know what is in scope, in order. */
  Set<String> groups() {
    List<Resource> organizations = present();
    Set<String> groups = new TreeSet<>();
    organizations.forEach(each -> groups.add(each.text("uid")));
    instances(organizations).forEach(each -> groups.add(each.text("uid")));
    groups.remove("");
    return groups;
  }

  /** Freezes what is not frozen yet, and notes what it was before. */
  Finding freeze() {
    for (Resource each : present()) {
      if (!each.attributes().path(FROZEN).asBoolean()) {
        work.remember(Note.Kind.PREVIOUS, note(each), Json.tree(false));
        hub.freeze(each, true);
      }
    }
    return look();
  }

  /** That all that are there are frozen, as far as the hub tells; changes nothing. */
  Finding look() {
    List<Resource> all = present();
    List<String> open = new ArrayList<>();
    int untold = 0;
    for (Resource each : all) {
      JsonNode frozen = each.attributes().path(FROZEN);
      if (!frozen.isBoolean()) {
        untold++;
      } else if (!frozen.asBoolean()) {
        open.add(each.text("uid"));
      }
    }
    if (!open.isEmpty()) {
      throw new UnmetRequirement(
          "migration.not-frozen",
          CREDENTIAL,
          DataMove.FIELD,
          "Not frozen in the source: " + String.join(", ", open) + ".",
          "Freeze them in the source's hub, or retry the task.");
    }
    return new Finding(
        "GET /organizations",
        hub.against(),
        untold == 0
            ? all.size() + " organisations are frozen"
            : "the hub does not tell of %d organisations whether they are frozen, as one before 4.0: the statement of the step counts"
                .formatted(untold));
  }

  /** Unfreezes what was frozen by {@link #freeze}. */
  Finding unfreeze() {
    int unfrozen = 0;
    for (Resource each : present()) {
      boolean byUs = work.remembered(Note.Kind.PREVIOUS, note(each)).isPresent();
      if (byUs && each.attributes().path(FROZEN).asBoolean()) {
        hub.freeze(each, false);
        unfrozen++;
      }
    }
    return new Finding("PATCH unfreeze", hub.against(), unfrozen + " organisations are unfrozen");
  }

  private static String note(Resource organization) {
    return "frozen:" + organization.text("uid");
  }
}

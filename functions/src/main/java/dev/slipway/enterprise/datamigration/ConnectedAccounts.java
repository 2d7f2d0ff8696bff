package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.ledger.Note;
import dev.slipway.systems.rest.ResourceApi.Resource;
import dev.slipway.task.Finding;
import dev.slipway.task.UnmetRequirement;
import dev.slipway.task.Work;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The applications of the organisations that move, and whether the hub has keys to an account. */
final class ConnectedAccounts {
  private static final int MOST_NAMED = 20;

  private final Work work;
  private final SourceOrganizations source;

  ConnectedAccounts(Work work, SourceOrganizations source) {
    this.work = work;
    this.source = source;
  }

  /** Keeps the list as it is before anything is disconnected. */
  Finding list(ListArchive archive) {
    String kept =
        work.remembered(Note.Kind.RESOURCE, note())
            .orElseGet(
                () -> {
                  ObjectNode list = read();
                  String file =
                      archive.keep(
                          work.onboarding(), "connected-accounts.json", list.toPrettyString());
                  return work.remember(
                      Note.Kind.RESOURCE,
                      note(),
                      Json.tree(counts(list) + "; its list is the file " + file));
                })
            .asText();
    return new Finding("GET /app_instances", source.hub().against(), kept);
  }

  /** Another scope has a list of its own. */
  private String note() {
    return "listed:"
        + work.about("migration.sourceTenant", "migration.organisations")
            .hash()
            .substring(0, Approvals.SHORT);
  }

  private ObjectNode read() {
    List<Resource> organizations = source.inScope();
    Map<String, String> uids =
        organizations.stream().collect(Collectors.toMap(Resource::id, each -> each.text("uid")));
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("organisations", organizations.size());
    ArrayNode accounts = list.putArray("accounts");
    source.instances(organizations).stream()
        .sorted((one, other) -> name(uids, one).compareTo(name(uids, other)))
        .forEach(
            each ->
                accounts
                    .addObject()
                    .put("organisation", uids.get(each.text("owner_id")))
                    .put("application", each.text("app_nid"))
                    .put("stack", each.text("stack"))
                    .put("connected", isConnected(each)));
    return list;
  }

  private static String name(Map<String, String> uids, Resource instance) {
    return uids.get(instance.text("owner_id")) + " " + instance.text("app_nid");
  }

  private static boolean isConnected(Resource instance) {
    return instance.attributes().path("oauth_keys_valid").asBoolean();
  }

  private static String counts(ObjectNode list) {
    Map<String, Long> byApplication =
        list.path("accounts")
            .valueStream()
            .filter(each -> each.path("connected").asBoolean())
            .collect(
                Collectors.groupingBy(
                    each -> each.path("application").asText(),
                    TreeMap::new,
                    Collectors.counting()));
    return "%d organisations, %d applications, connected %s"
        .formatted(
            list.path("organisations").asInt(),
            list.path("accounts").size(),
            byApplication.isEmpty() ? "none" : byApplication);
  }

  /** Those to which the hub has valid keys, as {@code application of organisation}. */
  List<String> connected() {
    List<Resource> organizations = source.present();
    Map<String, String> uids =
        organizations.stream().collect(Collectors.toMap(Resource::id, each -> each.text("uid")));
    return source.instances(organizations).stream()
        .filter(ConnectedAccounts::isConnected)
        .map(each -> each.text("app_nid") + " of " + uids.get(each.text("owner_id")))
        .sorted()
        .toList();
  }

  /** That the hub has keys to no account. */
  Finding look() {
    List<String> left = connected();
    if (!left.isEmpty()) {
      throw new UnmetRequirement(
          "migration.still-linked",
          SourceOrganizations.CREDENTIAL,
          DataMove.FIELD,
          "The source's hub still has valid keys for: " + named(left) + ".",
          "Disconnect these in the hub's console (active_admin); then say so again.");
    }
    return new Finding(
        "GET /app_instances", source.hub().against(), "no account is connected in the hub");
  }

  /** A list of names that fits into a sentence. */
  static String named(List<String> names) {
    return names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
        + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
  }
}

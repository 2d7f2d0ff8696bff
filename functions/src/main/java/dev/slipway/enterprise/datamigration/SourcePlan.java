package dev.slipway.enterprise.datamigration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.systems.rest.ResourceApi.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The list of what is frozen or destroyed at the source (M67), each by its id there:
 *
 * <pre>{@code
 * {"tenant": "acme", "after": "destroy", "graceDays": 30,
 *  "organisations": {"1": "org-a"}, "applications": {"7": "xero of org-a (cld-7)"},
 *  "users": {"3": "ann@customer.example"},
 *  "kept": {"4": "bob@customer.example: belongs to an organisation that stays"}}
 * }</pre>
 *
 * <p>A user goes only if the hub tells that all its organisations go. Whether something is frozen
 * is not part of the list: freezing does not make another list of it.
 *
 * @param list as above, in the order of ids
 */
record SourcePlan(JsonNode list) {
  private static final List<String> GONE = List.of("organisations", "applications", "users");

  /**
   * The list as the hub has it now.
   *
   * @param migration the element
   */
  static SourcePlan of(SourceOrganizations source, JsonNode migration) {
    List<Resource> organizations = source.present();
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("tenant", migration.path("sourceTenant").asText());
    list.put("after", migration.path("after").asText());
    list.put("graceDays", migration.path("graceDays").asInt());
    Map<String, String> uids = new TreeMap<>();
    organizations.forEach(each -> uids.put(each.id(), each.text("uid")));
    put(list, "organisations", uids);
    Map<String, String> applications = new TreeMap<>();
    source
        .instances(organizations)
        .forEach(
            each ->
                applications.put(
                    each.id(),
                    "%s of %s%s"
                        .formatted(
                            each.text("app_nid"),
                            uids.get(each.text("owner_id")),
                            each.text("uid").isEmpty() ? "" : " (" + each.text("uid") + ")")));
    put(list, "applications", applications);
    Map<String, String> users = new TreeMap<>();
    Map<String, String> kept = new TreeMap<>();
    for (Resource user : source.hub().usersWithOrganizations()) {
      Optional<List<String>> belongsTo = user.relatedAll("organizations");
      Set<String> others = new HashSet<>(belongsTo.orElse(List.of()));
      boolean concerns = belongsTo.isEmpty() || others.stream().anyMatch(uids::containsKey);
      others.removeAll(uids.keySet());
      if (concerns && belongsTo.isPresent() && others.isEmpty()) {
        users.put(user.id(), user.text("email"));
      } else if (concerns) {
        kept.put(
            user.id(),
            user.text("email")
                + (belongsTo.isEmpty()
                    ? ": the hub does not tell where it belongs"
                    : ": belongs to an organisation that stays"));
      }
    }
    put(list, "users", users);
    put(list, "kept", kept);
    return new SourcePlan(list);
  }

  private static void put(ObjectNode list, String name, Map<String, String> values) {
    ObjectNode node = list.putObject(name);
    values.forEach(node::put);
  }

  /** The file that people read. */
  String text() {
    return list.toPrettyString() + "\n";
  }

  private Set<String> ids(String name) {
    return list.path(name).properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private List<String> words(String name) {
    return list.path(name).valueStream().map(JsonNode::asText).toList();
  }

  /** Whether it names this of a kind. */
  boolean has(String kind, Resource each) {
    return list.path(kind).has(each.id());
  }

  /** Whether this is what is left of another list, part of which is gone. */
  boolean isRestOf(SourcePlan whole) {
    return GONE.stream().allMatch(name -> whole.ids(name).containsAll(ids(name)))
        && whole.list.path("after").equals(list.path("after"));
  }

  /** What of another list is there still, in this list of now. */
  List<String> leftOf(SourcePlan whole, List<String> kinds) {
    return kinds.stream()
        .flatMap(
            kind ->
                list.path(kind).properties().stream()
                    .filter(each -> whole.list.path(kind).has(each.getKey()))
                    .map(each -> each.getValue().asText()))
        .toList();
  }

  /** The counts, and by name who is kept. */
  String contents() {
    List<String> kept = words("kept");
    return "%d organisations, %d applications and %d users of the tenant %s, to %s%s"
        .formatted(
            ids("organisations").size(),
            ids("applications").size(),
            ids("users").size(),
            list.path("tenant").asText(),
            isDestroyed()
                ? "freeze, and after %d days to destroy, which cannot be taken back"
                    .formatted(list.path("graceDays").asInt())
                : "freeze",
            kept.isEmpty() ? "" : "; not concerned: " + ConnectedAccounts.named(kept));
  }

  /** Whether the source is destroyed after it was frozen. */
  boolean isDestroyed() {
    return list.path("after").asText().equals("destroy");
  }
}

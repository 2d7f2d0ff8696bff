package dev.slipway.local.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The records of one kind in a system's part of the world, such as {@code "users": [{"id": "1",
 * "email": "a@b.example"}]}. A natural key tells them apart, if they have one; each also gets an
 * id: the next of its kind, or of all kinds where the part counts them in {@code nextId}.
 */
public final class Records {

  private final World world;
  private final String system;
  private final String table;
  private final String naturalKey;

  /** Records of which two may be alike. */
  public Records(World world, String system, String table) {
    this(world, system, table, "");
  }

  /**
   * @param table the array's name in the system's part
   * @param naturalKey the field that no two records share
   */
  public Records(World world, String system, String table, String naturalKey) {
    this.world = world;
    this.system = system;
    this.table = table;
    this.naturalKey = naturalKey;
  }

  /** Copies of the records that have this value in this field; of all, if the value is empty. */
  public ArrayNode where(String field, String value) {
    return found(each -> value.isEmpty() || is(each, field, value));
  }

  /** A copy of the record of this id. */
  public Optional<JsonNode> byId(String id) {
    return found(each -> is(each, "id", id)).valueStream().findFirst();
  }

  /** Adds a record and returns it with its id; empty if its natural key is taken. */
  public Optional<ObjectNode> add(JsonNode record) {
    return world.change(
        system,
        part -> {
          ArrayNode all = part.withArrayProperty(table);
          String key = record.path(naturalKey).asText();
          if (!key.isEmpty() && all.valueStream().anyMatch(each -> is(each, naturalKey, key))) {
            return Optional.empty();
          }
          ObjectNode added = record.<ObjectNode>deepCopy().put("id", nextId(part, all));
          all.add(added);
          return Optional.of(added.deepCopy());
        });
  }

  private static String nextId(ObjectNode part, ArrayNode all) {
    if (!part.has("nextId")) {
      int last = all.valueStream().mapToInt(each -> each.path("id").asInt()).max().orElse(0);
      return String.valueOf(last + 1);
    }
    int id = part.path("nextId").asInt() + 1;
    part.put("nextId", id);
    return String.valueOf(id);
  }

  /** Applies a merge patch to the record of this id and returns it; empty if there is none. */
  public Optional<JsonNode> patch(String id, JsonNode patch) {
    world.edit(
        system,
        part ->
            part.withArrayProperty(table)
                .valueStream()
                .filter(each -> is(each, "id", id))
                .forEach(each -> Json.merge((ObjectNode) each, patch)));
    return byId(id);
  }

  /** Removes the record of this id; false if there is none. */
  public boolean remove(String id) {
    return world.change(
        system,
        part -> {
          ArrayNode all = part.withArrayProperty(table);
          int before = all.size();
          return all.removeIf(each -> is(each, "id", id)).size() < before;
        });
  }

  private ArrayNode found(Predicate<JsonNode> wanted) {
    return world.read(
        system,
        part -> {
          ArrayNode found = Json.array();
          part.path(table).valueStream().filter(wanted).forEach(each -> found.add(each.deepCopy()));
          return found;
        });
  }

  private static boolean is(JsonNode record, String field, String value) {
    return record.path(field).asText().equals(value);
  }
}

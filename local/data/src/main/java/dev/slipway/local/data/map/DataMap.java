package dev.slipway.local.data.map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.data.dump.DataTrouble;
import dev.slipway.probe.RunnerMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The vendor's file that says of every table and every collection what becomes of it, for one
 * release. It is closed: what it does not name stops a job. It holds names only, no query.
 *
 * <pre>
 * mnohub:
 *   engine: mysql
 *   tables:
 *     tenants:        {class: root, tenant: uid}
 *     organizations:  {via: tenant_id -> tenants.id, scope: uid, group: uid, unique: uid,
 *                      files: "assets/uploads/organization/logo/{id}/{logo}"}
 *     orga_relations: {via: organization_id -> organizations.id, also: user_id -> users.id}
 *     users:          {via: id <- orga_relations.user_id, drop: [sso_session, api_secret]}
 *     apps:           {class: reference, match: nid}
 *     credit_cards:   {class: never}
 * connec:
 *   engine: mongo
 *   tables:
 *     "system_*": {class: never}
 *     "*":        {key: _id, group: group_id}
 * </pre>
 *
 * @param hash the file's SHA-256
 * @param sections by store
 */
public record DataMap(String hash, Map<String, Section> sections) {

  /** The kind of database. */
  public enum Engine {
    MYSQL,
    MONGO
  }

  /**
   * The tables of one store.
   *
   * @param tables by name, or by a pattern with {@code *}; exact names count first
   */
  public record Section(Engine engine, Map<String, TableRule> tables) {
    /** The buckets that rows name objects in. */
    public Set<String> buckets() {
      return tables.values().stream()
          .flatMap(rule -> rule.files().stream())
          .map(KeyTemplate::bucket)
          .collect(Collectors.toSet());
    }

    /** The rule of a table; empty: the map does not know it. */
    public Optional<TableRule> rule(String table) {
      return Optional.ofNullable(tables.get(table))
          .or(
              () ->
                  tables.entrySet().stream()
                      .filter(entry -> TableRule.matches(entry.getKey(), table))
                      .map(Map.Entry::getValue)
                      .findFirst());
    }
  }

  /**
   * Reads a file.
   *
   * @throws DataTrouble {@code map-wrong}, with the table, if it is no map
   */
  public static DataMap read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
      JsonNode tree =
          Json.tree(new Load(settings).loadFromString(new String(bytes, StandardCharsets.UTF_8)));
      Map<String, Section> sections = new LinkedHashMap<>();
      tree.properties().forEach(entry -> sections.put(entry.getKey(), section(entry)));
      requireOwnNames(sections);
      return new DataMap(RunnerMessage.hash(bytes), sections);
    } catch (YamlEngineException e) {
      throw new DataTrouble("map-wrong", "The map is not YAML: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The section of a store.
   *
   * @throws DataTrouble if there is none
   */
  public Section section(String name) {
    return Optional.ofNullable(sections.get(name))
        .orElseThrow(() -> new DataTrouble("map-wrong", "The map has no section `" + name + "`."));
  }

  private static Section section(Map.Entry<String, JsonNode> entry) {
    String engine = entry.getValue().path("engine").asText();
    if (!engine.equals("mysql") && !engine.equals("mongo")) {
      throw wrong(entry.getKey(), "`engine` must be mysql or mongo");
    }
    Map<String, TableRule> tables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> table : entry.getValue().path("tables").properties()) {
      try {
        if (!table.getKey().matches("[\\w.*-]{1,120}")) {
          throw new IllegalArgumentException("is no name");
        }
        tables.put(table.getKey(), TableRule.read(table.getValue()));
      } catch (IllegalArgumentException e) {
        throw wrong(entry.getKey() + "." + table.getKey(), e.getMessage());
      }
    }
    Section section = new Section(engine.equals("mysql") ? Engine.MYSQL : Engine.MONGO, tables);
    if (section.engine() == Engine.MONGO && !section.buckets().isEmpty()) {
      throw wrong(entry.getKey(), "`files` are named by rows of a MySQL only");
    }
    return section;
  }

  /** The runner is told by name where databases and buckets are. */
  private static void requireOwnNames(Map<String, Section> sections) {
    for (Map.Entry<String, Section> section : sections.entrySet()) {
      section.getValue().buckets().stream()
          .filter(sections::containsKey)
          .findFirst()
          .ifPresent(
              bucket -> {
                throw wrong(
                    section.getKey(), "the bucket `" + bucket + "` is called as a section is");
              });
    }
  }

  private static DataTrouble wrong(String where, String why) {
    return new DataTrouble("map-wrong", "The map is wrong at `" + where + "`: " + why + ".");
  }
}

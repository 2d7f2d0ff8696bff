package dev.slipway.local.data.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.local.data.dump.DataTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataMapTest {
  @TempDir private Path folder;

  private DataMap map(String text) throws IOException {
    return DataMap.read(Files.writeString(folder.resolve("map.yaml"), text));
  }

  @Test
  void saysOfATableWhatBecomesOfIt() throws IOException {
    DataMap.Section hub =
        map("""
                mnohub:
                  engine: mysql
                  tables:
                    teams: {via: owner_id → users.id when owner_type = 'User' | org <- orgs.id}
                    "log_*": {class: never}
                """)
            .section("mnohub");

    assertEquals(
        List.of(
            new Link("owner_id", false, "users", "id", "owner_type", "User"),
            new Link("org", true, "orgs", "id", null, null)),
        hub.rule("teams").orElseThrow().via());
    assertEquals(TableRule.Kind.NEVER, hub.rule("log_2026").orElseThrow().kind());
    assertEquals(Optional.empty(), hub.rule("log"));
  }

  @Test
  void saysWhichObjectsARowNames() throws IOException {
    DataMap.Section hub =
        map("""
                mnohub:
                  engine: mysql
                  tables:
                    orgs: {tenant: t, files: ["assets/logos/{id}/{logo}", "assets/logos/{id}/thumb_{logo}"]}
                    bills: {tenant: t, files: "invoices/{pdf}"}
                """)
            .section("mnohub");

    assertEquals(Set.of("assets", "invoices"), hub.buckets());
    List<KeyTemplate> files = hub.rule("orgs").orElseThrow().files();
    Map<String, String> row = Map.of("id", "7", "logo", "a b.png", "empty", "");
    assertEquals(
        List.of("logos/7/a b.png", "logos/7/thumb_a b.png"),
        files.stream().map(file -> file.key(row::get).orElseThrow()).toList());
    assertEquals(Optional.empty(), files.getFirst().key(Map.of("id", "7")::get));
    assertEquals(Optional.empty(), files.getFirst().key(Map.of("id", "7", "logo", "")::get));
  }

  /** Keys of documents' files are not known to anybody, so the runner does not pretend to. */
  @Test
  void onlyRowsNameFiles() {
    assertThrows(
        DataTrouble.class,
        () -> map("connec: {engine: mongo, tables: {a: {group: g, files: 'assets/{logo}'}}}"));
  }

  /** It holds names, and nothing that a database would run. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{via: id -> a.id; 1}",
        "{via: 'id -> a.id OR 1=1'}",
        "{where: 'tenant_id = 1'}",
        "{key: 'id`'}",
        "{class: sometimes}",
        "{class: reference}",
        "{class: root}",
        "{}",
        "{via: id -> a.id, drop: [id]}",
        "{via: a_id -> a.id, drop: ['a_*']}",
        "{via: a_id -> a.id, also: b_id <- b.id}",
        "{via: a_id -> a.id, set: {x: [1]}}",
        "{via: a_id -> a.id, files: logos}",
        "{via: a_id -> a.id, files: assets/logos}",
        "{via: a_id -> a.id, files: 'assets/{logo'}",
        "{via: a_id -> a.id, files: 'assets/{logo}', drop: logo}",
        "{via: a_id -> a.id, files: 'mnohub/{logo}'}",
        "{class: never, files: 'assets/{logo}'}",
      })
  void refusesWhatIsNoRule(String rule) {
    DataTrouble wrong =
        assertThrows(
            DataTrouble.class, () -> map("mnohub: {engine: mysql, tables: {teams: " + rule + "}}"));
    assertEquals("map-wrong", wrong.kind());
  }

  @Test
  void namesThePlace() {
    DataTrouble wrong =
        assertThrows(
            DataTrouble.class, () -> map("mnohub: {engine: mysql, tables: {teams: {kee: id}}}"));
    assertTrue(wrong.getMessage().contains("`mnohub.teams`"), wrong.getMessage());
    assertThrows(DataTrouble.class, () -> map("mnohub: {engine: oracle}"));
    assertThrows(DataTrouble.class, () -> map("a: 1\na: 2\n"));
    assertThrows(DataTrouble.class, () -> map("{}").section("mnohub"));
  }
}

package dev.slipway.checklist.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChecklistLockTest {
  private static final Path CHECKLISTS = Path.of("src/main/resources/checklists");
  private static final JsonNode TREE =
      Yaml.tree("name: a\nversion: 1.0.0\ntitle: A\nsections: []\n");

  @Test
  void releasedVersionsAreUnchanged() throws IOException {
    ChecklistLock lock =
        ChecklistLock.parse(Files.readString(CHECKLISTS.resolve("checklists.lock")));
    for (String version : lock.hashes().keySet()) {
      assertEquals(
          Optional.empty(),
          lock.problem(version, ChecklistSource.read(CHECKLISTS.resolve(version)).tree()));
    }
    assertTrue(lock.hashes().containsKey("hosting-provider/1.0.0"), lock.hashes()::toString);
  }

  @Test
  void refusesAReleasedVersionThatChanged() {
    ChecklistLock lock = new ChecklistLock(Map.of("a/1.0.0", Json.hash(TREE)));

    assertEquals(Optional.empty(), lock.problem("a/1.0.0", TREE));
    JsonNode other = Yaml.tree("name: a\nversion: 1.0.0\ntitle: B\nsections: []\n");
    String changed = lock.problem("a/1.0.0", other).orElseThrow();
    assertTrue(changed.contains("make a new version"), changed);
  }

  @Test
  void saysHowToLockANewVersion() {
    String missing = new ChecklistLock(Map.of()).problem("a/1.0.0", TREE).orElseThrow();

    assertTrue(missing.endsWith("`a/1.0.0: " + Json.hash(TREE) + "`"), missing);
  }

  @Test
  void commentsAndOrderDoNotCount() {
    String same = "# why\nversion: 1.0.0\nname: a\nsections: []\ntitle: A\n";

    assertEquals(Json.hash(TREE), Json.hash(Yaml.tree(same)));
    assertNotEquals(Json.hash(TREE), Json.hash(Yaml.tree(same.replace("1.0.0", "1.0.1"))));
  }
}

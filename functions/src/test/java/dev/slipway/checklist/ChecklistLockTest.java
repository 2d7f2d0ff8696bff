package dev.slipway.checklist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChecklistLockTest {
  private static final String YAML = "name: a\nversion: 1.0.0\ntitle: A\nsections: []\n";

  @Test
  void releasedVersionsAreUnchanged() {
    ChecklistLock lock = ChecklistLock.parse(Resources.text("checklists.lock"));
    lock.hashes()
        .keySet()
        .forEach(
            version ->
                assertEquals(
                    Optional.empty(), lock.problem(version, Resources.text(version + ".yaml"))));
    assertTrue(lock.hashes().containsKey("hosting-provider/1.0.0"), lock.hashes()::toString);
  }

  @Test
  void refusesAReleasedVersionThatChanged() {
    ChecklistLock lock = new ChecklistLock(Map.of("a/1.0.0", ChecklistLock.hash(YAML)));

    assertEquals(Optional.empty(), lock.problem("a/1.0.0", YAML));
    String changed = lock.problem("a/1.0.0", YAML.replace("title: A", "title: B")).orElseThrow();
    assertTrue(changed.contains("make a new version"), changed);
  }

  @Test
  void saysHowToLockANewVersion() {
    String missing = new ChecklistLock(Map.of()).problem("a/1.0.0", YAML).orElseThrow();

    assertTrue(missing.endsWith("`a/1.0.0: " + ChecklistLock.hash(YAML) + "`"), missing);
  }

  @Test
  void commentsAndOrderDoNotCount() {
    String same = "# why\nversion: 1.0.0\nname: a\nsections: []\ntitle: A\n";

    assertEquals(ChecklistLock.hash(YAML), ChecklistLock.hash(same));
    assertNotEquals(ChecklistLock.hash(YAML), ChecklistLock.hash(YAML.replace("1.0.0", "1.0.1")));
  }
}

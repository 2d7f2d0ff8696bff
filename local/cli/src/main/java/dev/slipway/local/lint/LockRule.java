package dev.slipway.local.lint;

import dev.slipway.checklist.source.ChecklistLock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A released version has not changed, and the one that new onboardings begin with is released. */
final class LockRule implements Rule {
  @Override
  public void check(Project project, Consumer<LintFinding> findings) {
    Map<String, LocatedNode> locked =
        project.lock().map(LocatedNode::fields).orElseGet(LinkedHashMap::new);
    Map<String, String> hashes = new LinkedHashMap<>();
    locked.forEach((version, hash) -> hashes.put(version, hash.text().orElse("")));
    ChecklistLock lock = new ChecklistLock(hashes);
    for (ChecklistFile checklist : project.checklists()) {
      String version = checklist.name() + "/" + checklist.version();
      boolean released = locked.containsKey(version);
      if (released || isNewest(project, checklist)) {
        checklist
            .whole()
            .tree()
            .flatMap(tree -> lock.problem(version, tree))
            .ifPresent(
                problem ->
                    findings.accept(
                        checklist
                            .tree()
                            .at("version")
                            .finding(
                                released ? "released-version-changed" : "version-not-locked",
                                problem)));
      }
    }
    locked.forEach(
        (version, at) -> {
          if (project.checklists().stream()
              .noneMatch(file -> version.equals(file.name() + "/" + file.version()))) {
            findings.accept(
                at.finding(
                    "released-version-changed",
                    "`%s` was released and is gone".formatted(version)));
          }
        });
  }

  private static boolean isNewest(Project project, ChecklistFile checklist) {
    return project
        .index()
        .map(index -> index.at(checklist.name()).text("newest").equals(checklist.version()))
        .orElse(false);
  }
}

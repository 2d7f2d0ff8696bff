package dev.slipway.local.lint;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds what is wrong with a project before it runs: ids and references of the checklists, their
 * conditions, the five places of each task, the state machines' form and order, the functions'
 * grants, and the lock of released checklists.
 */
public final class Lint {
  private final List<Rule> rules;

  Lint(HandlerClasses handlers) {
    rules =
        List.of(
            new TextRule(),
            new PatternsRule(),
            new SchemasRule(),
            new UniqueIdsRule(),
            new ReferencesRule(),
            new ElementRowsRule(),
            new CyclesRule(),
            new ConditionsRule(),
            new LockRule(),
            new StatesRule(),
            new FanOutRule(),
            new StateFormRule(),
            new OrderRule(),
            new FunctionsRule(handlers),
            new HandlersRule(handlers),
            new GrantsRule(),
            new RolesRule(),
            new EventsRule());
  }

  /**
   * Looks at a project whose handlers are on this class path.
   *
   * @param projectRoot the folder with {@code template.yaml}
   * @return what was found, by file and line; empty if all is well
   */
  public static List<LintFinding> run(Path projectRoot) {
    return new Lint(new ClassPathHandlers(Lint.class.getClassLoader())).check(projectRoot);
  }

  List<LintFinding> check(Path projectRoot) {
    Project project = new ProjectReader(projectRoot).read();
    TreeSet<LintFinding> findings = new TreeSet<>(project.unreadable());
    rules.forEach(rule -> rule.check(project, findings::add));
    return List.copyOf(findings);
  }
}

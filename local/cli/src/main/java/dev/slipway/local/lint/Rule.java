package dev.slipway.local.lint;

import java.util.function.Consumer;

/** Looks at a project and tells what is wrong with it. */
interface Rule {
  void check(Project project, Consumer<LintFinding> findings);
}

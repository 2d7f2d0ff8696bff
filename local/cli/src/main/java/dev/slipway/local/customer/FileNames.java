package dev.slipway.local.customer;

import dev.slipway.checklist.RuleWords;
import java.util.List;

/** What a rule's values are called in the file that starts a customer: as they stand there. */
record FileNames() implements RuleWords.Names {
  @Override
  public String path(List<String> path) {
    return String.join(".", path);
  }

  @Override
  public String value(List<String> path, String literal) {
    return literal;
  }
}

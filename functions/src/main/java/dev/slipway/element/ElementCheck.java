package dev.slipway.element;

import dev.slipway.ledger.ElementFinding;
import java.util.List;

/**
 * A pure check of an element: of its value, and of the elements, credentials' grades and files that
 * the checklist lets it read beside it. It asks nobody and needs no network, so that it runs on
 * saving, in the plan and in the section's gate.
 *
 * <pre>{@code
 * public final class NamesDiffer implements ElementCheck {
 *   public List<ElementFinding> check(Subject subject) {
 *     return twice(subject.value())
 *         .map(at -> ElementFinding.error("names.twice", at, "The name stands twice.", "Rename one."))
 *         .toList();
 *   }
 * }
 * }</pre>
 */
public interface ElementCheck {
  /** The name by which a checklist refers to it: that of the class. */
  default String name() {
    return getClass().getSimpleName();
  }

  /**
   * Counts up when its findings change: a value that an earlier version verified is verified again.
   */
  default int version() {
    return 1;
  }

  /** The findings; empty: all is well. */
  List<ElementFinding> check(CheckSubject subject);
}

package dev.slipway.local.lint;

import dev.slipway.checklist.Checklist;
import dev.slipway.checklist.Dimension;
import java.util.Objects;

/**
 * How the tasks of a section that have an instance for each key of a dimension stand in state
 * machines: in one Map of the section's machine; or, where that would hold too much, in a child
 * machine that gets a group of the keys.
 *
 * @param section such as {@code products}
 * @param dimension such as {@code tenant}
 * @param most the most keys that there may be
 * @param tasks how many tasks of the section have an instance for each of them
 */
public record FanOutLayout(String section, String dimension, int most, int tasks) {
  /** Of an inline Map, Step Functions runs so many iterations at once; the others would wait. */
  static final int AT_ONCE = 40;

  /**
   * As many task instances as one execution should hold: each has 166 events if it is looked at
   * again 40 times (6 for the state, 4 for each look), and 15,000 events leave room to 25,000.
   */
  static final int INSTANCES = 90;

  /** The layout for a task's dimension in its section. */
  public static FanOutLayout of(Checklist checklist, Checklist.Section section, String dimension) {
    Dimension of = checklist.dimension(dimension);
    long tasks =
        section.tasks().stream().filter(task -> Objects.equals(dimension, task.per())).count();
    return new FanOutLayout(section.id(), dimension, of.most(), (int) tasks);
  }

  /** How many keys one machine may hold. */
  public int groupSize() {
    return Math.max(1, Math.min(AT_ONCE, INSTANCES / Math.max(1, tasks)));
  }

  /** Whether they do not all fit into the section's own machine. */
  public boolean isInGroups() {
    return most > groupSize();
  }

  /** The file and the machine of a group: {@code products-tenant}. */
  public String child() {
    return section + "-" + dimension;
  }

  /** What a Map fans out over: {@code {% $instances.tenant %}}. */
  public String items() {
    return "{% $instances." + path() + " %}";
  }

  /** As JSONata names it. */
  public String path() {
    return dimension.indexOf('-') < 0 ? dimension : "`" + dimension + "`";
  }
}

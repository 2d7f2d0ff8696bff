package dev.slipway.local.scaffold;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the handlers of a test's checklist did outside, in its order: the world that outlives a
 * handler which is killed. Handlers of another class loader call it by texts alone.
 */
public final class Deeds {
  private static final Deeds ALL = new Deeds();

  private final List<String> done = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> killed = new HashSet<>();
  private String broken = "";
  private boolean kills;

  private Deeds() {}

  /** Forgets all. */
  static void reset() {
    synchronized (ALL) {
      ALL.done.clear();
      ALL.refused.clear();
      ALL.killed.clear();
      ALL.broken = "";
      ALL.kills = false;
    }
  }

  /** Kills each handler once behind each of its deeds. */
  static void killEach() {
    synchronized (ALL) {
      ALL.kills = true;
    }
  }

  /** Has the function of a task break whenever it is loaded; with the empty text, none. */
  static void breakFunction(String task) {
    synchronized (ALL) {
      ALL.broken = task;
    }
  }

  /** Refuses a deed until it is allowed. */
  static void refuse(String deed) {
    synchronized (ALL) {
      ALL.refused.add(deed);
    }
  }

  /** Refuses it no more. */
  static void allow(String deed) {
    synchronized (ALL) {
      ALL.refused.remove(deed);
    }
  }

  /** All deeds, each {@code task@instance step}, in their order. */
  static List<String> all() {
    synchronized (ALL) {
      return List.copyOf(ALL.done);
    }
  }

  /**
   * Does what a step does, unless it is done.
   *
   * @return what a handler finds
   * @throws IllegalStateException if the world refuses it
   */
  public static String perform(String key, String step) {
    String deed = key + " " + step;
    synchronized (ALL) {
      if (ALL.refused.contains(deed)) {
        throw new IllegalStateException(deed);
      }
      if (!ALL.done.contains(deed)) {
        ALL.done.add(deed);
      }
      if (ALL.kills && ALL.killed.add(deed)) {
        throw new Slipway.Unavailable("the process was killed behind " + deed);
      }
      return "done";
    }
  }

  /** What a function does when it is loaded. */
  public static void load(String task) {
    synchronized (ALL) {
      if (ALL.broken.equals(task)) {
        throw new IllegalStateException("the function of " + task + " is broken");
      }
    }
  }
}

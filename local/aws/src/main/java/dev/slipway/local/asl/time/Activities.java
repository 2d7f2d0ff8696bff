package dev.slipway.local.asl.time;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** What may be under way at one time: one {@link Activity} for each kind of work. */
final class Activities {
  private final List<Activity> all = new CopyOnWriteArrayList<>();
  private final AtomicLong begun = new AtomicLong();
  private final Runnable onIdle;

  /**
   * @param onIdle runs each time that one kind of work comes to rest
   */
  Activities(Runnable onIdle) {
    this.onIdle = onIdle;
  }

  Activity register(String name) {
    Activity activity = new Activity(name, begun::incrementAndGet, onIdle);
    all.add(activity);
    return activity;
  }

  /**
   * Whether nothing of some kinds is under way. They are looked at one after the other; work that
   * one of them hands to another meanwhile has begun there, so that it is looked again.
   *
   * @param kinds picks activities by the names that they were registered with
   */
  boolean rest(Predicate<String> kinds) {
    long before;
    do {
      before = begun.get();
      if (all.stream().anyMatch(each -> kinds.test(each.name()) && !each.idle())) {
        return false;
      }
    } while (begun.get() != before);
    return true;
  }
}

package dev.slipway.local.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The faults that are still to happen, in the order in which they were asked for. */
public final class Faults {

  private static final class Pending {
    final Fault fault;
    int left;

    Pending(Fault fault) {
      this.fault = fault;
      this.left = fault.times() == 0 ? Integer.MAX_VALUE : fault.times();
    }
  }

  private final List<Pending> pending = new ArrayList<>();

  /** Adds one behind the others. */
  public synchronized void add(Fault fault) {
    pending.add(new Pending(fault));
  }

  /** Takes the first fault that fits a call, if any, and uses it up by one. */
  public synchronized Optional<Fault> take(String system, Operation operation) {
    String call = (operation.method() + " " + operation.key()).toLowerCase(Locale.ROOT);
    for (Pending each : pending) {
      boolean fits =
          each.left > 0
              && each.fault.system().equals(system)
              && call.contains(each.fault.match().toLowerCase(Locale.ROOT));
      if (fits) {
        each.left--;
        return Optional.of(each.fault);
      }
    }
    return Optional.empty();
  }

  /** Those that can still happen. */
  public synchronized List<Fault> all() {
    return pending.stream().filter(each -> each.left > 0).map(each -> each.fault).toList();
  }

  /** No more trouble. */
  public synchronized void clear() {
    pending.clear();
  }
}

package dev.slipway.hostingprovider;

import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import dev.slipway.task.Finding;
import java.util.Set;
import java.util.function.Supplier;

/** Looks that are worth having, but that not every token may take. */
public final class Looks {
  private static final Set<Kind> NOT_SEEN = Set.of(Kind.NOT_PERMITTED, Kind.NOT_UNDERSTOOD);

  private Looks() {}

  /**
   * What a look finds; where looking is not permitted, or the answer is not understood, that this
   * is unknown.
   *
   * @param instead what the matter rests on then
   */
  public static Finding ifPossible(String instead, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (SystemTrouble trouble) {
      if (!NOT_SEEN.contains(trouble.kind())) {
        throw trouble;
      }
      return new Finding(
          trouble.asked(),
          trouble.against(),
          "unknown (" + trouble.kind().code() + "); it rests on " + instead);
    }
  }
}

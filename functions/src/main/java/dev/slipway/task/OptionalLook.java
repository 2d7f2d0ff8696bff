package dev.slipway.task;

import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A look that adds to the proof where a machine may take it, and that no step depends on: not every
 * token is permitted to read, and not every answer is in a form that is documented.
 *
 * <pre>{@code
 * OptionalLook.take("the statement of who added the range", () -> missingFromPool(range));
 * }</pre>
 */
public final class OptionalLook {
  private static final Set<Kind> NOT_SEEN = Set.of(Kind.NOT_PERMITTED, Kind.NOT_UNDERSTOOD);

  private OptionalLook() {}

  /**
   * Takes the look; where it is not permitted, or its answer is not understood, answers a finding
   * that says so.
   *
   * @param instead what proves the step in that case, as the end of a sentence
   * @param look throws {@link UnmetRequirement}, and {@link SystemTrouble} of the other kinds
   */
  public static Finding take(String instead, Supplier<Finding> look) {
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

package dev.slipway.systems.logging;

import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.util.function.Supplier;

/** A question whose answer holds an endpoint's address or token: what it answered is not quoted. */
final class Unquoted {
  private Unquoted() {}

  /** The answer; of a trouble with it, no word of the answer. */
  static <T> T of(Supplier<T> question) {
    try {
      return question.get();
    } catch (SystemTrouble trouble) {
      if (trouble.kind() != Kind.NOT_UNDERSTOOD) {
        throw trouble;
      }
      throw new SystemTrouble(
          trouble.system(),
          trouble.kind(),
          trouble.getMessage(),
          trouble.asked(),
          trouble.against(),
          "");
    }
  }
}

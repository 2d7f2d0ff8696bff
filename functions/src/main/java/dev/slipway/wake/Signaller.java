package dev.slipway.wake;

import dev.slipway.ledger.Signal;

/** Answers a task token. A token that is gone or was used before is not an error. */
interface Signaller {
  /**
   * Answers it.
   *
   * @return whether a state waited for it
   */
  boolean send(String token, Signal.Kind kind);
}

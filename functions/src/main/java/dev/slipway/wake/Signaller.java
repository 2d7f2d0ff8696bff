package dev.slipway.wake;

import dev.slipway.ledger.Signal;

/** Answers a task token. A token that is gone or was used before is not an error. */
interface Signaller {
  void send(String token, Signal.Kind kind);
}

package dev.slipway.local.sandbox.world;

import java.io.IOException;

/** A third party with a protocol and a listener of its own. */
public non-sealed interface TcpStandIn extends StandIn, AutoCloseable {

  /**
   * Starts listening on loopback.
   *
   * @return the local port for each of its {@link #sites}, in their order
   */
  int[] start() throws IOException;

  /** Stops listening. */
  @Override
  void close();
}

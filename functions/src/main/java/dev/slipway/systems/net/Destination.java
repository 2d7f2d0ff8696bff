package dev.slipway.systems.net;

/** Who chose the host of a call; it decides which guard applies. */
public enum Destination {
  /** A host written in Slipway's own code; it must end in an allowed vendor suffix. */
  VENDOR,
  /** A host that a customer typed; it is resolved and refused when it points inside. */
  CUSTOMER
}

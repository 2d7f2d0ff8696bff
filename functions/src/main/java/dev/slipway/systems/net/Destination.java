package dev.slipway.systems.net;

/** The origin of a call's host, which decides the guard that applies. */
public enum Destination {
  /** A host written in Slipway's own code; it must end in an allowed vendor suffix. */
  VENDOR,
  /** A host that a customer typed; it is resolved and refused when it points inside. */
  CUSTOMER
}

package dev.slipway.local.probe;

/** The person who decides whether a probe runs. */
@FunctionalInterface
public interface Consent {
  /** Whether the probe that was just shown may run. */
  boolean given() throws InterruptedException;
}

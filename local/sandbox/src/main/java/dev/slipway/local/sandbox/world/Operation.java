package dev.slipway.local.sandbox.world;

/**
 * The operation that a request asks of a third party, in words fit for counting and for matching
 * faults.
 *
 * @param method the vendor's own name for it, such as {@code administration.cluster.AddExtIps} or
 *     {@code PUT object}
 * @param key its subject, such as an address range or an object's key; never a secret; may be empty
 */
public record Operation(String method, String key) {

  /** An operation about nothing in particular. */
  public static Operation of(String method) {
    return new Operation(method, "");
  }
}

package dev.slipway.systems.dns;

/** The reason why a receiver cannot evaluate an SPF record (RFC 7208, sections 2.6.6 and 2.6.7). */
final class SpfFault extends RuntimeException {

  private final boolean permanent;

  private SpfFault(boolean permanent, String message) {
    super(message);
    this.permanent = permanent;
  }

  /** A permerror: the record stays unusable until its owner corrects it. */
  static SpfFault permanent(String message) {
    return new SpfFault(true, message);
  }

  /** A temperror: DNS did not answer. */
  static SpfFault temporary(String message) {
    return new SpfFault(false, message);
  }

  boolean isPermanent() {
    return permanent;
  }
}

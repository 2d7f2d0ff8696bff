package dev.slipway.ledger;

/** The party that a task waits for. */
public enum Party {
  /** The customer's technical contact. */
  CUSTOMER,
  /** The platform vendor's onboarding manager or engineers. */
  VENDOR,
  /** A company that neither of them commands: a registrar, a mail provider. */
  THIRD_PARTY,
  /** Nobody: a dependency, or a point in time. */
  MACHINE;

  /** As people read it: {@code the customer}. */
  public String words() {
    return switch (this) {
      case CUSTOMER -> "the customer";
      case VENDOR -> "the vendor";
      case THIRD_PARTY -> "a third party";
      case MACHINE -> "a machine";
    };
  }
}

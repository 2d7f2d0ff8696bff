package dev.slipway.api;

import dev.slipway.ledger.Party;

/** As what somebody calls. */
enum Role {
  /** The platform vendor's onboarding manager. */
  MANAGER("manager"),
  /** The platform vendor's engineer. */
  ENGINEER("engineer"),
  /** Somebody of the one customer whose onboarding it is. */
  CUSTOMER("customer");

  private final String claim;

  Role(String claim) {
    this.claim = claim;
  }

  /** The role as the token names it. */
  String claim() {
    return claim;
  }

  /** Whether somebody in this role may speak for a party. */
  boolean speaksFor(Party party) {
    return switch (party) {
      case CUSTOMER -> this == CUSTOMER;
      case VENDOR -> this != CUSTOMER;
      // Nobody of them has an account: whoever is in touch with them reports.
      case THIRD_PARTY -> true;
      case MACHINE -> false;
    };
  }
}

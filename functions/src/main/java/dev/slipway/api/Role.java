package dev.slipway.api;

import dev.slipway.ledger.Party;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The role of a caller. */
enum Role {
  /** The platform vendor's onboarding manager. */
  MANAGER("manager"),
  /** The platform vendor's engineer. */
  ENGINEER("engineer"),
  /** A person of the one customer whose onboarding it is. */
  CUSTOMER("customer"),
  /** A person without an account, in {@link GuestGate}: no token has this role. */
  GUEST("guest");

  private final String claim;

  Role(String claim) {
    this.claim = claim;
  }

  /**
   * The roles that a token names, each as it stands: no part of a longer name is one. Between
   * spaces a name's parts look like names, so that such a list counts only if all of it is roles.
   */
  static Set<Role> of(ListClaim claim) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String text : claim.texts()) {
      Optional<Role> named =
          Arrays.stream(values())
              .filter(role -> role != GUEST && role.claim.equals(text))
              .findFirst();
      if (named.isEmpty() && claim.bySpaces()) {
        return Set.of();
      }
      named.ifPresent(roles::add);
    }
    return roles;
  }

  /** The role as the token names it. */
  String claim() {
    return claim;
  }

  /** Whether a person in this role may speak for a party; a guest for whoever let them in. */
  boolean speaksFor(Party party) {
    if (this == GUEST) {
      return party != Party.MACHINE;
    }
    return switch (party) {
      case CUSTOMER -> this == CUSTOMER;
      case VENDOR -> this == MANAGER || this == ENGINEER;
      // Third parties have no account: the person who is in touch with them reports.
      case THIRD_PARTY -> true;
      case MACHINE -> false;
    };
  }
}

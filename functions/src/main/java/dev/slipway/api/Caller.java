package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ledger.Actor;
import dev.slipway.ledger.Party;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Who calls, by the claims of a JWT that the authorizer has checked.
 *
 * @param subject unique to the person ({@code sub})
 * @param name for people; null if the token has none
 * @param roles as what
 * @param onboarding the only onboarding that the caller may see; null: all
 */
record Caller(String subject, String name, Set<Role> roles, String onboarding) {
  private static final int LONGEST_NAME = 100;

  /** Fits no onboarding: what a customer sees whose token names none. */
  private static final String NONE = "";

  Caller {
    roles = Set.copyOf(roles);
  }

  /**
   * Reads the claims.
   *
   * @throws Refusal 401 if there is nobody
   */
  static Caller of(JsonNode claims) {
    String subject = claims.path("sub").asText("").strip();
    if (subject.isEmpty()) {
      throw Refusal.of(401, "caller.unknown", "The request carries no token with a `sub` claim.")
          .header("WWW-Authenticate", "Bearer");
    }
    Set<String> names = Set.copyOf(values(claims.path("slipway_roles")));
    Set<Role> roles =
        Arrays.stream(Role.values())
            .filter(role -> names.contains(role.claim()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    String only = claims.path("slipway_onboarding").asText("").strip();
    boolean staff = roles.contains(Role.MANAGER) || roles.contains(Role.ENGINEER);
    return new Caller(
        subject,
        name(claims.path("name").asText("")),
        roles,
        only.isEmpty() ? (staff ? null : NONE) : only);
  }

  /** An array claim arrives as {@code [a b]}; a claim with one value as that value. */
  private static List<String> values(JsonNode claim) {
    if (claim.isArray()) {
      return StreamSupport.stream(claim.spliterator(), false).map(JsonNode::asText).toList();
    }
    return Arrays.stream(claim.asText("").replaceAll("[\\[\\],\"]", " ").strip().split("\\s+", -1))
        .toList();
  }

  private static String name(String claimed) {
    String name = claimed.replaceAll("\\p{Cntrl}", " ").strip();
    return name.isEmpty() ? null : name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** The person in the ledger: readable, and unique by the subject at its end. */
  String person() {
    return name == null ? subject : name + " (" + subject + ")";
  }

  /** Whether the ledger's {@code by} is this person, under whatever name. */
  boolean isPerson(String by) {
    return by.equals(subject) || by.endsWith(" (" + subject + ")");
  }

  /** The caller as one who acts, in the first of the roles that permitted it. */
  Actor actor() {
    return new Actor(
        person(),
        Arrays.stream(Role.values())
            .filter(roles::contains)
            .findFirst()
            .map(Role::claim)
            .orElse("none"));
  }

  boolean is(Role role) {
    return roles.contains(role);
  }

  /** Whether the caller may see an onboarding. */
  boolean sees(String id) {
    return onboarding == null || onboarding.equals(id);
  }

  /** The only onboarding that the caller may see; empty: all. */
  Optional<String> only() {
    return Optional.ofNullable(onboarding);
  }

  boolean speaksFor(Party party) {
    return roles.stream().anyMatch(role -> role.speaksFor(party));
  }
}

package dev.slipway.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides which callers may call a route at all. */
interface Admission {
  /**
   * The caller, by the claims of a JWT that the gateway has checked.
   *
   * @throws Refusal 401 without a caller, 403 if the caller may not
   */
  Caller admit(JsonNode claims);

  /**
   * People in one of these roles, by their token; without roles in it, by their memberships.
   *
   * @param memberships the onboardings that an account sees
   */
  static Admission of(Set<Role> permitted, Function<String, Set<String>> memberships) {
    return claims -> {
      Caller token = Caller.of(claims);
      Caller caller =
          Caller.namesRoles(claims) ? token : token.memberOf(memberships.apply(token.account()));
      if (permitted.stream().noneMatch(caller::is)) {
        throw Refusal.of(
            403,
            "caller.role",
            "This needs the role "
                + permitted.stream().map(Role::claim).sorted().collect(Collectors.joining(" or "))
                + ".");
      }
      return caller;
    };
  }

  /** Whoever has a token, in whatever role. */
  static Admission ofAnybody() {
    return Caller::of;
  }

  /**
   * Nobody whom the gateway knows: a guest, who shows by a cookie who it is ({@link GuestGate}).
   */
  static Admission ofGuests() {
    return claims -> new Caller("guest", null, null, Set.of(), null, "", Set.of());
  }

  /** No person: a probe runner, which shows by its signature who it is ({@link RunnerGate}). */
  static Admission ofRunners() {
    return claims -> new Caller("probe-runner", null, null, Set.of(), null, "", Set.of());
  }
}

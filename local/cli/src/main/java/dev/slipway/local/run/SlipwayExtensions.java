package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import dev.slipway.local.http.ApiExtensions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Slipway's additions to its API on this machine: tokens for people, and its own form of problems.
 */
public final class SlipwayExtensions implements ApiExtensions {
  private static final String ROLES = "slipway_roles";

  private final Supplier<List<Person>> people;

  /**
   * @param people whom the sign-in page offers
   */
  public SlipwayExtensions(Supplier<List<Person>> people) {
    this.people = people;
  }

  @Override
  public List<Person> people() {
    return people.get();
  }

  /**
   * The claims by which Slipway knows a person.
   *
   * @param role manager, engineer or customer; empty: none, for whom an invitation lets in
   * @param name other names are other people
   * @param onboarding the only one that the person sees; empty: all
   */
  static Map<String, Object> claims(String role, String name, String onboarding) {
    Map<String, Object> claims = new HashMap<>();
    if (!role.isEmpty()) {
      claims.put(ROLES, List.of(role));
    }
    claims.put("name", name);
    if (!onboarding.isEmpty()) {
      claims.put("slipway_onboarding", onboarding);
    }
    return claims;
  }

  /**
   * What the token of a person says.
   *
   * @param address a mail address, taken for verified; empty: none
   */
  public static TokenClaims person(
      String subject, String role, String name, String onboarding, String address) {
    Map<String, Object> claims = claims(role, name, onboarding);
    if (!address.isEmpty()) {
      claims.put("email", address);
      claims.put("email_verified", true);
    }
    return new TokenClaims(subject, claims);
  }

  /** A manager gets a token for any person; a mail address in it is taken for verified. */
  @Override
  public Optional<TokenClaims> token(Map<String, Object> caller, JsonNode wish) {
    if (!(caller.get(ROLES) instanceof List<?> roles) || !roles.contains("manager")) {
      return Optional.empty();
    }
    String role = wish.path("role").asText();
    String name = wish.path("name").asText();
    String address = wish.path("email").asText("");
    String subject = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return Optional.of(
        person(
            // As the sign-in page names whom only an invitation lets in.
            role.isEmpty() ? address.toLowerCase(Locale.ROOT) : role + "-" + subject,
            role,
            name,
            wish.path("onboarding").asText(""),
            address));
  }

  /** As the routes answer it. */
  @Override
  public Optional<JsonNode> tooLarge() {
    return Optional.of(
        Json.MAPPER
            .createObjectNode()
            .put("type", "urn:slipway:problem:body.too-large")
            .put("title", "Too large")
            .put("status", 413)
            .put("detail", "The body is larger than any route takes: send less.")
            .put("instance", "urn:slipway:request:" + UUID.randomUUID())
            .put("code", "body.too-large")
            .put("field", "body"));
  }
}

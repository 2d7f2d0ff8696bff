package dev.slipway.local.run;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.http.LocalIssuer;
import java.net.URI;
import java.net.http.HttpClient;

/** The people of an onboarding, with the names that {@code slipway run} gives them. */
public final class People implements Callers {
  private final HttpClient http = SlipwayApi.httpClient();
  private final URI api;
  private final LocalIssuer issuer;

  /**
   * @param api where the API answers
   * @param issuer whose tokens it takes
   */
  public People(URI api, LocalIssuer issuer) {
    this.api = api;
    this.issuer = issuer;
  }

  @Override
  public SlipwayApi as(Role role, String onboarding, boolean second) {
    return new SlipwayApi(http, api, token(role, onboarding, second));
  }

  /**
   * A token for a person.
   *
   * @param onboarding the only one that a customer sees; empty: all
   */
  public String token(Role role, String onboarding, boolean second) {
    return issuer.token(
        role.wireName() + (second ? "-2" : ""),
        SlipwayExtensions.claims(
            role.wireName(), name(role, second), role == Role.CUSTOMER ? onboarding : ""));
  }

  /** The name for a role where the profile names no person. */
  public static String name(Role role, boolean second) {
    return switch (role) {
      case MANAGER -> second ? "Mara Second" : "Mia Manager";
      case CUSTOMER -> second ? "Cleo Second" : "Carl Customer";
      case ENGINEER -> second ? "Ebba Second" : "Emil Engineer";
    };
  }
}

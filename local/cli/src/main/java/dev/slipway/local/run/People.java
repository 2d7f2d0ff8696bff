package dev.slipway.local.run;

import dev.slipway.local.client.SlipwayApi;
import dev.slipway.local.http.LocalIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    Map<String, Object> claims = new HashMap<>();
    claims.put("slipway_roles", List.of(role.wireName()));
    claims.put("name", name(role, second));
    if (role == Role.CUSTOMER && !onboarding.isEmpty()) {
      claims.put("slipway_onboarding", onboarding);
    }
    String token = issuer.token(role.wireName(), role.wireName() + (second ? "-2" : ""), claims);
    return new SlipwayApi(http, api, token);
  }

  private static String name(Role role, boolean second) {
    return switch (role) {
      case MANAGER -> second ? "Mara Second" : "Mia Manager";
      case CUSTOMER -> second ? "Cleo Second" : "Carl Customer";
      case ENGINEER -> second ? "Ebba Second" : "Emil Engineer";
    };
  }
}

package dev.slipway.local.template;

import java.util.List;
import java.util.Optional;

/**
 * A route of the HTTP API.
 *
 * @param functionId the logical id of the function that answers
 * @param event the event's name in the function
 * @param method in upper case, or {@code ANY}
 * @param path with parameters as {@code {name}} or {@code {name+}}, or {@code $default}
 * @param authorizer who may call; empty where anybody may
 * @param scopes of which the caller's token needs one; empty where none is asked for
 */
public record RouteResource(
    String functionId,
    String event,
    String method,
    String path,
    Optional<JwtAuthorizer> authorizer,
    List<String> scopes) {

  public RouteResource {
    scopes = List.copyOf(scopes);
  }

  /** The key by which API Gateway names the route, for example {@code GET /things/{id}}. */
  public String routeKey() {
    return path.equals("$default") ? path : method + " " + path;
  }

  /**
   * The checks of an HTTP API on a token.
   *
   * @param issuer the value of {@code iss}
   * @param audiences of which the token needs one
   */
  public record JwtAuthorizer(String name, String issuer, List<String> audiences) {
    public JwtAuthorizer {
      audiences = List.copyOf(audiences);
    }
  }
}

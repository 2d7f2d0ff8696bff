package dev.slipway.systems.rest;

import dev.slipway.systems.net.HttpCall;

/**
 * The login of an API, which is added to each call.
 *
 * <p>Other ways than those below are one line of their client. Each has the secrets that it adds
 * redacted:
 *
 * <pre>{@code
 * Authentication key = call -> call.header("Api-Key", apiKey).redacting(apiKey);
 * Authentication form = call -> call.form(Map.of("api_id", id, "api_key", key)).redacting(id, key);
 * }</pre>
 */
@FunctionalInterface
public interface Authentication {

  /** The same call with the login; secrets in it are known to the call's redactor. */
  HttpCall authenticate(HttpCall call);

  /** No login. */
  static Authentication none() {
    return call -> call;
  }

  /** A bearer token (RFC 6750). */
  static Authentication bearer(String token) {
    return call -> call.bearer(token);
  }

  /** User and password by HTTP Basic authentication (RFC 7617). */
  static Authentication basic(String user, String password) {
    return call -> call.basic(user, password);
  }
}

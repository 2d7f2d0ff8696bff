package dev.slipway.systems.connector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An app that is registered with a provider of OAuth 2. Its keys are proved without a user: the
 * token endpoint looks at the client first (RFC 6749, 5.2), so a code that nobody was given is
 * refused as {@code invalid_grant} if the keys are right, and as {@code invalid_client} if not.
 *
 * <p>The code is sent once, since providers log the refusal and count it.
 */
final class OAuthApp {

  /**
   * Answers which mean that the provider knows the client. Vend's and Salesforce's are unverified.
   */
  private static final Set<String> CLIENT_KNOWN = Set.of("invalid_grant", "invalid_code");

  private static final Set<String> CLIENT_UNKNOWN =
      Set.of("invalid_client", "invalid_client_id", "invalid_client_credentials");

  private static final String CODE = "slipway-looks-whether-the-keys-are-right";

  private final HttpPort http;
  private final String system;
  private final Destination destination;

  /**
   * @param system the system's name, as in the credential's name
   * @param destination who named the token endpoint
   */
  OAuthApp(HttpPort http, String system, Destination destination) {
    this.http = http;
    this.system = system;
    this.destination = destination;
  }

  /**
   * Asks for a token with a code that nobody was given.
   *
   * @param basic whether the keys go into the header, and not into the form
   * @return the provider's answer, which proves that the client is known
   */
  HttpAnswer requireClient(
      URI tokens, boolean basic, String id, String secret, String redirectUri) {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", CODE);
    form.put("redirect_uri", redirectUri);
    HttpCall call =
        HttpCall.get(system, "a token for a code", destination, tokens, Redactor.none())
            .method("POST")
            .header("Accept", "application/json");
    if (!basic) {
      form.put("client_id", id);
      form.put("client_secret", secret);
    }
    call = call.form(form).redacting(secret);
    HttpAnswer answer = http.send(basic ? call.basic(id, secret) : call);
    if (answer.isSuccess() || answer.status() == 400 || answer.status() == 401) {
      return judged(answer);
    }
    throw answer.statusTrouble();
  }

  private static HttpAnswer judged(HttpAnswer answer) {
    JsonNode body = answer.json();
    String error = body.path("error").asText();
    if (CLIENT_KNOWN.contains(error)) {
      return answer;
    }
    String host = answer.call().against();
    throw CLIENT_UNKNOWN.contains(error)
        ? answer.trouble(
            Kind.AUTHENTICATION_FAILED, host + " does not know this client id and secret.")
        : answer.trouble(
            Kind.NOT_UNDERSTOOD,
            host + " answered neither that it knows the client nor that it does not.");
  }
}

package dev.slipway.web;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How people sign in, as the pages have to know it: parameters of the template. Nothing of it is
 * secret.
 *
 * @param issuer the {@code iss} of the tokens
 * @param clientId the pages' own client at the issuer; empty: nobody can sign in here
 * @param authorize the address of the issuer's sign-in page
 * @param token where a code is exchanged for tokens
 * @param logout where the issuer's own session ends; may be empty
 * @param tokenUse which of the tokens goes to the API, {@code id} or {@code access}
 */
record SignInSettings(
    String issuer,
    String clientId,
    String authorize,
    String token,
    String logout,
    String tokenUse) {

  /** Those of a function's environment. */
  static SignInSettings of(Function<String, Optional<String>> variables) {
    Function<String, String> value =
        name -> variables.apply("SLIPWAY_WEB_" + name).map(String::strip).orElse("");
    return new SignInSettings(
        value.apply("ISSUER"),
        value.apply("CLIENT_ID"),
        value.apply("AUTHORIZE_URL"),
        value.apply("TOKEN_URL"),
        value.apply("LOGOUT_URL"),
        value.apply("TOKEN_USE"));
  }

  /** As JSON that may stand in an attribute in single quotes. */
  String json() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("issuer", issuer);
    fields.put("clientId", clientId);
    fields.put("authorize", authorize);
    fields.put("token", token);
    fields.put("logout", logout);
    fields.put("tokenUse", tokenUse.isEmpty() ? "id" : tokenUse);
    StringBuilder json = new StringBuilder();
    fields.forEach(
        (name, text) ->
            json.append(json.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(escaped(text))
                .append('"'));
    return json.append('}').toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || "\"\\'&<>".indexOf(c) >= 0) {
        escaped.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}

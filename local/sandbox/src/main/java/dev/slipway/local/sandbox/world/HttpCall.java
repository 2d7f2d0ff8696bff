package dev.slipway.local.sandbox.world;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request as a stand-in sees it.
 *
 * @param method the HTTP method
 * @param host the host name asked for, without port, in lower case
 * @param path the path as sent, still percent-encoded
 * @param query the query as sent, still percent-encoded; empty if none
 * @param headers by lower-case name; several values joined by a comma
 * @param body the body; empty if none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and too large to copy.
public record HttpCall(
    String method,
    String host,
    String path,
    String query,
    Map<String, String> headers,
    byte[] body) {

  /** One header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The body as UTF-8 text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Query parameters and, where the body is a form, its fields; decoded, the last one wins. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    decode(query, parameters);
    if (header("content-type").orElse("").startsWith("application/x-www-form-urlencoded")) {
      decode(text(), parameters);
    }
    return parameters;
  }

  /** User and password of HTTP Basic authentication (RFC 7617), if sent. */
  public Optional<Credentials> basic() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Basic ", 0, 6))
        .flatMap(value -> Credentials.decode(value.substring(6).strip()));
  }

  /**
   * A user name and a password.
   *
   * @param user the user name
   * @param password the password; secret
   */
  public record Credentials(String user, String password) {

    private static Optional<Credentials> decode(String base64) {
      try {
        String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        return colon < 0
            ? Optional.empty()
            : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  private static void decode(String form, Map<String, String> into) {
    for (String pair : form.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        into.put(plain(name), plain(value));
      }
    }
  }

  private static String plain(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }
}

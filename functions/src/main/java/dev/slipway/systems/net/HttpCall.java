package dev.slipway.systems.net;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One HTTP request to a third party.
 *
 * <pre>{@code
 * HttpCall call =
 *     HttpCall.get("docker", "the account", Destination.VENDOR, uri, Redactor.none())
 *         .bearer(token);
 * HttpAnswer answer = egress.send(call);
 * }</pre>
 *
 * @param system the system's name, as in the credential's name
 * @param asked what is asked, in words that may be stored and shown: never the URL's query, never a
 *     secret
 * @param destination who named the host
 * @param method the HTTP method
 * @param uri the whole address
 * @param headers header names to values
 * @param body the body, empty for none
 * @param readOnly whether repeating the call changes nothing
 * @param redactor knows the secrets in use
 */
public record HttpCall(
    String system,
    String asked,
    Destination destination,
    String method,
    URI uri,
    Map<String, String> headers,
    Bytes body,
    boolean readOnly,
    Redactor redactor) {

  public HttpCall {
    headers = Map.copyOf(headers);
  }

  /** A read: GET without a body. */
  public static HttpCall get(
      String system, String asked, Destination destination, URI uri, Redactor redactor) {
    return new HttpCall(
        system, asked, destination, "GET", uri, Map.of(), Bytes.NONE, true, redactor);
  }

  /** The same call with another method; a method other than GET or HEAD is not repeated. */
  public HttpCall method(String other) {
    boolean read = other.equals("GET") || other.equals("HEAD");
    return new HttpCall(system, asked, destination, other, uri, headers, body, read, redactor);
  }

  /** The same call, marked as one that changes nothing whatever its method. */
  public HttpCall changingNothing() {
    return new HttpCall(system, asked, destination, method, uri, headers, body, true, redactor);
  }

  /** The same call with one header more. */
  public HttpCall header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCall(system, asked, destination, method, uri, more, body, readOnly, redactor);
  }

  /** The same call with HTTP Basic authentication, whose encoded form is redacted too. */
  public HttpCall basic(String user, String password) {
    String encoded =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    return header("Authorization", "Basic " + encoded).redacting(encoded, password);
  }

  /** The same call with a bearer token, which is redacted. */
  public HttpCall bearer(String token) {
    return header("Authorization", "Bearer " + token).redacting(token);
  }

  /** The same call, whose answer may hold these secrets as well. */
  public HttpCall redacting(String... secrets) {
    return new HttpCall(
        system, asked, destination, method, uri, headers, body, readOnly, redactor.and(secrets));
  }

  /** The same call with this body. */
  public HttpCall body(String contentType, Bytes bytes) {
    HttpCall typed = header("Content-Type", contentType);
    return new HttpCall(
        system, asked, destination, method, uri, typed.headers, bytes, readOnly, redactor);
  }

  /** The same call with this JSON as its body. */
  public HttpCall json(JsonNode tree) {
    return body("application/json", Bytes.of(tree.toString()));
  }

  /** The same call with these fields added to the form that is its body. */
  public HttpCall form(Map<String, String> fields) {
    Stream<String> more =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()));
    Stream<String> before = Stream.of(body.text()).filter(text -> !text.isEmpty());
    return body(
        "application/x-www-form-urlencoded",
        Bytes.of(Stream.concat(before, more).collect(Collectors.joining("&"))));
  }

  /** Scheme, host and port, which a report may name. */
  public String against() {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  @Override
  public String toString() {
    return method + " " + against() + " (" + asked + ")";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

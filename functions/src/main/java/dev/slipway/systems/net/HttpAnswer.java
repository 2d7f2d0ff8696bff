package dev.slipway.systems.net;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A complete HTTP answer to a call, whatever its status.
 *
 * @param call what was asked
 * @param status the HTTP status
 * @param headers header names in lower case to their values
 * @param body the body, at most 1 MB; none if a reader got it while it arrived
 * @param at when the answer was complete
 */
public record HttpAnswer(
    HttpCall call, int status, Map<String, List<String>> headers, Bytes body, Instant at) {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"");

  /**
   * A challenge begins with its scheme; a name before an equals sign is a parameter of the last
   * one.
   */
  private static final Pattern SCHEME =
      Pattern.compile("^\\s*+([A-Za-z][A-Za-z0-9-]{0,39}+)(?=\\s++[^=\\s]|\\s*+$)");

  private static final int MOST_SCHEMES = 5;

  public HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** The body as UTF-8 text. */
  public String text() {
    return body.text();
  }

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * The members of a list that stands in a header (RFC 9110, 5.3: several lines of one name are one
   * list). Quoted commas are not looked for.
   */
  public List<String> list(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(String::strip)
        .filter(member -> !member.isEmpty())
        .toList();
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Status and body as they may be recorded. */
  public String forTheRecord() {
    return call.redactor().answer("HTTP " + status + (body.size() == 0 ? "" : " " + text()));
  }

  /**
   * The body as JSON.
   *
   * @throws SystemTrouble of kind {@code NOT_UNDERSTOOD} when the body is empty, HTML, or not JSON;
   *     the message tells the three apart
   */
  public JsonNode json() {
    String what;
    if (text().isBlank()) {
      what = "an empty answer";
    } else if (looksLikeHtml()) {
      what = "a web page (HTML)";
    } else {
      try {
        JsonNode tree = JSON.readTree(text());
        if (tree != null && tree.isContainerNode()) {
          return tree;
        }
        what = "text other than a JSON object";
      } catch (JacksonException e) {
        what = "a text that is not JSON";
      }
    }
    throw trouble(
        SystemTrouble.Kind.NOT_UNDERSTOOD,
        call.against() + " answered " + call.asked() + " with " + what + ", where JSON was due.");
  }

  /**
   * This answer when its status is 2xx.
   *
   * @throws SystemTrouble with the kind that the status stands for
   */
  public HttpAnswer orTrouble() {
    if (isSuccess()) {
      return this;
    }
    throw statusTrouble();
  }

  /**
   * The trouble of a 401 to HTTP Basic authentication: a wrong login, or a server that wants to be
   * spoken to by a scheme that Slipway does not speak, which says nothing about the login.
   *
   * @param refused what is told when it is the login
   */
  public SystemTrouble loginTrouble(String refused) {
    List<String> schemes = schemes();
    if (schemes.isEmpty() || schemes.stream().anyMatch("basic"::equalsIgnoreCase)) {
      return trouble(SystemTrouble.Kind.AUTHENTICATION_FAILED, refused + " (HTTP 401).");
    }
    return trouble(
        SystemTrouble.Kind.REJECTED,
        call.against()
            + " wants a login by "
            + String.join(" or ", schemes)
            + ", and Slipway speaks Basic only: user and password were not looked at. Switch Basic"
            + " authentication on, which TLS protects.");
  }

  /** The schemes of the challenges in {@code WWW-Authenticate} (RFC 9110, 11.6.1). */
  private List<String> schemes() {
    return headers.getOrDefault("www-authenticate", List.of()).stream()
        .flatMap(line -> Stream.of(QUOTED.matcher(line).replaceAll("").split(",", -1)))
        .map(SCHEME::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .distinct()
        .limit(MOST_SCHEMES)
        .toList();
  }

  /** The trouble that this answer's status stands for. */
  public SystemTrouble statusTrouble() {
    String host = call.against();
    String said = " (HTTP " + status + ")";
    return switch (status) {
      case 401 ->
          trouble(
              SystemTrouble.Kind.AUTHENTICATION_FAILED,
              host + " turned the credential away" + said + ".");
      case 403 ->
          trouble(
              SystemTrouble.Kind.NOT_PERMITTED,
              host + " does not permit " + call.asked() + said + ".");
      case 404 ->
          trouble(
              SystemTrouble.Kind.NOT_FOUND, host + " has nothing at " + call.asked() + said + ".");
      case 429 -> rateLimited();
      case 301, 302, 303, 307, 308 ->
          trouble(
              SystemTrouble.Kind.WRONG_PLACE,
              host
                  + " sends "
                  + call.asked()
                  + " elsewhere"
                  + said
                  + ", to "
                  + redirectHost()
                  + ". Slipway does not follow, so that no credential reaches another host.");
      default ->
          status >= 500
              ? trouble(
                  SystemTrouble.Kind.OUT_OF_ORDER,
                  host + " reports trouble of its own" + said + ".")
              : trouble(
                  SystemTrouble.Kind.REJECTED,
                  host + " did not accept " + call.asked() + said + ".");
    };
  }

  /** A trouble about this answer. */
  public SystemTrouble trouble(SystemTrouble.Kind kind, String message) {
    return new SystemTrouble(
        call.system(),
        kind,
        call.redactor().redact(message),
        call.asked(),
        call.against(),
        forTheRecord(),
        RetryAfter.of(this).orElse(null),
        null);
  }

  private SystemTrouble rateLimited() {
    String when =
        RetryAfter.of(this).map(at -> " until " + at).orElse("; it did not say until when");
    return trouble(
        SystemTrouble.Kind.RATE_LIMITED,
        call.against() + " limits how often it may be asked (HTTP 429)" + when + ".");
  }

  /** The target of a redirect: host only, because paths and queries can carry session keys. */
  private String redirectHost() {
    return header("location")
        .map(
            location -> {
              try {
                String host = call.uri().resolve(location).getHost();
                return host == null ? "an unreadable address" : host;
              } catch (IllegalArgumentException e) {
                return "an unreadable address";
              }
            })
        .orElse("no address at all");
  }

  private boolean looksLikeHtml() {
    String start = text().stripLeading().toLowerCase(Locale.ROOT);
    return start.startsWith("<!doctype html") || start.startsWith("<html");
  }

  @Override
  public String toString() {
    return call + " -> HTTP " + status;
  }
}

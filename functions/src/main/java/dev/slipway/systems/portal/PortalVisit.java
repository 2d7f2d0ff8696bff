package dev.slipway.systems.portal;

import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.net.SystemTrouble.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One visit to a portal by a link, from redirect to redirect, with the cookies that each host sets.
 * Only https, and only hosts that are allowed: a link that leads elsewhere is a finding, not a way
 * to go. Neither the link nor any page is ever recorded, for both can hold a session.
 */
public final class PortalVisit {

  private static final String SYSTEM = "single-sign-on";
  private static final String ASKED = "link into the portal";
  private static final int MOST_REDIRECTS = 6;

  private static final Pattern PASSWORD_FIELD =
      Pattern.compile("<input[^<>]*type=[\"']?password", Pattern.CASE_INSENSITIVE);

  private final HttpPort http;
  private final Set<String> allowedHosts;
  private final Map<String, Map<String, String>> cookies = new LinkedHashMap<>();
  private final List<String> way = new ArrayList<>();

  /**
   * A visit without any cookie yet.
   *
   * @param allowedHosts host names in lower case
   */
  public PortalVisit(HttpPort http, Set<String> allowedHosts) {
    this.http = http;
    this.allowedHosts = Set.copyOf(allowedHosts);
  }

  /**
   * The end of a visit.
   *
   * @param status the last page's HTTP status
   * @param way the hosts in order
   * @param loggedIn whether the page is one that only a logged-in customer sees
   */
  public record End(int status, List<String> way, boolean loggedIn) {

    public End {
      way = List.copyOf(way);
    }
  }

  /**
   * Follows a link.
   *
   * @param marker a text that stands on the page of a logged-in customer only
   * @throws SystemTrouble of kind {@code WRONG_PLACE} for another host or plain http; of the usual
   *     kinds when a host cannot be reached, shows a bad certificate, or is out of order
   */
  public End follow(URI link, String marker) {
    URI at = link;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      allow(at);
      HttpAnswer answer = http.send(call(at));
      keepCookies(at, answer);
      Optional<String> location =
          answer.status() / 100 == 3 ? answer.header("location") : Optional.empty();
      if (location.isEmpty()) {
        return end(at, answer, marker);
      }
      at = resolved(at, location.get());
    }
    throw trouble(Kind.WRONG_PLACE, "The link leads from redirect to redirect.", at);
  }

  private End end(URI at, HttpAnswer answer, String marker) {
    if (answer.status() == 429) {
      throw trouble(Kind.RATE_LIMITED, "The portal limits how often it may be asked.", at);
    }
    if (answer.status() >= 500) {
      throw trouble(
          Kind.OUT_OF_ORDER,
          "The portal reports trouble of its own (HTTP " + answer.status() + ").",
          at);
    }
    String page = answer.text();
    boolean loggedIn =
        answer.status() == 200 && page.contains(marker) && !PASSWORD_FIELD.matcher(page).find();
    return new End(answer.status(), way, loggedIn);
  }

  private void allow(URI at) {
    String host = at.getHost() == null ? "" : at.getHost().toLowerCase(Locale.ROOT);
    way.add(host);
    if (!"https".equals(at.getScheme())) {
      throw trouble(Kind.WRONG_PLACE, "The link leads to " + host + " without TLS.", at);
    }
    if (!allowedHosts.contains(host) || (at.getPort() != -1 && at.getPort() != 443)) {
      throw trouble(
          Kind.WRONG_PLACE,
          "The link leads to "
              + host
              + ", which is not among the hosts given for single sign-on. Slipway does not follow.",
          at);
    }
  }

  /** Not marked as repeatable: the link is for one use. */
  private HttpCall call(URI at) {
    String kept =
        cookies.getOrDefault(at.getHost().toLowerCase(Locale.ROOT), Map.of()).entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    Map<String, String> headers =
        kept.isEmpty()
            ? Map.of("Accept", "text/html")
            : Map.of("Accept", "text/html", "Cookie", kept);
    return new HttpCall(
        SYSTEM,
        ASKED,
        Destination.CUSTOMER,
        "GET",
        at,
        headers,
        Bytes.NONE,
        false,
        Redactor.of(at.toString(), at.getRawQuery(), at.getRawPath()));
  }

  private void keepCookies(URI at, HttpAnswer answer) {
    for (String header : answer.headers().getOrDefault("set-cookie", List.of())) {
      String pair = header.split(";", 2)[0];
      int equals = pair.indexOf('=');
      if (equals > 0) {
        cookies
            .computeIfAbsent(at.getHost().toLowerCase(Locale.ROOT), host -> new LinkedHashMap<>())
            .put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
  }

  private static URI resolved(URI at, String location) {
    try {
      return at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw trouble(Kind.NOT_UNDERSTOOD, "The portal redirects to an unreadable address.", at);
    }
  }

  private static SystemTrouble trouble(Kind kind, String message, URI at) {
    return new SystemTrouble(
        SYSTEM, kind, message, ASKED, at.getHost() == null ? "portal" : at.getHost(), "");
  }
}

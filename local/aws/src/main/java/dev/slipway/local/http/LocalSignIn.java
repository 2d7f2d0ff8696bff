package dev.slipway.local.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * The sign-in page of the {@link LocalIssuer}: OpenID Connect's code flow with PKCE (RFC 6749, RFC
 * 7636) for the pages of this origin. Whoever opens it picks a person and needs no password. So it
 * answers under its own loopback address only, and takes a choice from its own page only. A code is
 * good once, for a minute, for the challenge and the address that it was asked with.
 *
 * <p>A cookie remembers who was picked, as an identity provider's session does.
 */
final class LocalSignIn {
  static final String AUTHORIZE = "/.local/authorize";
  static final String TOKEN = "/.local/token";
  static final String SIGN_OUT = "/.local/sign-out";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIFETIME = Duration.ofMinutes(1);
  private static final String STYLE =
      """
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
      body { max-width: 36rem; margin: 2rem auto; padding: 0 1rem }
      button { display: block; width: 100%; min-height: 2.75rem; margin: .5rem 0; padding: .5rem .75rem;
        font: inherit; text-align: left; cursor: pointer }
      """;

  private final LocalIssuer issuer;
  private final ApiExtensions extensions;
  private final Collection<String> clients;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Asked> codes = new HashMap<>();

  /**
   * A sign-in page.
   *
   * @param extensions say who there is to be picked
   * @param clients whom tokens are given for: the API's audiences
   * @param clock the real one, for a browser's minute is not simulated
   */
  LocalSignIn(
      LocalIssuer issuer,
      ApiExtensions extensions,
      Collection<String> clients,
      InstantSource clock) {
    this.issuer = issuer;
    this.extensions = extensions;
    this.clients = clients;
    this.clock = clock;
  }

  /** What a code was given for. */
  private record Asked(
      String client,
      String redirect,
      String challenge,
      String nonce,
      String person,
      Instant until) {}

  /**
   * An answer.
   *
   * @param location where the browser goes on; null: it stays
   */
  private record Answer(int status, String mediaType, String body, String location) {
    static Answer json(int status, ObjectNode body) {
      return new Answer(status, "application/json", body.toString(), null);
    }

    static Answer refused(int status, String error) {
      return json(status, JSON.createObjectNode().put("error", error));
    }

    static Answer to(String location) {
      return new Answer(303, "text/plain", "", location);
    }
  }

  /** Whether the path is one of this page's. */
  static boolean has(String path) {
    return path.equals(AUTHORIZE) || path.equals(TOKEN) || path.equals(SIGN_OUT);
  }

  /** Answers a request for one of its paths; the body's bytes are the answer. */
  byte[] answer(Request request, byte[] body, Response response) {
    String way = request.getMethod() + " " + request.getHttpURI().getPath();
    Map<String, String> query =
        parameters(Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""));
    Map<String, String> form = parameters(new String(body, StandardCharsets.UTF_8));
    Answer answer =
        switch (way) {
          case "GET " + AUTHORIZE -> isAtHome(request) ? authorize(request, query) : home(query);
          case "POST " + AUTHORIZE ->
              isAtHome(request) && isFromOwnPage(request)
                  ? picked(form, response)
                  : Answer.refused(403, "access_denied");
          case "POST " + TOKEN -> token(form);
          case "GET " + SIGN_OUT -> signedOut(query, response);
          default -> Answer.refused(405, "invalid_request");
        };
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response
        .getHeaders()
        .put(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'sha256-%s'; form-action 'self'; frame-ancestors 'none'"
                .formatted(Base64.getEncoder().encodeToString(sha256(STYLE))));
    // Not no-referrer: a form that is sent without one names no origin.
    response.getHeaders().put("Referrer-Policy", "same-origin");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (answer.location() != null) {
      response.getHeaders().put(HttpHeader.LOCATION, answer.location());
    }
    return answer.body().getBytes(StandardCharsets.UTF_8);
  }

  private boolean isAtHome(Request request) {
    return issuer.issuer().equals("http://" + request.getHeaders().get(HttpHeader.HOST));
  }

  /** Under another name of this machine: begins anew under the one that the tokens name. */
  private Answer home(Map<String, String> query) {
    String path = path(query.getOrDefault("redirect_uri", ""));
    return Answer.to(issuer.issuer() + (path.isEmpty() ? "/" : path));
  }

  private boolean isFromOwnPage(Request request) {
    return issuer.issuer().equals(request.getHeaders().get(HttpHeader.ORIGIN));
  }

  private Answer authorize(Request request, Map<String, String> query) {
    String wrong = wrong(query);
    if (!wrong.isEmpty()) {
      return Answer.refused(400, wrong);
    }
    String remembered =
        Request.getCookies(request).stream()
            .filter(cookie -> cookie.getName().equals(cookieName()))
            .map(cookie -> URLDecoder.decode(cookie.getValue(), StandardCharsets.UTF_8))
            .findFirst()
            .orElse("");
    return person(remembered).isPresent()
        ? Answer.to(withCode(query, remembered))
        : new Answer(200, "text/html; charset=utf-8", page(query), null);
  }

  /** What is wrong with a request to sign in, as RFC 6749 calls it; empty: nothing. */
  private String wrong(Map<String, String> query) {
    boolean redirectsHere =
        !path(query.getOrDefault("redirect_uri", "")).isEmpty()
            && query.get("redirect_uri").startsWith(issuer.issuer() + "/");
    if (!redirectsHere || !clients.contains(query.getOrDefault("client_id", ""))) {
      return "unauthorized_client";
    }
    boolean isCodeWithPkce =
        query.getOrDefault("response_type", "").equals("code")
            && query.getOrDefault("code_challenge_method", "").equals("S256")
            && query.getOrDefault("code_challenge", "").matches("[A-Za-z0-9_-]{43}");
    return isCodeWithPkce ? "" : "invalid_request";
  }

  private static String path(String address) {
    try {
      return Optional.ofNullable(URI.create(address).getPath()).orElse("");
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private String page(Map<String, String> query) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Sign in on this machine</title>\n<style>")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n<h1>Who are you?</h1>\n")
        .append("<p>The local runtime knows these people. On this machine nobody needs a password.")
        .append("</p>\n<form method=\"post\" action=\"" + AUTHORIZE + "\">\n");
    for (String name :
        List.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method")) {
      page.append(
          "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n"
              .formatted(name, escaped(query.getOrDefault(name, ""))));
    }
    for (ApiExtensions.Person person : extensions.people()) {
      page.append(
          "<button name=\"person\" value=\"%s\"><strong>%s</strong><br>%s</button>\n"
              .formatted(escaped(person.id()), escaped(person.name()), escaped(person.what())));
    }
    return page.append("</form>\n</main>\n</body>\n</html>\n").toString();
  }

  private Answer picked(Map<String, String> form, Response response) {
    String wrong = wrong(form);
    String person = form.getOrDefault("person", "");
    if (!wrong.isEmpty() || person(person).isEmpty()) {
      return Answer.refused(400, wrong.isEmpty() ? "invalid_request" : wrong);
    }
    remember(response, URLEncoder.encode(person, StandardCharsets.UTF_8));
    return Answer.to(withCode(form, person));
  }

  private void remember(Response response, String person) {
    response
        .getHeaders()
        .add(
            HttpHeader.SET_COOKIE,
            "%s=%s; Path=/.local/; HttpOnly; SameSite=Lax%s"
                .formatted(cookieName(), person, person.isEmpty() ? "; Max-Age=0" : ""));
  }

  /** Cookies are a host's, and another runtime may listen on another port of it. */
  private String cookieName() {
    return "local-person-" + URI.create(issuer.issuer()).getPort();
  }

  private String withCode(Map<String, String> query, String person) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String code = HexFormat.of().formatHex(bytes);
    synchronized (codes) {
      codes.values().removeIf(asked -> asked.until().isBefore(clock.instant()));
      codes.put(
          code,
          new Asked(
              query.get("client_id"),
              query.get("redirect_uri"),
              query.get("code_challenge"),
              query.getOrDefault("nonce", ""),
              person,
              clock.instant().plus(LIFETIME)));
    }
    return query.get("redirect_uri")
        + "?code="
        + code
        + "&state="
        + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8);
  }

  /** A code is used up by the first request that names it, right or wrong. */
  private Answer token(Map<String, String> form) {
    Asked asked;
    synchronized (codes) {
      asked = codes.remove(form.getOrDefault("code", ""));
    }
    boolean right =
        asked != null
            && form.getOrDefault("grant_type", "").equals("authorization_code")
            && !asked.until().isBefore(clock.instant())
            && asked.client().equals(form.get("client_id"))
            && asked.redirect().equals(form.get("redirect_uri"))
            && asked.challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
    Optional<ApiExtensions.Person> person = right ? person(asked.person()) : Optional.empty();
    if (person.isEmpty()) {
      return Answer.refused(400, "invalid_grant");
    }
    Map<String, Object> claims = new HashMap<>(person.get().token().claims());
    claims.put("aud", asked.client());
    claims.put("nonce", asked.nonce());
    String token = issuer.token(person.get().token().subject(), claims);
    return Answer.json(
        200,
        JSON.createObjectNode()
            .put("id_token", token)
            .put("access_token", token)
            .put("token_type", "Bearer"));
  }

  private Answer signedOut(Map<String, String> query, Response response) {
    remember(response, "");
    String back = path(query.getOrDefault("post_logout_redirect_uri", ""));
    return Answer.to(issuer.issuer() + (back.isEmpty() ? "/" : back));
  }

  private Optional<ApiExtensions.Person> person(String id) {
    return extensions.people().stream().filter(person -> person.id().equals(id)).findFirst();
  }

  private static String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(part.substring(0, equals), decoded(part.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }
}

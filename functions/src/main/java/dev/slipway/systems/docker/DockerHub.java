package dev.slipway.systems.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.systems.net.Bytes;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpCall;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.Redactor;
import dev.slipway.systems.net.SystemTrouble;
import java.net.URI;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks Docker Hub about an account. Both questions change nothing, and the one about the limit does
 * not use up a pull, because it asks for the head of a manifest only.
 */
public final class DockerHub {

  static final String SYSTEM = "docker";

  private static final URI LOGIN = URI.create("https://hub.docker.com/v2/auth/token");
  private static final URI TOKEN =
      URI.create(
          "https://auth.docker.io/token"
              + "?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull");
  private static final URI MANIFEST =
      URI.create("https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest");
  private static final String MANIFEST_TYPES =
      "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.oci.image.index.v1+json";
  private static final Pattern MANIFEST_TYPE =
      Pattern.compile("^application/vnd\\.(docker\\.distribution|oci\\.image)\\.");
  private static final Pattern LIMIT = Pattern.compile("(\\d{1,9})(?:;w=(\\d{1,9}))?");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpPort http;

  /** Asks through this way out. */
  public DockerHub(HttpPort http) {
    this.http = http;
  }

  /**
   * Logs in to the Hub.
   *
   * @param identifier user or organisation
   * @param token a personal or organisation access token, or a password
   * @throws SystemTrouble {@code AUTHENTICATION_FAILED} when the Hub does not know the pair
   */
  public void login(String identifier, String token) {
    String body =
        JSON.createObjectNode().put("identifier", identifier).put("secret", token).toString();
    HttpAnswer answer =
        http.send(
            call("hub login", LOGIN, token)
                .method("POST")
                .changingNothing()
                .body("application/json", Bytes.of(body)));
    JsonNode tree = succeeded(answer).json();
    if (tree.path("access_token").asText("").isBlank()) {
      throw answer.trouble(
          SystemTrouble.Kind.NOT_UNDERSTOOD, "Docker Hub answered the login without a token.");
    }
  }

  /**
   * How many pulls the account has: a token by Basic authentication (without it Docker would answer
   * as for anybody), then the head of a manifest made for this question.
   */
  public PullLimit pullLimit(String user, String token) {
    HttpAnswer granted =
        succeeded(http.send(call("registry token", TOKEN, token).basic(user, token)));
    JsonNode tree = granted.json();
    String bearer = tree.path("token").asText(tree.path("access_token").asText(""));
    if (bearer.isBlank()) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "Docker answered the request for a registry token without a token.",
          "registry token",
          granted.call().against(),
          "HTTP " + granted.status());
    }
    HttpAnswer head =
        succeeded(
            http.send(
                new HttpCall(
                        SYSTEM,
                        "head of a manifest",
                        Destination.VENDOR,
                        "HEAD",
                        MANIFEST,
                        Map.of("Accept", MANIFEST_TYPES),
                        Bytes.NONE,
                        true,
                        Redactor.of(token, bearer))
                    .header("Authorization", "Bearer " + bearer)));
    if (head.header("docker-content-digest").isEmpty()
        && head.header("content-type").filter(MANIFEST_TYPE.asPredicate()).isEmpty()) {
      // Without this look, any page would pass for a plan without a limit.
      throw head.trouble(
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          head.call().against() + " answered something other than the head of a manifest.");
    }
    String limit = head.header("ratelimit-limit").orElse("");
    String remaining = head.header("ratelimit-remaining").orElse("");
    return new PullLimit(
        number(limit, 1),
        number(remaining, 1),
        number(limit, 2),
        limit.isEmpty() && remaining.isEmpty()
            ? "no rate limit headers"
            : "ratelimit-limit " + limit + ", ratelimit-remaining " + remaining);
  }

  private static HttpCall call(String asked, URI uri, String token) {
    return HttpCall.get(SYSTEM, asked, Destination.VENDOR, uri, Redactor.of(token));
  }

  private static HttpAnswer succeeded(HttpAnswer answer) {
    if (answer.status() == 401) {
      throw answer.trouble(
          SystemTrouble.Kind.AUTHENTICATION_FAILED,
          "Docker does not accept this user and access token (HTTP 401).");
    }
    return answer.orTrouble();
  }

  private static OptionalInt number(String header, int group) {
    Matcher matcher = LIMIT.matcher(header);
    return matcher.lookingAt() && matcher.group(group) != null
        ? OptionalInt.of(Integer.parseInt(matcher.group(group)))
        : OptionalInt.empty();
  }
}

package dev.slipway.systems.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.slipway.systems.net.Destination;
import dev.slipway.systems.net.HttpAnswer;
import dev.slipway.systems.net.HttpPort;
import dev.slipway.systems.net.SystemTrouble;
import dev.slipway.systems.rest.Authentication;
import dev.slipway.systems.rest.JsonApi;
import java.net.URI;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks Docker Hub about an account. Both questions change nothing, and the one about the limit does
 * not use up a pull, because it asks for the head of a manifest only.
 *
 * <pre>{@code
 * PullLimit limit = new DockerHub(http).pullLimit("acme", accessToken);
 * }</pre>
 */
public final class DockerHub {

  static final String SYSTEM = "docker";

  private static final String TOKEN =
      "token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull";
  private static final String MANIFEST = "ratelimitpreview/test/manifests/latest";
  private static final String MANIFEST_TYPES =
      "application/vnd.docker.distribution.manifest.v2+json,"
          + "application/vnd.oci.image.index.v1+json";
  private static final Pattern MANIFEST_TYPE =
      Pattern.compile("^application/vnd\\.(docker\\.distribution|oci\\.image)\\.");
  private static final Pattern LIMIT = Pattern.compile("(\\d{1,9})(?:;w=(\\d{1,9}))?");

  private final JsonApi hub;
  private final JsonApi tokens;
  private final JsonApi registry;

  /** Asks through this way out. */
  public DockerHub(HttpPort http) {
    this.hub = api(http, "https://hub.docker.com/v2/");
    this.tokens = api(http, "https://auth.docker.io/");
    this.registry = api(http, "https://registry-1.docker.io/v2/");
  }

  /**
   * Logs in to the Hub.
   *
   * @param identifier user or organisation
   * @param token a personal or organisation access token, or a password
   * @throws SystemTrouble {@code AUTHENTICATION_FAILED} when the Hub does not know the pair
   */
  public void login(String identifier, String token) {
    HttpAnswer answer =
        hub.redacting(token)
            .ask(
                "hub login",
                "auth/token",
                JsonNodeFactory.instance
                    .objectNode()
                    .put("identifier", identifier)
                    .put("secret", token));
    if (answer.json().path("access_token").asText("").isBlank()) {
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
        tokens.with(Authentication.basic(user, token)).get("registry token", TOKEN);
    JsonNode tree = granted.json();
    String bearer = tree.path("token").asText(tree.path("access_token").asText(""));
    if (bearer.isBlank()) {
      throw new SystemTrouble(
          SYSTEM,
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          "Docker answered the request for a registry token without a token.",
          "registry token",
          tokens.against(),
          "HTTP " + granted.status());
    }
    JsonApi pulls = registry.redacting(token).with(Authentication.bearer(bearer));
    HttpAnswer head =
        pulls.send(
            pulls
                .call("head of a manifest", MANIFEST)
                .method("HEAD")
                .header("Accept", MANIFEST_TYPES));
    if (head.header("docker-content-digest").isEmpty()
        && head.header("content-type").filter(MANIFEST_TYPE.asPredicate()).isEmpty()) {
      // Without this look, any page would pass for a plan without a limit.
      throw head.trouble(
          SystemTrouble.Kind.NOT_UNDERSTOOD,
          head.call().against() + " did not answer the head of a manifest.");
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

  private static JsonApi api(HttpPort http, String base) {
    return new JsonApi(http, SYSTEM, Destination.VENDOR, URI.create(base))
        .withErrors(DockerHub::turnedAway);
  }

  private static void turnedAway(HttpAnswer answer) {
    if (answer.status() == 401) {
      throw answer.trouble(
          SystemTrouble.Kind.AUTHENTICATION_FAILED,
          "Docker does not accept this user and access token (HTTP 401).");
    }
  }

  private static OptionalInt number(String header, int group) {
    Matcher matcher = LIMIT.matcher(header);
    return matcher.lookingAt() && matcher.group(group) != null
        ? OptionalInt.of(Integer.parseInt(matcher.group(group)))
        : OptionalInt.empty();
  }
}

package dev.slipway.local.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Act;
import dev.slipway.local.sandbox.world.HttpAnswer;
import dev.slipway.local.sandbox.world.HttpCall;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.RecordedCall;
import dev.slipway.local.sandbox.world.Refusal;
import dev.slipway.local.sandbox.world.RestCall;
import dev.slipway.local.sandbox.world.RestStandIn;
import dev.slipway.local.sandbox.world.Site;
import dev.slipway.local.sandbox.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Docker Hub, its token service and its registry, as far as an account check goes.
 *
 * <p>Sources: Docker Hub's OpenAPI description ({@code POST /v2/auth/token}, 401, {@code
 * X-Retry-After}) and Docker's page on pull limits ({@code ratelimitpreview/test}, the headers, and
 * that a paid plan has none). The token service answers anonymous requests as well, and 401 to a
 * wrong password. Unverified: the texts of errors.
 */
public final class DockerHub extends RestStandIn {

  private static final String WINDOW = ";w=21600";
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  private final World world;
  private final InstantSource clock;

  /** A Docker Hub whose accounts are in the world. */
  public DockerHub(World world, InstantSource clock) {
    super(
        world,
        DockerAccounts.SYSTEM,
        Site.https("hub.docker.com", "203.0.113.40"),
        Site.https("auth.docker.io", "203.0.113.41"),
        Site.https("registry-1.docker.io", "203.0.113.42"));
    this.world = world;
    this.clock = clock;
    on("POST hub.docker.com/v2/auth/token", this::hubToken);
    on("GET auth.docker.io/token", this::registryToken);
    on(
        "HEAD registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest",
        call -> manifest(call.http()));
    on("GET registry-1.docker.io/v2/", call -> challenge());
  }

  @Override
  public ObjectNode defaults() {
    return DockerAccounts.defaultWorld();
  }

  /** {@code upgrade-docker-plan} with {@code user}, and {@code plan} unless it is {@code team}. */
  @Override
  public Map<String, Act> acts() {
    return Map.of(
        "upgrade-docker-plan",
        details -> {
          String plan = details.path("plan").asText("team");
          return world.change(
              DockerAccounts.SYSTEM,
              part -> {
                JsonNode user = part.path("users").path(details.path("user").asText(""));
                if (!(user instanceof ObjectNode account)) {
                  throw new IllegalArgumentException("There is no such user");
                }
                account.put("plan", plan);
                return Json.object().put("plan", plan);
              });
        });
  }

  private HttpAnswer hubToken(RestCall call) {
    JsonNode body = call.json();
    String user = body.path("identifier").asText("");
    String secret = body.path("secret").asText("");
    if (user.isEmpty() || secret.isEmpty()) {
      throw Refusal.of(400, "identifier and secret required");
    }
    if (!DockerAccounts.accepts(world, user, secret)) {
      return HttpAnswer.json(
          401, Json.object().put("detail", "Incorrect authentication credentials"));
    }
    return ok(Json.object().put("access_token", token(user)));
  }

  private HttpAnswer registryToken(RestCall call) {
    String user = "";
    if (call.http().header("authorization").isPresent()) {
      Optional<HttpCall.Credentials> basic = call.http().basic();
      if (basic.isEmpty()
          || !DockerAccounts.accepts(world, basic.get().user(), basic.get().password())) {
        return HttpAnswer.json(401, Json.object().put("details", "incorrect username or password"));
      }
      user = basic.get().user();
    }
    String token = token(user);
    return ok(
        Json.object()
            .put("token", token)
            .put("access_token", token)
            .put("expires_in", TOKEN_LIFE.toSeconds())
            .put("issued_at", clock.instant().toString()));
  }

  private HttpAnswer manifest(HttpCall call) {
    Optional<String> user =
        call.header("authorization")
            .filter(value -> value.startsWith("Bearer "))
            .flatMap(value -> userOf(value.substring(7)));
    if (user.isEmpty()) {
      return challenge();
    }
    OptionalInt limit = DockerAccounts.limit(world, user.get());
    HttpAnswer answer =
        new HttpAnswer(
            200,
            Map.of(
                "Content-Type", "application/vnd.docker.distribution.manifest.v2+json",
                "Docker-Distribution-Api-Version", "registry/2.0",
                "Content-Length", "527"),
            new byte[0],
            RecordedCall.OK);
    if (limit.isEmpty()) {
      return answer;
    }
    String source = user.get().isEmpty() ? "203.0.113.200" : user.get();
    return answer
        .with("ratelimit-limit", limit.getAsInt() + WINDOW)
        .with("ratelimit-remaining", DockerAccounts.remaining(world, user.get()) + WINDOW)
        .with("docker-ratelimit-source", source);
  }

  private static HttpAnswer challenge() {
    ObjectNode body = Json.object();
    body.putArray("errors")
        .addObject()
        .put("code", "UNAUTHORIZED")
        .put("message", "authentication required");
    return HttpAnswer.json(401, body)
        .with(
            "WWW-Authenticate",
            "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                + "scope=\"repository:ratelimitpreview/test:pull\"");
  }

  /** Looks like a JWT, unsigned: nobody but this stand-in reads it. */
  private String token(String user) {
    ObjectNode claims =
        Json.object()
            .put("sub", user)
            .put("exp", clock.instant().plus(TOKEN_LIFE).getEpochSecond());
    return encode("{\"alg\":\"none\"}") + "." + encode(claims.toString()) + ".c2FuZGJveA";
  }

  private Optional<String> userOf(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = Json.parse(Base64.getUrlDecoder().decode(parts[1]));
      boolean live = Instant.ofEpochSecond(claims.path("exp").asLong()).isAfter(clock.instant());
      return live ? Optional.of(claims.path("sub").asText()) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

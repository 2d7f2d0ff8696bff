package dev.slipway.local.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.sandbox.world.Json;
import dev.slipway.local.sandbox.world.SandboxDefaults;
import dev.slipway.local.sandbox.world.World;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Docker Hub's accounts. The world's part {@code docker}: {@code users} (by name: {@code tokens},
 * {@code plan}), {@code anonymousRemaining}.
 */
public final class DockerAccounts {

  static final String SYSTEM = "docker";

  private DockerAccounts() {}

  static ObjectNode defaultWorld() {
    ObjectNode part = Json.object();
    ObjectNode users = part.putObject("users");
    users
        .putObject(SandboxDefaults.DOCKER_USER)
        .put("plan", "team")
        .putArray("tokens")
        .add(SandboxDefaults.DOCKER_TOKEN);
    users
        .putObject(SandboxDefaults.FREE_DOCKER_USER)
        .put("plan", "personal")
        .put("remaining", 200)
        .putArray("tokens")
        .add(SandboxDefaults.FREE_DOCKER_TOKEN);
    // A hoster's nodes share few addresses: the anonymous limit is always used up.
    part.put("anonymousRemaining", 0);
    return part;
  }

  /** Whether a user has this token. */
  static boolean accepts(World world, String user, String token) {
    return world.read(
        SYSTEM, part -> Json.strings(part.path("users").path(user).path("tokens")).contains(token));
  }

  /** How many pulls are allowed in six hours; empty on a paid plan. */
  static OptionalInt limit(World world, String user) {
    return world.read(
        SYSTEM,
        part -> {
          String plan = part.path("users").path(user).path("plan").asText("anonymous");
          return switch (plan) {
            case "anonymous" -> OptionalInt.of(100);
            case "personal" -> OptionalInt.of(200);
            default -> OptionalInt.empty();
          };
        });
  }

  /** How many of these are left. */
  static int remaining(World world, String user) {
    return world.read(
        SYSTEM,
        part -> {
          JsonNode known = part.path("users").path(user).path("remaining");
          return known.isMissingNode() ? part.path("anonymousRemaining").asInt() : known.asInt();
        });
  }

  /**
   * Pulls an image, as a container host does.
   *
   * @param user the account to pull with; empty for none
   * @return what Docker answers when it refuses; empty when the pull works
   */
  public static Optional<String> pull(World world, String user, String token) {
    if (!user.isEmpty() && !accepts(world, user, token)) {
      return Optional.of("unauthorized: incorrect username or password");
    }
    if (limit(world, user).isPresent() && remaining(world, user) <= 0) {
      return Optional.of(
          "toomanyrequests: You have reached your pull rate limit. You may increase the limit by"
              + " authenticating and upgrading: https://www.docker.com/increase-rate-limit");
    }
    return Optional.empty();
  }
}

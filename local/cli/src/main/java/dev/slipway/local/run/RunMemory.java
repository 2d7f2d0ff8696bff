package dev.slipway.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The steps that a run has done of its profile, so that the same command goes on where a killed one
 * stopped. With a data folder each is on disk before the next one is done; without one they die
 * with the run.
 *
 * <p>Each step noted here was done; a step done just before a kill may not be noted, so each is one
 * that can be done twice.
 */
final class RunMemory {
  private final Optional<Path> file;
  private final String requestKey;
  private final Set<String> done = new LinkedHashSet<>();
  private String onboarding = "";
  private String profileHash;

  private RunMemory(Optional<Path> file, String requestKey, String profileHash) {
    this.file = file;
    this.requestKey = requestKey;
    this.profileHash = profileHash;
  }

  /**
   * The memory of earlier runs of a profile's onboarding.
   *
   * @param folder the data folder; empty: there is no earlier run
   */
  static RunMemory of(Optional<Path> folder, Profile profile) {
    Optional<Path> file =
        folder.map(
            f ->
                f.resolve("runs")
                    .resolve(fileName(profile.checklist() + "--" + profile.name()) + ".json"));
    RunMemory memory =
        file.filter(Files::exists)
            .map(existing -> load(existing, file))
            .orElseGet(() -> new RunMemory(file, UUID.randomUUID().toString(), profile.hash()));
    memory.follow(profile);
    memory.save();
    return memory;
  }

  /** Characters that are safe in a file's name anywhere, and a hash against two that look alike. */
  private static String fileName(String text) {
    String safe = text.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String hash = Json.hash(Json.tree(text)).substring(0, 8);
    return safe.substring(0, Math.min(60, safe.length())) + "-" + hash;
  }

  private static RunMemory load(Path existing, Optional<Path> file) {
    try {
      JsonNode tree = Json.MAPPER.readTree(Files.readString(existing));
      RunMemory memory =
          new RunMemory(file, tree.path("requestKey").asText(), tree.path("profileHash").asText());
      memory.onboarding = tree.path("onboarding").asText("");
      tree.path("done").forEach(action -> memory.done.add(action.asText()));
      return memory;
    } catch (IOException e) {
      throw new UncheckedIOException("the run's memory cannot be read from " + existing, e);
    }
  }

  /** A changed profile is given anew where it speaks of what is given at intake. */
  private void follow(Profile profile) {
    if (!profileHash.equals(profile.hash())) {
      done.removeIf(action -> action.startsWith("give:"));
      profileHash = profile.hash();
    }
  }

  /** Makes the creation of the onboarding idempotent. */
  String requestKey() {
    return requestKey;
  }

  /** The onboarding; empty before it was created. */
  String onboarding() {
    return onboarding;
  }

  void created(String id) {
    onboarding = id;
    save();
  }

  boolean isDone(String action) {
    return done.contains(action);
  }

  void done(String action) {
    if (done.add(action)) {
      save();
    }
  }

  private void save() {
    file.ifPresent(
        path -> {
          ObjectNode tree =
              Json.MAPPER
                  .createObjectNode()
                  .put("requestKey", requestKey)
                  .put("onboarding", onboarding)
                  .put("profileHash", profileHash);
          done.forEach(tree.putArray("done")::add);
          AtomicFile.write(path, tree.toPrettyString() + "\n");
        });
  }
}

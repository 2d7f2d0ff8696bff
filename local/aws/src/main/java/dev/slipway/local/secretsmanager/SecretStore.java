package dev.slipway.local.secretsmanager;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All secrets by name. A secret scheduled for deletion goes when its time has come. Not
 * thread-safe.
 */
final class SecretStore {
  private final TreeMap<String, Secret> secrets = new TreeMap<>();
  private final Optional<Vault> vault;
  private final InstantSource clock;

  SecretStore(Optional<Path> folder, InstantSource clock) {
    this.vault = folder.map(Vault::new);
    this.clock = clock;
    vault.ifPresent(stored -> stored.load().forEach(secret -> secrets.put(secret.name(), secret)));
  }

  Optional<Secret> byName(String name) {
    return Optional.ofNullable(secrets.get(name)).filter(this::alive);
  }

  /** By name, ARN, or ARN without its random end. */
  Secret find(String id) {
    return known(id).orElseThrow(Failures::noSecret);
  }

  /** As {@link #find}; empty if there is none. */
  Optional<Secret> known(String id) {
    int part = id.indexOf(":secret:");
    if (!id.startsWith("arn:") || part < 0) {
      return byName(id);
    }
    return secrets.values().stream()
        .filter(secret -> secret.arn().equals(id) || withoutEnd(secret.arn()).equals(id))
        .findFirst()
        .filter(this::alive);
  }

  private static String withoutEnd(String arn) {
    return arn.substring(0, arn.lastIndexOf('-'));
  }

  /** As {@link #find}, refusing what is to be deleted. */
  Secret usable(String id) {
    var secret = find(id);
    if (secret.deletion().isPresent()) {
      throw Failures.markedForDeletion();
    }
    return secret;
  }

  List<Secret> all() {
    return List.copyOf(secrets.values()).stream().filter(this::alive).toList();
  }

  private boolean alive(Secret secret) {
    Instant now = clock.instant();
    if (secret.deletion().filter(when -> !when.isAfter(now)).isPresent()) {
      remove(secret);
      return false;
    }
    return true;
  }

  /** Keeps a secret that is new or has changed; on disk when this returns. */
  void save(Secret secret) {
    vault.ifPresent(stored -> stored.save(secret));
    secrets.put(secret.name(), secret);
  }

  void remove(Secret secret) {
    secrets.remove(secret.name());
    vault.ifPresent(stored -> stored.remove(secret.name()));
  }
}

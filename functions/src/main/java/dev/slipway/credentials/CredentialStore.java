package dev.slipway.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Third-party credentials, one JSON secret per onboarding and system: {@code
 * <prefix>/<onboarding>/<system>}.
 *
 * <p>A new value is kept beside the one in use under the stage {@link #CANDIDATE} and becomes
 * {@code AWSCURRENT} only once it was found valid. (A secret's very first version is {@code
 * AWSCURRENT} by itself; nobody reads it before the ledger names it.)
 */
public final class CredentialStore {
  /** The stage of a value that was not found valid yet. */
  public static final String CANDIDATE = "SLIPWAYCANDIDATE";

  private static final String CURRENT = "AWSCURRENT";

  private final SecretsManagerClient secrets;
  private final String prefix;

  public CredentialStore(SecretsManagerClient secrets, String prefix) {
    this.secrets = secrets;
    this.prefix = prefix;
  }

  /** The name of a secret. */
  public String name(String onboarding, String system) {
    return prefix + "/" + onboarding + "/" + system;
  }

  /**
   * A value that was kept.
   *
   * @param version its version
   * @param restored when the secret would have gone for good, had this value not come; else empty
   */
  public record Kept(String version, Optional<Instant> restored) {}

  /**
   * Keeps a new value as candidate. A secret that is scheduled for deletion is restored: a person
   * who hands in a value wants it to be there.
   *
   * @throws SecretUnusable if it may not be restored, or is being deleted at this moment (Secrets
   *     Manager ends a deletion by force some time after it has answered)
   */
  public Kept put(String onboarding, String system, JsonNode value) {
    String name = name(onboarding, system);
    String version = UUID.randomUUID().toString();
    Optional<Instant> restored = Optional.empty();
    try {
      return new Kept(write(name, version, value), restored);
    } catch (InvalidRequestException e) {
      restored = restore(name, e);
    }
    try {
      return new Kept(write(name, version, value), restored);
    } catch (InvalidRequestException e) {
      throw new SecretUnusable(name, null, e);
    }
  }

  /**
   * Keeps a value that Slipway makes for itself, unless one is there: nobody gives it, and it is
   * never another.
   *
   * @return the version that is there
   * @throws SecretUnusable if the secret is scheduled for deletion
   */
  public String keepFirst(String onboarding, String system, Supplier<JsonNode> value) {
    String name = name(onboarding, system);
    try {
      return secrets
          .createSecret(
              r ->
                  r.name(name)
                      .secretString(value.get().toString())
                      .clientRequestToken(UUID.randomUUID().toString()))
          .versionId();
    } catch (ResourceExistsException e) {
      return secrets.getSecretValue(r -> r.secretId(name)).versionId();
    } catch (InvalidRequestException e) {
      throw new SecretUnusable(name, null, e);
    }
  }

  private String write(String name, String version, JsonNode value) {
    try {
      return putVersion(name, version, value);
    } catch (ResourceNotFoundException e) {
      try {
        return secrets
            .createSecret(
                r -> r.name(name).clientRequestToken(version).secretString(value.toString()))
            .versionId();
      } catch (ResourceExistsException raced) {
        return putVersion(name, version, value);
      }
    }
  }

  /** Restores a secret that is scheduled for deletion; every other problem is thrown again. */
  private Optional<Instant> restore(String name, InvalidRequestException because) {
    Instant deletion;
    try {
      deletion = secrets.describeSecret(r -> r.secretId(name)).deletedDate();
    } catch (ResourceNotFoundException e) {
      throw new SecretUnusable(name, null, because);
    }
    if (deletion == null) {
      throw because;
    }
    restore(name, deletion);
    return Optional.of(deletion);
  }

  private void restore(String name, Instant deletion) {
    try {
      secrets.restoreSecret(r -> r.secretId(name));
    } catch (SecretsManagerException e) {
      if (e.statusCode() >= 500 || e.isThrottlingException()) {
        throw e;
      }
      throw new SecretUnusable(name, deletion, e);
    }
  }

  private String putVersion(String name, String version, JsonNode value) {
    return secrets
        .putSecretValue(
            r ->
                r.secretId(name)
                    .clientRequestToken(version)
                    .secretString(value.toString())
                    .versionStages(CANDIDATE))
        .versionId();
  }

  /**
   * Makes a version the one in use; the one before stays as {@code AWSPREVIOUS}.
   *
   * @throws SecretUnusable if the version is not there any more
   */
  public void promote(String onboarding, String system, String version) {
    String name = name(onboarding, system);
    try {
      promote(name, version);
    } catch (ResourceNotFoundException e) {
      throw new SecretUnusable(name, null, e);
    }
  }

  private void promote(String name, String version) {
    DescribeSecretResponse secret = secrets.describeSecret(r -> r.secretId(name));
    if (secret.deletedDate() != null) {
      restore(name, secret.deletedDate());
    }
    Optional<String> current =
        secret.versionIdsToStages().entrySet().stream()
            .filter(entry -> entry.getValue().contains(CURRENT))
            .map(entry -> entry.getKey())
            .findFirst();
    if (current.isPresent() && current.get().equals(version)) {
      return;
    }
    secrets.updateSecretVersionStage(
        r ->
            r.secretId(name)
                .versionStage(CURRENT)
                .moveToVersionId(version)
                .removeFromVersionId(current.orElse(null)));
  }

  /** Removes a system's secret with all its versions, for good. One that is not there is gone. */
  public void remove(String onboarding, String system) {
    try {
      secrets.deleteSecret(
          r -> r.secretId(name(onboarding, system)).forceDeleteWithoutRecovery(true));
    } catch (ResourceNotFoundException e) {
      // It is gone already, or was never stored.
      return;
    }
  }

  /**
   * One version's value.
   *
   * @throws SecretUnusable if the secret, or this version of it, is deleted or will be
   */
  public JsonNode get(String onboarding, String system, String version) {
    String name = name(onboarding, system);
    String text;
    try {
      text = secrets.getSecretValue(r -> r.secretId(name).versionId(version)).secretString();
    } catch (ResourceNotFoundException | InvalidRequestException e) {
      throw new SecretUnusable(name, null, e);
    }
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // The parser's own message would quote the secret.
      throw new IllegalStateException("the secret of " + system + " is not JSON");
    }
  }
}

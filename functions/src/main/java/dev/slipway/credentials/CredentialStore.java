package dev.slipway.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.json.Json;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

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

  /** Keeps a new value as candidate; answers its version. */
  public String put(String onboarding, String system, JsonNode value) {
    String name = name(onboarding, system);
    String version = UUID.randomUUID().toString();
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

  /** Makes a version the one in use; the one before stays as {@code AWSPREVIOUS}. */
  public void promote(String onboarding, String system, String version) {
    String name = name(onboarding, system);
    Optional<String> current =
        secrets.describeSecret(r -> r.secretId(name)).versionIdsToStages().entrySet().stream()
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

  /** One version's value. */
  public JsonNode get(String onboarding, String system, String version) {
    String text =
        secrets
            .getSecretValue(r -> r.secretId(name(onboarding, system)).versionId(version))
            .secretString();
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      // The parser's own message would quote the secret.
      throw new IllegalStateException("the secret of " + system + " is not JSON");
    }
  }
}

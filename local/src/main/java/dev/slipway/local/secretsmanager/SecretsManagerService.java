package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.AwsService;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.template.Stack;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Secrets Manager. With a folder the secrets outlive the process, encrypted; a change is on disk
 * before it is answered.
 */
public final class SecretsManagerService implements AwsService {
  private final SecretActions secrets;
  private final ValueActions values;

  public SecretsManagerService(Stack stack, InstantSource clock, Optional<Path> folder) {
    var store = new SecretStore(folder, clock);
    values = new ValueActions(store, clock);
    secrets = new SecretActions(store, values, stack, clock);
  }

  @Override
  public String target() {
    return "secretsmanager";
  }

  @Override
  public String jsonVersion() {
    return "1.1";
  }

  /** One at a time: a change of a secret is read, decided and written as a whole. */
  @Override
  public synchronized JsonNode perform(String action, JsonNode json, Caller caller) {
    var request = new SecretRequest(json);
    return switch (action) {
      case "CreateSecret" -> secrets.create(request);
      case "UpdateSecret" -> secrets.update(request);
      case "DescribeSecret" -> secrets.describe(request);
      case "ListSecrets" -> secrets.list(request);
      case "DeleteSecret" -> secrets.delete(request);
      case "RestoreSecret" -> secrets.restore(request);
      case "TagResource" -> secrets.tag(request);
      case "UntagResource" -> secrets.untag(request);
      case "GetSecretValue" -> values.get(request);
      case "PutSecretValue" -> values.put(request);
      case "UpdateSecretVersionStage" -> values.updateStage(request);
      case "ListSecretVersionIds" -> values.versions(request);
      default ->
          throw new AwsException("UnknownOperationException", "not available locally: " + action);
    };
  }
}

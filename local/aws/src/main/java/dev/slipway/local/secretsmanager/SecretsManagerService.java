package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.local.aws.Access;
import dev.slipway.local.aws.AwsException;
import dev.slipway.local.aws.AwsService;
import dev.slipway.local.aws.Caller;
import dev.slipway.local.template.Stack;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets Manager. With a folder the secrets outlive the process, encrypted; a change is on disk
 * before it is answered.
 */
public final class SecretsManagerService implements AwsService {
  private final SecretActions secrets;
  private final ValueActions values;
  private final SecretStore store;
  private final Stack stack;

  public SecretsManagerService(Stack stack, InstantSource clock, Optional<Path> folder) {
    this.stack = stack;
    store = new SecretStore(folder, clock);
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

  /**
   * A secret is held against policies by its whole ARN. One that does not exist has no random end;
   * so only who may use secrets by the rest of the name learns that it does not exist.
   */
  @Override
  public synchronized List<Access> needs(String action, JsonNode json) {
    var request = new SecretRequest(json);
    var asked = request.text(action.equals("CreateSecret") ? "Name" : "SecretId");
    var does = "secretsmanager:" + action;
    if (asked.isEmpty()) {
      return List.of(new Access(does, "*"));
    }
    var name = asked.get();
    if (action.equals("CreateSecret")) {
      return List.of(new Access(does, named(name), name, Map.of("secretsmanager:Name", name)));
    }
    var arn =
        store
            .known(name)
            .map(Secret::arn)
            .orElseGet(() -> name.startsWith("arn:") ? name : named(name));
    return List.of(new Access(does, arn, name, Map.of()));
  }

  private String named(String name) {
    return stack.arn("secretsmanager", "secret:" + name);
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

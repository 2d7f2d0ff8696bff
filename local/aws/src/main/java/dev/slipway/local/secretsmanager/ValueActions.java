package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.local.aws.AwsException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The actions that concern values, versions and staging labels. */
final class ValueActions {
  private final SecretStore store;
  private final InstantSource clock;

  ValueActions(SecretStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  JsonNode get(SecretRequest request) {
    var secret = store.usable(request.secretId());
    var version = version(secret, request);
    secret.accessed(clock.instant());
    var answer = identity(secret);
    answer.put("VersionId", version.id());
    version.text().ifPresent(text -> answer.put("SecretString", text));
    version.binary().ifPresent(binary -> answer.put("SecretBinary", binary));
    version.stages().forEach(answer.putArray("VersionStages")::add);
    answer.put("CreatedDate", seconds(version.created()));
    return answer;
  }

  private static SecretVersion version(Secret secret, SecretRequest request) {
    var id = request.text("VersionId");
    var stage = request.text("VersionStage");
    if (id.isEmpty()) {
      var label = stage.orElse(Secret.CURRENT);
      return secret.labelled(label).orElseThrow(() -> Failures.noValue("staging label: " + label));
    }
    var version =
        secret.version(id.get()).orElseThrow(() -> Failures.noValue("VersionId: " + id.get()));
    if (stage.isPresent() && !version.stages().contains(stage.get())) {
      throw Failures.request(
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    return version;
  }

  JsonNode put(SecretRequest request) {
    var secret = store.usable(request.secretId());
    if (!request.hasValue()) {
      throw Failures.request("You must provide either SecretString or SecretBinary.");
    }
    var stages = request.texts("VersionStages");
    var version = add(secret, request, stages.isEmpty() ? List.of(Secret.CURRENT) : stages);
    var answer = identity(secret);
    answer.put("VersionId", version.id());
    version.stages().forEach(answer.putArray("VersionStages")::add);
    return answer;
  }

  /** The request's value as a new version; the same again changes nothing. */
  SecretVersion add(Secret secret, SecretRequest request, List<String> stages) {
    var token = request.token();
    var text = request.secretString();
    var binary = request.secretBinary();
    Optional<SecretVersion> before = secret.version(token);
    if (before.isPresent()) {
      if (!before.get().sameValue(text, binary)) {
        throw new AwsException(
            "ResourceExistsException",
            "You can't use ClientRequestToken %s because that value is already in use for a version"
                    .formatted(token)
                + " of secret %s.".formatted(secret.arn()));
      }
      return before.get();
    }
    var version = new SecretVersion(token, text, binary, clock.instant(), Set.of());
    secret.add(version, stages);
    store.save(secret);
    return version;
  }

  JsonNode updateStage(SecretRequest request) {
    var secret = store.usable(request.secretId());
    var stage = request.required("VersionStage");
    var from = request.text("RemoveFromVersionId");
    var to = request.text("MoveToVersionId");
    var holder = secret.labelled(stage);
    if (stage.equals(Secret.CURRENT) && to.isEmpty()) {
      throw Failures.parameter(
          "You can only move staging label AWSCURRENT to a different secret version. It can't be"
              + " completely removed.");
    }
    if (holder.isPresent() && from.isEmpty() && !to.equals(holder.map(SecretVersion::id))) {
      throw Failures.parameter(
          "The parameter RemoveFromVersionId can't be empty. Staging label %s is currently attached"
                  .formatted(stage)
              + " to version %s, so you must explicitly reference that version in"
                  .formatted(holder.get().id())
              + " RemoveFromVersionId.");
    }
    if (from.isPresent() && !from.equals(holder.map(SecretVersion::id))) {
      throw Failures.parameter(
          "Staging label %s isn't attached to version %s.".formatted(stage, from.get()));
    }
    if (to.isPresent()) {
      secret.attach(
          stage,
          secret.version(to.get()).orElseThrow(() -> Failures.noValue("VersionId: " + to.get())));
    } else {
      holder.ifPresent(version -> version.stages().remove(stage));
    }
    secret.changed(clock.instant());
    store.save(secret);
    return identity(secret);
  }

  JsonNode versions(SecretRequest request) {
    var secret = store.find(request.secretId());
    var answer = identity(secret);
    var list = answer.putArray("Versions");
    for (var version : secret.versions()) {
      if (!version.stages().isEmpty() || request.flag("IncludeDeprecated")) {
        var item = list.addObject();
        item.put("VersionId", version.id());
        version.stages().forEach(item.putArray("VersionStages")::add);
        item.put("CreatedDate", seconds(version.created()));
      }
    }
    return answer;
  }

  static ObjectNode identity(Secret secret) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ARN", secret.arn())
        .put("Name", secret.name());
  }

  static double seconds(java.time.Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}

package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A secret with its versions. Guarded by the store. */
final class Secret {
  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";
  private static final int MOST_VERSIONS = 100;
  private static final Duration KEPT_WITHOUT_LABEL = Duration.ofDays(1);

  private final String name;
  private final String arn;
  private final Instant created;
  private final Map<String, SecretVersion> versions = new LinkedHashMap<>();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private Optional<String> description = Optional.empty();
  private Optional<String> kmsKeyId = Optional.empty();
  private Optional<Instant> deletion = Optional.empty();
  private Instant changed;
  private Optional<Instant> accessed = Optional.empty();

  Secret(String name, String arn, Instant created) {
    this.name = name;
    this.arn = arn;
    this.created = created;
    this.changed = created;
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  Instant created() {
    return created;
  }

  Instant changed() {
    return changed;
  }

  void changed(Instant when) {
    changed = when;
  }

  Optional<Instant> accessed() {
    return accessed;
  }

  void accessed(Instant when) {
    accessed = Optional.of(when);
  }

  Optional<String> description() {
    return description;
  }

  void description(String text) {
    description = Optional.of(text);
  }

  Optional<String> kmsKeyId() {
    return kmsKeyId;
  }

  void kmsKeyId(String id) {
    kmsKeyId = Optional.of(id);
  }

  Map<String, String> tags() {
    return tags;
  }

  /** When it goes for good; empty if it is not to be deleted. */
  Optional<Instant> deletion() {
    return deletion;
  }

  void deletion(Optional<Instant> when) {
    deletion = when;
  }

  Optional<SecretVersion> version(String id) {
    return Optional.ofNullable(versions.get(id));
  }

  Optional<SecretVersion> labelled(String stage) {
    return versions.values().stream().filter(one -> one.stages().contains(stage)).findFirst();
  }

  Collection<SecretVersion> versions() {
    return versions.values();
  }

  /**
   * Adds a version with its labels, which leave the versions that had them. The very first version
   * is current whatever labels are asked for.
   */
  void add(SecretVersion version, Collection<String> stages) {
    dropOldest(version.created());
    boolean first = versions.isEmpty();
    versions.put(version.id(), version);
    if (first) {
      attach(CURRENT, version);
    }
    stages.forEach(stage -> attach(stage, version));
    changed = version.created();
  }

  /** Moves a label to a version; the version that was current becomes the previous one. */
  void attach(String stage, SecretVersion version) {
    var before = labelled(stage);
    if (before.map(SecretVersion::id).filter(version.id()::equals).isPresent()) {
      return;
    }
    before.ifPresent(old -> old.stages().remove(stage));
    version.stages().add(stage);
    if (stage.equals(CURRENT) && before.isPresent()) {
      labelled(PREVIOUS).ifPresent(old -> old.stages().remove(PREVIOUS));
      before.get().stages().add(PREVIOUS);
      version.stages().remove(PREVIOUS);
    }
  }

  /** A hundred versions are the most; those without a label go once they are a day old. */
  private void dropOldest(Instant now) {
    if (versions.size() < MOST_VERSIONS) {
      return;
    }
    var oldest =
        versions.values().stream()
            .filter(
                one ->
                    one.stages().isEmpty() && one.created().plus(KEPT_WITHOUT_LABEL).isBefore(now))
            .findFirst()
            .orElseThrow(
                () ->
                    new dev.slipway.local.aws.AwsException(
                        "LimitExceededException",
                        "You've exceeded the number of versions that a secret can have."));
    versions.remove(oldest.id());
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", name);
    json.put("arn", arn);
    json.put("created", created.toString());
    json.put("changed", changed.toString());
    description.ifPresent(text -> json.put("description", text));
    kmsKeyId.ifPresent(id -> json.put("kmsKeyId", id));
    deletion.ifPresent(when -> json.put("deletion", when.toString()));
    var tagsJson = json.putObject("tags");
    tags.forEach(tagsJson::put);
    var array = json.putArray("versions");
    List.copyOf(versions.values()).forEach(version -> array.add(version.toJson()));
    return json;
  }

  static Secret of(JsonNode json) {
    var secret =
        new Secret(
            json.path("name").asText(),
            json.path("arn").asText(),
            Instant.parse(json.path("created").asText()));
    secret.changed = Instant.parse(json.path("changed").asText());
    secret.description = Optional.ofNullable(json.get("description")).map(JsonNode::asText);
    secret.kmsKeyId = Optional.ofNullable(json.get("kmsKeyId")).map(JsonNode::asText);
    secret.deletion =
        Optional.ofNullable(json.get("deletion")).map(when -> Instant.parse(when.asText()));
    json.path("tags")
        .properties()
        .forEach(entry -> secret.tags.put(entry.getKey(), entry.getValue().asText()));
    for (var version : json.path("versions")) {
      var read = SecretVersion.of(version);
      secret.versions.put(read.id(), read);
    }
    return secret;
  }
}

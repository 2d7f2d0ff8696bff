package dev.slipway.local.secretsmanager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One value that a secret has or had.
 *
 * @param text the value if it is text
 * @param binary the value in Base64 if it is not
 * @param stages the staging labels
 */
record SecretVersion(
    String id,
    Optional<String> text,
    Optional<String> binary,
    Instant created,
    Set<String> stages) {

  SecretVersion {
    stages = new LinkedHashSet<>(stages);
  }

  boolean sameValue(Optional<String> otherText, Optional<String> otherBinary) {
    return text.equals(otherText) && binary.equals(otherBinary);
  }

  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", id);
    text.ifPresent(value -> json.put("text", value));
    binary.ifPresent(value -> json.put("binary", value));
    json.put("created", created.toString());
    stages.forEach(json.putArray("stages")::add);
    return json;
  }

  static SecretVersion of(JsonNode json) {
    var stages = new LinkedHashSet<String>();
    json.path("stages").forEach(stage -> stages.add(stage.asText()));
    return new SecretVersion(
        json.path("id").asText(),
        Optional.ofNullable(json.get("text")).map(JsonNode::asText),
        Optional.ofNullable(json.get("binary")).map(JsonNode::asText),
        Instant.parse(json.path("created").asText()),
        stages);
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "SecretVersion[" + id + " " + stages + "]";
  }
}
